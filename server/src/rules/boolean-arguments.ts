/** Two booleans that only their place tells apart. */
import type { ParameterFact } from '../iommu/index.js';
import { defineRule, freshly, tagOf } from './rule.js';

export const booleanArguments = defineRule({
  id: 'boolean-arguments',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A new function or operation takes two or more booleans.',
  why: 'A call reads f(x, true, false): the reader cannot tell what is asked for, and the compiler does not notice when they are swapped.',
  remedy: 'Named flags, or two functions.',
  source: 'review of the list, 2019 to 2022: bool arguments in new interfaces',
  bad: [
    {
      title: 'which is which?',
      code: `
int toy_flush(struct toy *toy, bool leaf, bool sync)
//  ^^^^^^^^^ boolean-arguments: 2 booleans
{
	return toy_submit(toy, leaf ? 1 : 0, sync ? 1 : 0);
}`,
    },
  ],
  good: [
    {
      title: 'flags with names',
      code: `
int toy_flush(struct toy *toy, unsigned int flags)
{
	return toy_submit(toy, flags & TOY_LEAF);
}`,
    },
  ],
  *check({ facts, isNew }) {
    const isFlag = ({ type }: ParameterFact): boolean => type.base === 'bool' && type.pointers === 0;
    const objection = (name: string, count: number): string =>
      `${name}() takes ${count} booleans: a call with \`true, false\` says nothing of what it asks for. Named flags, or separate functions?`;
    for (const fn of facts.functions) {
      const flags = fn.signature.parameters.filter(isFlag);
      if (flags.length < 2 || !isNew(fn.nameSpot) || fn.contract !== '' || !freshly(fn)) continue;
      // A call of a static function is at hand, and tells whether it says anything.
      const isBare = fn.signature.calledWith.some((args) => args.some((arg) => /^(?:true|false)$/.test(arg)));
      yield {
        at: fn.nameSpot,
        function: fn.name,
        ...(fn.isStatic && !isBare ? { severity: 'hint' as const } : {}),
        message: objection(fn.name, flags.length),
      };
    }
    for (const struct of facts.structs) {
      for (const { name, parameters, wasThere, nameSpot } of struct.fields) {
        const flags = parameters?.filter(isFlag) ?? [];
        if (flags.length < 2 || wasThere || !isNew(nameSpot)) continue;
        yield { at: nameSpot, function: tagOf(struct.name), message: objection(name, flags.length) };
      }
    }
  },
});
