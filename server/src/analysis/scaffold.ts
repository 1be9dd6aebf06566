/** The scaffold that goes with a finding: C in place of the design that it objects to, or why there is none. */
import type { Finding } from '../findings/index.js';
import { type Scaffolded, scaffoldOf } from '../iommu/index.js';
import type { Analysis } from './analyse.js';

/** The rules whose objections an object of the mm around its domains answers. */
const ANSWERED: ReadonlySet<string> = new Set(['refcount-in-domain', 'domain-reused-unchecked']);

/** Whether a scaffold has something to say to a finding. */
export const isScaffolded = ({ rule }: Finding): boolean => ANSWERED.has(rule);

export function scaffoldFor(finding: Finding, { program, facts }: Analysis): Scaffolded {
  return scaffoldOf(program, facts, finding.function);
}
