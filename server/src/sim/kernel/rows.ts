/** Effects and options that rows of every table share. */
import type { Effect, HoldEffect, Operand } from './effects.js';
import type { Failure, Options } from './primitive.js';

export const NOTHING: Effect = { do: 'nothing' };
export const PURE: Effect = { do: 'pure' };
export const FRESH: Effect = { do: 'fresh' };
export const OPAQUE: Effect = { do: 'opaque' };
/** What succeeds unless the explorer lets it fail. */
export const SUCCEEDS: Effect = { do: 'constant', value: 0 };

export const constant = (value: number): Effect => ({ do: 'constant', value });
export const argument = (number: number): Effect => ({ do: 'argument', argument: number });
export const forget = (...args: readonly number[]): Effect => ({ do: 'forget', args });
/** What is written whether the call succeeds or not. */
export const forgetAnyway = (...args: readonly number[]): Effect => ({
  do: 'forget',
  args,
  isOnFailure: true,
});
export const MASK: Effect = { do: 'mask' };
export const partOf = (record: string): Effect => ({ do: 'part-of', device: 0, record });

/** A member of what an argument points to. */
export const member = (number: number, record: string, name: string): Operand => ({
  argument: number,
  record,
  member: name,
});

export const hold = (kind: string, of = 0): HoldEffect => ({ do: 'hold', kind, of });
export const release = (kind: string, of: number | 'last' = 0): HoldEffect => ({ do: 'release', kind, of });
export const find = (kind: string): HoldEffect => ({ do: 'find', kind });
/** A search that goes on behind what it is given, and puts that. */
export const findNext = (kind: string, puts: number): HoldEffect => ({ do: 'find', kind, puts });

/** Error numbers. include/uapi/asm-generic/errno-base.h and errno.h, include/linux/errno.h, 6.12. */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  EAGAIN: 11,
  ENOMEM: 12,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  EINVAL: 22,
  EMFILE: 24,
  ENOSPC: 28,
  ERANGE: 34,
  EOVERFLOW: 75,
  EOPNOTSUPP: 95,
  ETIMEDOUT: 110,
  ERESTARTSYS: 512,
  EPROBE_DEFER: 517,
} as const;

const ERRNO_NAMES = new Map(Object.entries(ERRNO).map(([name, number]) => [number as number, name]));

/** `EINVAL` for 22. */
export function errnoName(errno: number | null): string {
  if (errno === null) return 'an error that is not known';
  return ERRNO_NAMES.get(errno) ?? `error ${errno}`;
}

/** Gives a negative error number, or an error pointer, when it fails. */
export const failsWith = (name: keyof typeof ERRNO, gives: Failure['gives'] = 'errno'): Failure => ({
  gives,
  errno: ERRNO[name],
});

/** Functions that give 0 or an error number. */
export const mayFail = (name: keyof typeof ERRNO): Options => ({ returns: 'errno', fails: failsWith(name) });
export const sleepsAndMayFail = (name: keyof typeof ERRNO): Options => ({
  context: 'sleeps',
  ...mayFail(name),
});

export const SLEEPS: Options = { context: 'sleeps' };
export const BOOL: Options = { returns: 'bool' };
export const INTEGER: Options = { returns: 'integer' };
export const UNSIGNED: Options = { returns: 'unsigned' };
export const POINTER: Options = { returns: 'pointer' };
export const POINTER_OR_NULL: Options = { returns: 'pointer-or-null' };

/** Kinds of references that are states of an object: a clock that runs, an entry in sysfs, a number that is taken. */
export const STATES: ReadonlySet<string> = new Set([
  ...['clock', 'clocks', 'prepared clock', 'prepared clocks', 'regulator', 'usage of the device'],
  ...['sysfs link', 'sysfs entry', 'registration', 'number', 'runtime power management', 'attachment'],
]);
