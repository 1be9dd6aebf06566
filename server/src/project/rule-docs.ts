/** What a project's own rules say of themselves, in the shape of those that come with the tool. */
import { PROJECT_FILE, type RuleDoc } from '../findings/index.js';
import type { ProjectConfig } from './config.js';

export function projectRuleDocs({ rules }: ProjectConfig): readonly RuleDoc[] {
  return rules.map(({ id, message, severity, class: kind }) => ({
    ...{ id, severity, classes: [kind], confidence: 'certain', since: '0.2.0' },
    summary: message,
    why: `${PROJECT_FILE} of the project says so.`,
    remedy: 'As the message says.',
    source: PROJECT_FILE,
    ...{ bad: [], good: [] },
  }));
}
