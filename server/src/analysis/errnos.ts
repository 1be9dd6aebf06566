/** Error numbers by name. include/uapi/asm-generic/errno-base.h and errno.h, 6.12. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'EPERM'],
  [2, 'ENOENT'],
  [5, 'EIO'],
  [6, 'ENXIO'],
  [12, 'ENOMEM'],
  [14, 'EFAULT'],
  [16, 'EBUSY'],
  [17, 'EEXIST'],
  [18, 'EXDEV'],
  [19, 'ENODEV'],
  [22, 'EINVAL'],
  [28, 'ENOSPC'],
  [34, 'ERANGE'],
  [75, 'EOVERFLOW'],
  [95, 'EOPNOTSUPP'],
  [110, 'ETIMEDOUT'],
]);

/** `EINVAL` for 22. */
export function errnoName(errno: number | null): string {
  if (errno === null) return 'an error that is not known';
  return NAMES.get(errno) ?? `error ${errno}`;
}
