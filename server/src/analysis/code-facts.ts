/** What rules read, put together: the design of the code, the kernel around it, the mails that bring it. */
import {
  type Around,
  type DesignFacts,
  designFacts,
  Program,
  type TreeFacts,
  treeFacts,
  type Unit,
} from '../iommu/index.js';
import { NO_PROJECT, type ProjectConfig } from '../project/index.js';
import { NO_SERIES, type PatchFact, type SeriesFacts, seriesOf } from '../rules/index.js';
import type { Origin } from './locate.js';

/** What stands around the code under review. */
export interface Context {
  readonly around: Around;
  /** The files that a patch changes, as they were; made when somebody asks. */
  readonly before: () => readonly Unit[];
  /** What the project says of it. */
  readonly project: ProjectConfig;
  /** The mails that bring it, in their order, each with the input that it came from; empty for C files. */
  readonly mails: ReadonlyMap<PatchFact, Origin>;
}

export const NO_CONTEXT: Context = {
  around: { tree: null, before: null },
  before: () => [],
  project: NO_PROJECT,
  mails: new Map(),
};

export interface CodeFacts {
  readonly facts: DesignFacts;
  readonly tree: TreeFacts;
  readonly series: SeriesFacts;
  readonly project: ProjectConfig;
}

export function readCode(program: Program, { around, mails, project }: Context): CodeFacts {
  const series = mails.size === 0 ? NO_SERIES : seriesOf([...mails.keys()]);
  return { facts: designFacts(program), tree: treeFacts(program, around), series, project };
}

/** Rules that read facts find nothing in these: what they find was asked before. */
export const NO_FACTS: CodeFacts = {
  facts: {
    ...{
      structs: [],
      functions: [],
      prototypes: [],
      uapiStructs: [],
      kernelMacrosInUapi: [],
      exports: [],
      outward: [],
      tables: [],
    },
    ...{ macros: [], enumerators: [], variables: [], fileLocks: new Map() },
    ...{ docs: [], undocumentedMembers: [], undocumentedExports: [], includes: [], comments: [] },
    ...{ headerBodies: [], globalNames: [], foreignDeclarations: [], missingIncludes: [] },
    ...{ bareBarriers: [], stubs: [], conditionalCode: [], repeats: [], unusedNames: [] },
    ...{ copies: [], versionTests: [], opposites: [] },
  },
  tree: treeFacts(new Program([]), NO_CONTEXT.around),
  series: NO_SERIES,
  project: NO_PROJECT,
};
