/**
 * Which paths may be asked of a kernel tree at all. Whether the file behind
 * one is a regular file below the root is for the reader that opens it.
 */

/** Longer than any path of the kernel, shorter than what file systems choke on. */
const LONGEST = 1024;

/**
 * Whether `path` is relative, uses `/`, and names something below the root
 * however the tree is laid out: paths come from patches, which anybody can
 * write. `a/./b` and `a//b` are refused as well, so that one file has one name.
 */
export function isSafeTreePath(path: string): boolean {
  if (path.length === 0 || path.length > LONGEST) return false;
  if (/[\u0000-\u001f\\]/.test(path) || /^[a-zA-Z]:/.test(path)) return false;
  return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}
