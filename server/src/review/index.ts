export type { TreeReader } from '../tree/index.js';
export type {
  DecodedDocument,
  DocumentHover,
  DocumentPosition,
  DocumentRange,
  DocumentSymbol,
  InputKind,
  InputPart,
  InputReport,
  Review,
  ReviewedDocument,
  ReviewInput,
  ReviewOptions,
  ReviewStats,
  SymbolKind,
} from './types.js';
