/** A scaffold for the code under review: an object of the mm around its domains, with the names that the code has. */
import type { DesignFacts } from './facts.js';
import type { Program } from './program.js';
import { scaffoldCode } from './scaffold-code.js';
import type { Refused } from './scaffold-plan.js';
import { scaffoldRoles } from './scaffold-roles.js';

/** The C, with a name for its file, or why there is none. */
export type Scaffolded = { readonly name: string; readonly code: string } | Refused;

/** `subject`: the struct or function that the objection is about. */
export function scaffoldOf(program: Program, facts: DesignFacts, subject: string | null): Scaffolded {
  const roles = scaffoldRoles(program, facts, subject);
  if ('why' in roles) return roles;
  return { name: `${roles.prefix.replaceAll('_', '-')}-space.c`, code: scaffoldCode(roles) };
}
