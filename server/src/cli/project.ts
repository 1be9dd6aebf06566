/** The project file that goes with a command: named, or found where the command is run and in the kernel tree. */
import { dirname, relative, resolve } from 'node:path';
import { kernelTreeAt, projectFileIn, readProjectFile } from '../disk/index.js';
import { idsOf, PROJECT_FILE, type RuleDoc, TOOL } from '../findings/index.js';
import type { ProjectConfig } from '../project/index.js';
import type { CheckCommand } from './arguments.js';
import type { Io } from './io.js';
import { UsageError } from './usage-error.js';

export interface Project {
  /** Null when there is no file. */
  readonly config: ProjectConfig | null;
  /** Those that come with the tool, and its own. */
  readonly rules: readonly RuleDoc[];
}

type Wanted = Partial<Pick<CheckCommand, 'project' | 'tree' | 'inputs'>>;

/** What is wrong in the file is complained about, and stops nothing. Throws `UsageError` for a named file that cannot be read. */
export async function projectOf(wanted: Wanted, io: Io, rules: readonly RuleDoc[]): Promise<Project> {
  const path = pathOf(wanted, io);
  const text = path === null ? null : readProjectFile(path);
  if (path === null) return { config: null, rules };
  const shown = relative(io.cwd, path) || path;
  if (text === null) {
    if (wanted.project) throw new UsageError(`--project ${wanted.project}: cannot be read`);
    io.complain(`${TOOL.name}: ${shown}: cannot be read`);
    return { config: null, rules };
  }
  // It brings the parser along, which most commands do without.
  const { projectRuleDocs, readProject } = await import('../project/index.js');
  const { config, problems } = readProject(text, rules.flatMap(idsOf));
  for (const { line, column, message } of problems)
    io.complain(`${TOOL.name}: ${shown}:${line}:${column}: ${message}`);
  return { config, rules: [...rules, ...projectRuleDocs(config)] };
}

function pathOf({ project = null, tree = null, inputs = [] }: Wanted, io: Io): string | null {
  if (project !== null) return resolve(io.cwd, project);
  const [input] = inputs;
  const around = tree ?? (input && input !== '-' ? kernelTreeAt(dirname(resolve(io.cwd, input))) : null);
  const trees = around === null ? [] : [resolve(io.cwd, around)];
  return projectFileIn([io.cwd, ...trees], PROJECT_FILE);
}
