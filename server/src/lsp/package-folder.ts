/** Finds what is shipped beside the bundled server: the package's version and the pages of its rules. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface PackageFacts {
  readonly version: string;
  /** Folder of the rules' pages, or null when this build has none. */
  readonly rulePages: string | null;
}

/** Looks upwards from `folder` for the package that the running file belongs to. */
export function packageFacts(folder: string): PackageFacts {
  for (let root = folder; root !== dirname(root); root = dirname(root)) {
    const version = versionIn(join(root, 'package.json'));
    if (version === null) continue;
    const pages = join(root, 'docs', 'rules');
    return { version, rulePages: existsSync(pages) ? pages : null };
  }
  return { version: 'unknown', rulePages: null };
}

function versionIn(file: string): string | null {
  try {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
    return name === 'iommu-review' ? (version ?? null) : null;
  } catch {
    return null;
  }
}
