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
