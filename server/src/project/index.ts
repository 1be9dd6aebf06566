export {
  type Naming,
  NO_PROJECT,
  type ProjectConfig,
  type ProtectedField,
  type QueryRule,
} from './config.js';
export { type ProjectFile, type ProjectProblem, readProject } from './read.js';
export { projectRuleDocs } from './rule-docs.js';
