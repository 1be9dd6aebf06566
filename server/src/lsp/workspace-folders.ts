/** The folders that the editor has open: a patch mail that lies in no kernel tree may be meant for one of them. */
import type { InitializeParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver/node';
import { pathOf } from './addresses.js';
import type { ProjectFiles } from './project-files.js';
import type { Reviews } from './reviews.js';

export class WorkspaceFolders {
  private uris: readonly string[] = [];

  constructor(
    private readonly reviews: Reviews,
    private readonly projects: ProjectFiles,
  ) {}

  initialize({ workspaceFolders, rootUri }: InitializeParams): void {
    this.set(workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []));
  }

  changed({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.set([...this.uris.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)]);
    this.reviews.allChanged();
  }

  private set(uris: readonly string[]): void {
    this.uris = [...new Set(uris)];
    const paths = this.uris.map(pathOf).filter((path) => path !== null);
    this.reviews.trees.setFolders(paths);
    this.projects.setFolders(paths);
  }
}
