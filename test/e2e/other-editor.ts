/** An editor that knows nothing of ours, without a screen, set up as docs/editors says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { test } from 'node:test';
import { EXPECTED } from './expected.js';
import { placeOf } from './lines.js';

export interface OtherEditor {
  readonly name: string;
  /** Of docs/editors. */
  readonly config: string;
  /** Opens FILE with that configuration, prints `line rule` for each diagnostic once there are COUNT, lines from 1, and the hover on LINE; ends with 1 when they never come. */
  readonly script: { readonly name: string; readonly text: string };
  readonly command: (config: string, script: string) => readonly string[];
}

const workspace = resolve('test/e2e/workspace');

/** Tests that it shows the findings of C and of a patch, and what a function is. */
export function testOtherEditor({ name, config, script, command }: OtherEditor): void {
  for (const what of ['c', 'patch'] as const) {
    test(`${name} shows the findings of a ${what} document`, () => {
      const { file, findings } = EXPECTED[what];
      const lines = readFileSync(join(workspace, file), 'utf8').split('\n');
      const { on, word } = EXPECTED.hover;
      const hovered = placeOf(lines, on);
      const scratch = mkdtempSync(join(tmpdir(), 'iommu-review-editor-'));
      try {
        const scriptFile = join(scratch, script.name);
        writeFileSync(scriptFile, script.text);
        installServer(scratch);
        const [program, ...args] = command(resolve('docs/editors', config), scriptFile);
        const { status, stdout, stderr } = spawnSync(program!, args, {
          encoding: 'utf8',
          cwd: workspace,
          timeout: 60_000,
          env: {
            ...process.env,
            HOME: scratch,
            XDG_STATE_HOME: scratch,
            XDG_CACHE_HOME: scratch,
            PATH: [scratch, process.env.PATH].join(delimiter),
            FILE: join(workspace, file),
            COUNT: String(findings.length),
            LINE: String(hovered.line),
            COLUMN: String(hovered.column + on.indexOf(word)),
          },
        });
        const shown = stdout.split('\n');
        for (const finding of findings) {
          const { line } = placeOf(lines, finding.on);
          assert.ok(
            shown.includes(`${line} ${finding.rule}`),
            `${finding.rule} on ${line} in:\n${stdout}\n${stderr}`,
          );
        }
        assert.ok(
          shown.some((each) => each.startsWith('hover: ') && each.includes(word)),
          `${stdout}\n${stderr}`,
        );
        assert.equal(status, 0, stderr);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    });
  }
}

/** The program that `npm link` makes of the built server. */
function installServer(folder: string): void {
  const program = join(folder, 'iommu-review-lsp');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/server.js')}' "$@"\n`);
  chmodSync(program, 0o755);
}
