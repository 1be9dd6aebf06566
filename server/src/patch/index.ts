export { type Address, addressesIn, addressesOf } from './addresses.js';
export { type ChangeRun, changeRuns, type ErrnoChange, errnoChanges } from './changes.js';
export {
  actionOf,
  type CommitMessage,
  type CommitTag,
  commitMessageOf,
  type FixedCommit,
  type MailLine,
  messageText,
  messageWords,
  type Paragraph,
} from './commit-message.js';
export { type DecodedDocument, decodedDocument } from './document.js';
export { headerValue } from './headers.js';
export { looksLikePatch, touchesKernelC } from './looks.js';
export { type Mailbox, openMailbox, readPatches } from './mailbox.js';
export type { MessageSummary } from './message.js';
export {
  bodyLineAtRawLine,
  type HunkPlace,
  hunkLineAtBodyLine,
  hunkLineAtNewLine,
  hunkLineAtOldLine,
  messageAtRawLine,
} from './places.js';
export { reversed, reversedHunk } from './reversed.js';
export type {
  BodyEncoding,
  BodyLine,
  FileStatus,
  Header,
  Hunk,
  HunkLine,
  PatchFile,
  PatchInput,
  PatchMessage,
  Problem,
  Subject,
} from './types.js';
