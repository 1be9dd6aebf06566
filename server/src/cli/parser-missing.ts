/** Tells a native parser that does not load from other faults: for it there is a remedy, and no bug to report. */
import { UsageError } from './usage-error.js';

/** What the package's loader, Node and the dynamic linker say. */
const SIGNS = /tree-sitter|No native build was found|invalid ELF header|GLIBC(?:XX)?_\d/;

/** The error to show instead of `error`; null when it is about something else. */
export function parserMissing(error: unknown): UsageError | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? error.code : null;
  const isLoading =
    code === 'MODULE_NOT_FOUND' || code === 'ERR_DLOPEN_FAILED' || /native build/.test(error.message);
  if (!isLoading || !SIGNS.test(error.message)) return null;
  const [why = ''] = error.message.split('\n');
  return new UsageError(
    `cannot load its C parser on ${process.platform} ${process.arch}, Node ${process.versions.node}: ${why}`,
    "Install a C++ compiler, make and Python 3, then run 'npm run build-parser' where it is installed.",
  );
}
