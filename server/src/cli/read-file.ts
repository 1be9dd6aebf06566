/** Bytes of one input, unpacked; and what to say of one that cannot be had. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

/** Something named on the command line that cannot be read; the message says why, without the name. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** More than any mailbox worth reviewing at once, and less than what a string can hold. */
const LARGEST = 400 * 1024 * 1024;

/** The file's bytes, unpacked when compressed with gzip. Throws `Unreadable`. */
export async function readInputFile(path: string): Promise<Uint8Array> {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const stat = fstatSync(file);
    // A FIFO is what the shell's <(command) gives; a device may never end.
    if (!stat.isFile() && !stat.isFIFO()) throw new Unreadable('not a file');
    if (stat.size > LARGEST) throw new Unreadable(`larger than ${LARGEST / 1024 / 1024} MB`);
    return await unpacked(readFileSync(file));
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** `bytes`, or what they unpack to when they begin as gzip does. Throws `Unreadable`. */
export async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  // Loaded when needed only: most inputs are plain, and the start of the program is part of every answer.
  const { gunzipSync } = await import('node:zlib');
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch (error) {
    const isTooLarge = codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    throw new Unreadable(
      isTooLarge ? `unpacks to more than ${LARGEST / 1024 / 1024} MB` : 'damaged or truncated gzip data',
    );
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'name too long',
  ENXIO: 'not a file',
};

/** An error of the file system in words. */
export function asUnreadable(error: unknown): Unreadable {
  if (error instanceof Unreadable) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return new Unreadable((code && WORDS[code]) || message);
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
