/** A kernel-doc comment that does not say what stands under it: a parameter is missing, renamed or gone, or the name is another. */
import type { DocFact, DocName } from '../iommu/index.js';
import { defineRule, isInTree, type Objection, type RuleInput } from './rule.js';

export const kernelDocMismatch = defineRule({
  id: 'kernel-doc-mismatch',
  classes: ['comment-doc-mismatch'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'Kernel-doc does not match what it stands above.',
  why: 'The documentation is built from these comments, and scripts/kernel-doc warns of every parameter that is missing or is not there. Who reads a stale one calls the function wrongly.',
  remedy: 'Name each parameter as the code does, and drop what is gone.',
  source: 'Documentation/doc-guide/kernel-doc.rst, scripts/kernel-doc (6.12)',
  bad: [
    {
      title: 'a parameter was renamed, its documentation was not',
      code: `
/**
 * toy_attach - Attach a domain
 * @dev: the device
 * @flags: how
 *  ^^^^^ kernel-doc-mismatch: toy_attach() has no parameter
 */
int toy_attach(struct device *dev, unsigned int mode)
{
	return dev ? mode : 0;
}`,
    },
    {
      title: 'one that is not documented',
      code: `
/**
 * toy_attach - Attach a domain
 * @dev: the device
 */
int toy_attach(struct device *dev, unsigned int mode)
//                                              ^^^^ kernel-doc-mismatch: Document
{
	return dev ? mode : 0;
}`,
    },
  ],
  good: [
    {
      title: 'all of them',
      code: `
/**
 * toy_attach - Attach a domain
 * @dev: the device
 * @mode: how
 */
int toy_attach(struct device *dev, unsigned int mode)
{
	return dev ? mode : 0;
}`,
    },
  ],
  *check(input) {
    for (const doc of input.facts.docs) {
      if (!doc.target) continue;
      const renamed = wrongName(doc, input);
      if (renamed) yield renamed;
      // With another name over it, the rest is of something else.
      else yield* members(doc, input);
    }
  },
});

function wrongName(doc: DocFact, { isNew }: RuleInput): Objection | null {
  const { target, kind, name } = doc;
  if (!target?.isWhole || kind === null || kind === 'section' || name === target.name) return null;
  // A header comment of a file, dressed as kernel-doc.
  if (name.includes('.')) return null;
  if (!isNew(doc.nameSpot) && !isNew(target.spot)) return null;
  // A struct under a function's documentation, or another struct: a declaration stands between them.
  const isSameKind = kind === 'function' ? /^(?:function|macro)$/.test(target.kind) : kind === target.kind;
  if (!isSameKind) return null;
  return {
    at: isNew(doc.nameSpot) ? doc.nameSpot : target.spot,
    function: target.name,
    message: `The comment documents ${name}${kind === 'function' ? '()' : ''}, but ${target.name} stands under it: name it as the code does.`,
    ...(isNew(doc.nameSpot)
      ? { fix: { title: `Call it ${target.name}`, edits: [{ spot: doc.nameSpot, text: target.name }] } }
      : {}),
  };
}

function* members(doc: DocFact, input: RuleInput): Iterable<Objection> {
  const { isNew } = input;
  const { target, parameters } = doc;
  if (!target?.isWhole || parameters.length === 0 || !isOf(doc)) return;
  const isThere = (name: string): boolean =>
    target.others.has(name) || target.members.some((each) => each.name === name);
  const stale = parameters.filter(({ name }) => name !== '...' && !isThere(rootOf(name)));
  const missing = target.members.filter(({ name }) => !parameters.some((each) => rootOf(each.name) === name));
  for (const each of stale) {
    if (!isNew(each.spot) && !isNew(target.spot) && !target.members.some(({ spot }) => isNew(spot))) continue;
    yield* [staleOne(doc, each, missing)];
  }
  if (doc.opening === null || stale.length > 0 || target.kind === 'macro') return;
  const added = missing.filter(
    ({ name, spot }) => isNew(spot) && !/^_*(?:padding|reserved|pad)\d*$/.test(name),
  );
  const [first] = added;
  if (!first) return;
  yield {
    at: first.spot,
    function: target.name,
    severity: target.kind === 'function' ? 'warning' : isInTree(input, first.spot) ? 'hint' : 'info',
    message: added.every(({ name }) => doc.mentions.some((each) => each.name === name))
      ? `${listOf(added)} wants a colon: without one kernel-doc takes it for running text.`
      : `Document ${listOf(added)} in the kernel-doc above, as the other ${plural(target.kind)} are.`,
    related: [{ spot: doc.nameSpot, message: 'the kernel-doc comment' }],
  };
}

function listOf(names: readonly DocName[]): string {
  const shown = names.map(({ name }) => `@${name}`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function staleOne(doc: DocFact, { name, spot }: DocName, missing: readonly DocName[]): Objection {
  const target = doc.target!;
  const shown = target.kind === 'function' ? `${target.name}()` : `${target.kind} ${target.name}`;
  const [only] = missing;
  const hint =
    missing.length === 1 ? `; document @${only!.name} instead.` : ': drop or rename it in the kernel-doc.';
  return {
    at: spot,
    function: target.name,
    message: `${shown} has no ${singular(target.kind)} ${name}${hint}`,
    ...(missing.length === 1
      ? { fix: { title: `Call it @${only!.name}`, edits: [{ spot, text: only!.name }] } }
      : {}),
  };
}

/** Whether the comment says that it is of what stands under it, or does not show what it says. */
function isOf({ opening, kind, name, target }: DocFact): boolean {
  return opening === null || (kind !== null && name === target!.name);
}

/** `a` of `a.b`. */
function rootOf(name: string): string {
  return name.split(/\.|->/)[0]!;
}

function singular(kind: string): string {
  return kind === 'enum' ? 'value' : kind === 'function' || kind === 'macro' ? 'parameter' : 'member';
}

function plural(kind: string): string {
  return `${singular(kind)}s`;
}
