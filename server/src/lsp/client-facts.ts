/** What the editor at the other end can do, read once from its `initialize` request. */
import type { InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions } from '../protocol/index.js';

export interface ClientFacts {
  /** For bug reports. */
  readonly name: string;
  readonly options: InitializationOptions & { readonly iommuReview?: unknown };
  /** Whether it knows our own messages; others warn about notifications they do not know. */
  readonly knowsOurMessages: boolean;
  readonly pullsConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchedFiles: boolean;
  readonly tellsFolders: boolean;
  readonly workDoneProgress: boolean;
  readonly markdownHover: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  readonly symbolTree: boolean;
  readonly codeActionLiterals: boolean;
  /** Whether it shows actions that cannot be taken, with the reason. */
  readonly disabledActions: boolean;
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticTags: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
}

/** Reads the facts; before `initialize` those of an editor that can do nothing hold. */
export function clientFacts(params: Partial<InitializeParams>): ClientFacts {
  const workspace = params.capabilities?.workspace;
  const text = params.capabilities?.textDocument;
  const published = text?.publishDiagnostics;
  const options = optionsOf(params.initializationOptions);
  return {
    name: [params.clientInfo?.name ?? 'unnamed editor', params.clientInfo?.version ?? ''].join(' ').trim(),
    options,
    knowsOurMessages: Array.isArray(options.commands),
    pullsConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    tellsFolders: workspace?.workspaceFolders === true,
    workDoneProgress: params.capabilities?.window?.workDoneProgress === true,
    markdownHover: text?.hover?.contentFormat?.includes('markdown') ?? false,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    symbolTree: text?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    codeActionLiterals: text?.codeAction?.codeActionLiteralSupport !== undefined,
    disabledActions: text?.codeAction?.disabledSupport === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    relatedInformation: published?.relatedInformation === true,
    diagnosticTags: published?.tagSupport !== undefined,
    codeDescription: published?.codeDescriptionSupport === true,
    diagnosticData: published?.dataSupport === true,
  };
}

function optionsOf(given: unknown): ClientFacts['options'] {
  return typeof given === 'object' && given !== null ? given : {};
}
