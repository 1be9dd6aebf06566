/** Follows the kernel tree's files on the disk, so that a review never speaks of a header as it was. */
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  FileChangeType,
} from 'vscode-languageserver/node';
import { PROJECT_FILE } from '../../findings/index.js';
import { pathOf } from '../addresses.js';
import type { ClientFacts } from '../client-facts.js';
import { isProjectFile, type ProjectFiles } from '../project-files.js';
import type { Reviews } from '../reviews.js';

/** Asks the editor to tell of changes to C files, where it can be asked. */
export async function watchKernelFiles(connection: Connection, client: ClientFacts): Promise<void> {
  if (!client.registersWatchedFiles) return;
  const watchers = [{ globPattern: '**/*.{c,h}' }, { globPattern: `**/${PROJECT_FILE}` }];
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

/** Takes `workspace/didChangeWatchedFiles`. */
export function watchedFilesChanged(
  { changes }: DidChangeWatchedFilesParams,
  reviews: Reviews,
  projects: ProjectFiles,
): void {
  for (const { uri, type } of changes) {
    const path = pathOf(uri);
    if (path === null) continue;
    if (isProjectFile(uri)) {
      projects.changed(uri);
      reviews.allChanged();
      continue;
    }
    // The file that makes a folder a kernel tree: documents below it may have gained or lost their tree.
    if (type !== FileChangeType.Changed && uri.endsWith('/include/linux/iommu.h')) reviews.allChanged();
    else reviews.fileChanged(path);
  }
}
