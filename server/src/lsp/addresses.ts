/** Turns the addresses that editors use into paths of this disk and back; other schemes have no path. */
import { realpathSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The path behind a `file:` address, or null when it is another scheme or malformed. */
export function pathOf(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}

/** The `file:` address of an absolute path. */
export function addressOf(path: string): string {
  return pathToFileURL(path).href;
}

/** A path without symbolic links; as it is where there is nothing. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** The scheme of an address, without its colon; empty when it has none. */
export function schemeOf(uri: string): string {
  return /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1]?.toLowerCase() ?? '';
}

/** What to call a document in a sentence: the last part of its address. */
export function nameOf(uri: string): string {
  const path = pathOf(uri);
  if (path !== null) return basename(path);
  const bare = uri.replace(/[?#].*$/, '').replace(/^[^:]*:/, '');
  return posix.basename(bare) || uri;
}
