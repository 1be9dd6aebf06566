/**
 * The files in which projects speak of their own code: which one goes with a
 * document, and what is wrong in each. A file that is open counts as it stands
 * in the editor; others are read again with every review.
 */
import { sep } from 'node:path';
import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { projectFileIn, readProjectFile } from '../disk/index.js';
import { PROJECT_FILE } from '../findings/index.js';
import type { ProjectConfig, ProjectFile } from '../project/index.js';
import { addressOf, pathOf, realPathOf } from './addresses.js';
import type { ReadProject } from './dependencies.js';

interface Known {
  readonly text: string;
  readonly file: ProjectFile;
}

export class ProjectFiles {
  private folders: readonly string[] = [];
  private readonly known = new Map<string, Known>();

  /** `opened`: the text of a file that is open in the editor, by its address. */
  constructor(
    private readonly connection: Connection,
    private readonly readProject: ReadProject | null,
    private readonly opened: (uri: string) => string | undefined,
  ) {}

  /** The folders that the editor has open. */
  setFolders(paths: readonly string[]): void {
    this.folders = paths;
    for (const path of paths) this.in([path]);
  }

  /** Ids of the rules that projects have of their own. */
  get ruleIds(): readonly string[] {
    return [...this.known.values()].flatMap(({ file }) => file.config.rules.map(({ id }) => id));
  }

  /** What goes with a document: the file of the open folder that it lies in, of its kernel tree, or of an open folder; null when there is none. */
  of(document: string | null, tree: string | null): ProjectConfig | null {
    const around = this.folders
      .filter(
        (folder) => document !== null && [folder, realPathOf(folder)].some((each) => isBelow(document, each)),
      )
      .sort((a, b) => b.length - a.length);
    return this.in([...around, ...(tree === null ? [] : [tree]), ...(around.length > 0 ? [] : this.folders)]);
  }

  private in(folders: readonly string[]): ProjectConfig | null {
    const path = this.readProject && projectFileIn(folders, PROJECT_FILE);
    return path ? (this.at(path)?.config ?? null) : null;
  }

  /** Reads one again; what was said of it is taken back when it is gone. */
  changed(uri: string): void {
    const path = pathOf(uri);
    if (path !== null) this.at(path);
  }

  private at(path: string): ProjectFile | null {
    const uri = addressOf(path);
    const text = this.opened(uri) ?? this.opened(addressOf(realPathOf(path))) ?? readProjectFile(path);
    const before = this.known.get(path);
    if (text === null || !this.readProject) {
      if (before) this.say(uri, []);
      this.known.delete(path);
      return null;
    }
    // The same object for the same text: runs are kept by it.
    if (before?.text === text) return before.file;
    const file = this.readProject(text);
    this.known.set(path, { text, file });
    if (file.problems.length > 0 || before) this.say(uri, file.problems.map(diagnosticOf));
    return file;
  }

  private say(uri: string, diagnostics: Diagnostic[]): void {
    void this.connection.sendDiagnostics({ uri, diagnostics });
  }
}

/** Whether the document is such a file, and no code. */
export function isProjectFile(uri: string): boolean {
  return uri.endsWith(`/${PROJECT_FILE}`);
}

function diagnosticOf({
  line,
  column,
  endLine,
  endColumn,
  message,
}: ProjectFile['problems'][number]): Diagnostic {
  return {
    range: {
      start: { line: line - 1, character: column - 1 },
      end: { line: endLine - 1, character: endColumn - 1 },
    },
    severity: DiagnosticSeverity.Warning,
    source: 'iommu-review',
    message,
  };
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
