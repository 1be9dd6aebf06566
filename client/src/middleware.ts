/**
 * Between the editor and the server: a document that the server died of is
 * not sent to it again, the code of a finding opens the page of its rule, and
 * pictures have the colours of the editor.
 */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import type { CrashGuard } from './crash-guard.js';
import { picturesInTheme } from './pictures.js';
import type { RulePages } from './rule-pages.js';
import { isDarkTheme } from './theme.js';

export function createMiddleware(guard: CrashGuard, pages: RulePages): Middleware {
  const isOut = (document: vscode.TextDocument): boolean => guard.isExcluded(document.uri.toString());
  const nothing = async (): Promise<void> => undefined;
  return {
    didOpen: (document, next) => {
      if (isOut(document)) return nothing();
      guard.documentTouched(document.uri.toString());
      return next(document);
    },
    didChange: (event, next) => {
      if (isOut(event.document)) return nothing();
      guard.documentTouched(event.document.uri.toString());
      return next(event);
    },
    didSave: (document, next) => (isOut(document) ? nothing() : next(document)),
    didClose: (document, next) => (isOut(document) ? nothing() : next(document)),
    handleDiagnostics: (uri, diagnostics, next) => next(uri, pages.link(diagnostics)),
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      if (report && 'items' in report) pages.link(report.items);
      return report;
    },
    provideHover: async (document, position, token, next) => {
      const hover = await next(document, position, token);
      for (const part of hover?.contents ?? [])
        if (part instanceof vscode.MarkdownString) part.value = picturesInTheme(part.value, isDarkTheme());
      return hover;
    },
    // Questions about such a document would be questions about nothing.
    sendRequest: (type, param, token, next) => {
      const uri = addressIn(param);
      return uri !== null && guard.isExcluded(uri)
        ? Promise.resolve(null as never)
        : next(type, param, token);
    },
  };
}

/** The document that a request is about, or null. */
function addressIn(param: unknown): string | null {
  if (typeof param !== 'object' || param === null || !('textDocument' in param)) return null;
  const { textDocument } = param;
  if (typeof textDocument !== 'object' || textDocument === null || !('uri' in textDocument)) return null;
  return typeof textDocument.uri === 'string' ? textDocument.uri : null;
}
