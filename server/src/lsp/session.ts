/** What lives as long as the connection to one editor. */
import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientFacts } from './client-facts.js';
import type { ServerDependencies } from './dependencies.js';
import type { Configuration } from './features/configuration.js';
import type { DecodedViews } from './features/decoded.js';
import type { InlayHints } from './features/inlay-hints.js';
import type { SimulationProgressBar } from './features/progress.js';
import type { Guard } from './guard.js';
import type { Log } from './log.js';
import type { ProjectFiles } from './project-files.js';
import type { Publisher } from './publisher.js';
import type { Reviews } from './reviews.js';

export interface Session {
  readonly connection: Connection;
  readonly dependencies: ServerDependencies;
  readonly log: Log;
  readonly guard: Guard;
  readonly documents: TextDocuments<TextDocument>;
  readonly configuration: Configuration;
  readonly decoded: DecodedViews;
  readonly hints: InlayHints;
  readonly publisher: Publisher;
  readonly progressBar: SimulationProgressBar;
  readonly projects: ProjectFiles;
  readonly reviews: Reviews;
  client: ClientFacts;
}
