/** A flag that is set when something is not so. */
import { defineRule, tagOf } from './rule.js';

export const negativeFlag = defineRule({
  id: 'negative-flag',
  classes: ['misleading-name'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A new boolean is named by what it forbids.',
  why: 'Where it is tested, !no_something has to be read twice, and what zeroed memory means is easily got wrong.',
  remedy: 'Name it by what is so when it is set.',
  source: 'review of "iommu: Introduce the domain op enforce_cache_coherency()", April 2022',
  bad: [
    {
      title: 'no snooping or none that is not?',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	u8 force_no_snoop : 1;
//         ^^^^^^^^^^^^^^ negative-flag: says what is not
};`,
    },
  ],
  good: [
    {
      title: 'what is so',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	u8 force_snooping : 1;
};`,
    },
  ],
  *check({ facts, isNew }) {
    const message = (name: string): string =>
      `\`${name}\` says what is not, so that its tests read as double negations. Name it by what is so when it is set?`;
    for (const fn of facts.functions) {
      if (!isNew(fn.nameSpot) || fn.signature.isDictated || fn.signature.wasThere) continue;
      for (const { name, type, spot } of fn.signature.parameters)
        if (type.base === 'bool' && NEGATION.test(name))
          yield { at: spot, function: fn.name, message: message(name) };
    }
    for (const struct of facts.structs) {
      for (const { name, type, isBits, nameSpot, wasThere } of struct.fields) {
        const isFlag = (type.base === 'bool' && type.pointers === 0) || isBits;
        if (!isFlag || wasThere || !NEGATION.test(name) || !isNew(nameSpot)) continue;
        yield {
          at: nameSpot,
          function: tagOf(struct.name),
          message: message(name),
        };
      }
    }
  },
});

const NEGATION = /(?:^|_)(?:no|not|non|dont|disallow|without)_/;
