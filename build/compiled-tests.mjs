/**
 * Test files and the sources they use, as JavaScript for one run. What several
 * files use is written once, so that the process of each loads a few pieces and
 * translates nothing. Failures name the TypeScript, by source maps; types are
 * looked at by `npm run types`.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const FOLDER = join('out', 'tests');

/** Compiles `files` and gives `run` what they became, in their order. What was compiled goes when `run` has ended. */
export async function withCompiled(files, run) {
  mkdirSync(FOLDER, { recursive: true });
  const outdir = mkdtempSync(join(FOLDER, 'run-'));
  try {
    await build({
      entryPoints: files,
      outbase: '.',
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      platform: 'node',
      target: 'node20',
      packages: 'external',
      sourcemap: true,
      sourcesContent: false,
      plugins: [PLACES],
      logLevel: 'warning',
    });
    return await run(files.map((file) => join(outdir, file.replace(/\.ts$/, '.mjs'))));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What stands beside a source is found from where the source is, not from where the compiled one is. */
const PLACES = {
  name: 'places of sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const places = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
      const contents = readFileSync(path, 'utf8').replace(
        /\bimport\.meta\.(url|dirname|filename)\b/g,
        (_, place) => JSON.stringify(places[place]),
      );
      return { contents, loader: 'ts' };
    });
  },
};
