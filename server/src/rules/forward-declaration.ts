/** A static function is declared before it is defined, which its place in the file makes needless. */
import type { FunctionFact } from '../iommu/index.js';
import { defineRule } from './rule.js';

export const forwardDeclaration = defineRule({
  id: 'forward-declaration',
  classes: ['unused-code', 'patch-scope'],
  severity: 'hint',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A patch adds a static function and a declaration of it further up in the same file.',
  why: 'The head stands there twice and has to be changed twice; in the order of calls a file needs no declarations.',
  remedy: 'Put the function above its first caller.',
  source:
    'Documentation/process/4.Coding.rst; review of the list, 2019 to 2022: "please avoid the forward declaration"',
  bad: [
    {
      title: 'below its caller',
      code: `
static int toy_wait(struct toy *toy);
//         ^^^^^^^^ forward-declaration: above its first caller

int toy_flush(struct toy *toy)
{
	return toy_wait(toy);
}

static int toy_wait(struct toy *toy)
{
	return readl(toy->base);
}`,
    },
  ],
  good: [
    {
      title: 'in the order of calls, and two that call each other',
      code: `
static int toy_wait(struct toy *toy)
{
	return readl(toy->base);
}

int toy_flush(struct toy *toy)
{
	return toy_wait(toy);
}

static int toy_walk_down(struct toy *toy);

static int toy_walk(struct toy *toy)
{
	return toy->next ? toy_walk_down(toy->next) : 0;
}

static int toy_walk_down(struct toy *toy)
{
	return toy_walk(toy) + 1;
}

int toy_depth(struct toy *toy)
{
	return toy_walk(toy);
}`,
    },
  ],
  *check({ facts, isFresh }) {
    const told = new Set<unknown>();
    for (const { name, isStatic, spot } of facts.prototypes) {
      const { unit } = spot;
      if (!isStatic || !unit.image.path.endsWith('.c') || !isFresh(spot) || told.has(unit)) continue;
      const ofFile = facts.functions.filter(({ nameSpot }) => nameSpot.unit === unit);
      const definition = ofFile.find((fn) => fn.name === name && fn.signature.isWhole);
      if (!definition || !isFresh(definition.nameSpot) || reaches(definition, name, ofFile, spot.span.start))
        continue;
      told.add(unit);
      yield {
        at: spot,
        function: name,
        message: `Put ${name}() above its first caller, and it needs no declaration.`,
        related: [{ spot: definition.nameSpot, message: 'it is defined here' }],
      };
    }
  },
});

/** Whether a function comes by what stands between the declaration and itself: then neither order does. */
function reaches(
  definition: FunctionFact,
  name: string,
  functions: readonly FunctionFact[],
  from: number,
): boolean {
  const between = new Map(
    functions
      .filter(
        ({ nameSpot }) => nameSpot.span.start > from && nameSpot.span.start < definition.nameSpot.span.start,
      )
      .map((fn) => [fn.name, fn]),
  );
  const callsName = [...between.values()].filter((fn) => fn.calls.some((call) => call.name === name));
  // What is not called by anything in between stands in a table there, which the function may need itself.
  if (callsName.length === 0) return true;
  const seen = new Set<string>();
  const todo = [definition];
  for (let fn = todo.pop(); fn; fn = todo.pop())
    for (const call of fn.calls) {
      const next = between.get(call.name);
      if (next && callsName.includes(next)) return true;
      if (next && !seen.has(call.name)) {
        seen.add(call.name);
        todo.push(next);
      }
    }
  return false;
}
