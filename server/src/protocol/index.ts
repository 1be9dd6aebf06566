export { AttachTraceScheme, attachTraceOf, attachTraceUriOf } from './attach-trace-uri.js';
export { DecodedScheme, decodedUriOf, sourceUriOf } from './decoded-uri.js';
export { includesKernelHeader } from './kernel-header.js';
export {
  type AttachTrace,
  type AttachTraceParams,
  AttachTraceRequest,
  ClientCommand,
  DecodedChangedNotification,
  DecodedClosedNotification,
  type DecodedDocumentParams,
  DecodedOpenedNotification,
  type DecodedPatch,
  type DecodedPatchParams,
  DecodedPatchRequest,
  type DesignCode,
  type DesignCodeParams,
  DesignCodeRequest,
  type DesignEntry,
  DesignsRequest,
  EXIT_PARSER_MISSING,
  type InitializationOptions,
  type PlacedComment,
  type Replies,
  type RepliesParams,
  RepliesRequest,
  type Report,
  ReportRequest,
  ReviewingNotification,
  type ReviewingParams,
  StatusNotification,
  type StatusParams,
} from './messages.js';
export { DEFAULT_SETTINGS, SCOPES, type Scope, type Settings, SettingsSection } from './settings.js';
