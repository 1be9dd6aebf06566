/** A file as the last commit has it. */
import { basename, dirname } from 'node:path';
import { git } from './run.js';

/** Null for a file that the last commit does not have, or that lies in no repository, or where there is no git. */
export async function committedText(path: string): Promise<string | null> {
  try {
    const bytes = await git(dirname(path), ['cat-file', 'blob', `HEAD:./${basename(path)}`]);
    return new TextDecoder().decode(bytes);
  } catch {
    return null;
  }
}
