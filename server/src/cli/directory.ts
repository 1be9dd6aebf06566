/** What a directory given as INPUT holds: mails of a maildir, patches of a series, or C files at any depth. */
import { closeSync, type Dirent, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isKernelTree } from '../disk/index.js';

export interface Listing {
  readonly kind: 'mails' | 'c';
  /** Paths below the directory, sorted. */
  readonly files: readonly string[];
}

const PATCH_NAME = /\.(?:patch|diff|mbox|mbx|eml|cover)(?:\.gz)?$/i;
const C_NAME = /\.[ch](?:\.gz)?$/;
/** A first line that only a mail or a diff has. */
const MAIL_START = /^(?:From |diff --git |Index: |--- \S|[A-Z][A-Za-z-]*: )/;

/** Null when the directory holds nothing to review. Throws errors of the file system. */
export function listDirectory(directory: string): Listing | null {
  const maildir = ['new', 'cur'].filter((name) => isDirectory(join(directory, name)));
  if (maildir.length > 0 && isDirectory(join(directory, 'cur'))) {
    const files = maildir.flatMap((name) => filesOf(join(directory, name)).map((file) => join(name, file)));
    // A mail's name begins with its time of arrival in either of the two.
    return listing('mails', files.sort(byBaseName));
  }
  const here = filesOf(directory);
  const patches = here.filter((name) => PATCH_NAME.test(name));
  const hasC = here.some((name) => C_NAME.test(name));
  if (patches.length > 0 && !hasC && !isKernelTree(directory)) return listing('mails', patches);
  return (
    listing('c', cFilesBelow(directory)) ??
    listing(
      'mails',
      here.filter((name) => beginsAsMail(join(directory, name))),
    )
  );
}

function listing(kind: Listing['kind'], files: readonly string[]): Listing | null {
  return files.length > 0 ? { kind, files } : null;
}

/** Links to directories are not followed: they lead out of the directory, or round in a circle. */
function cFilesBelow(directory: string, prefix = ''): string[] {
  return entriesOf(join(directory, prefix)).flatMap((entry) => {
    const path = join(prefix, entry.name);
    if (entry.isDirectory()) return cFilesBelow(directory, path);
    return entry.isFile() && C_NAME.test(entry.name) ? [path] : [];
  });
}

function filesOf(directory: string): string[] {
  return entriesOf(directory)
    .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && isFile(join(directory, entry.name))))
    .map((entry) => entry.name);
}

/** Without hidden ones, in the order of their names. */
function entriesOf(directory: string): Dirent[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function byBaseName(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.replace(/^.*[\\/]/, ''));
  return left! < right! ? -1 : 1;
}

/** For mails that a mail client named 1, 2, 3. */
function beginsAsMail(path: string): boolean {
  const start = Buffer.alloc(256);
  const file = openSync(path, 'r');
  try {
    const length = readSync(file, start);
    return MAIL_START.test(start.toString('latin1', 0, length));
  } finally {
    closeSync(file);
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
