/** New code begins with what the kernel is about to lose. */
import type { Spot } from '../iommu/index.js';
import { cameBefore } from './context.js';
import { OUTDATED_CALLS, OUTDATED_TYPES, type OutdatedRow } from './outdated-calls.table.js';
import { defineRule, tagOf } from './rule.js';

export const outdatedCall = defineRule({
  id: 'outdated-call',
  classes: ['needless-wrapper-duplicate', 'api-shape'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary: 'New code uses an interface that the kernel has another one for by now.',
  why: 'Somebody will have to convert it; and what came instead was made because the old one was used wrongly.',
  remedy: 'Use what came instead.',
  source:
    'Documentation/core-api/idr.rst; Documentation/process/deprecated.rst; include/linux/interrupt.h:tasklet_struct; include/linux/preempt.h:in_atomic; Documentation/core-api/pin_user_pages.rst (6.12)',
  bad: [
    {
      title: 'an IDR',
      code: `
struct toy {
	struct mutex lock;
	struct idr bonds;
//      ^^^^^^^^^^^^^^^^^ outdated-call: An XArray
};`,
    },
    {
      title: 'asked instead of told',
      code: `
void *toy_alloc(struct toy *toy)
{
	return kzalloc(toy->size, in_atomic() ? GFP_ATOMIC : GFP_KERNEL);
//                                ^^^^^^^^^^^ outdated-call: Let the caller say it
}`,
    },
  ],
  good: [
    {
      title: 'as it is done now',
      code: `
struct toy {
	struct mutex lock;
	struct xarray bonds;
	size_t size;
};

void *toy_alloc(struct toy *toy, gfp_t gfp)
{
	return kzalloc(toy->size, gfp);
}`,
    },
  ],
  *check({ facts, series, isFresh }) {
    // It is said once, where it is met first.
    const told = new Set<string>();
    const isOwed = (row: OutdatedRow | undefined, spot: Spot): row is OutdatedRow => {
      if (!row || !isFresh(spot) || cameBefore(series, spot, row.since)) return false;
      const { path } = spot.unit.image;
      const key = `${path}: ${row.instead}`;
      if (told.has(key) || row.within?.test(path) === false) return false;
      told.add(key);
      return true;
    };
    for (const struct of facts.structs)
      for (const { type, spot, wasThere } of struct.fields) {
        const row = type.pointers === 0 ? OUTDATED_TYPES.get(type.base) : undefined;
        if (wasThere || !isOwed(row, spot)) continue;
        yield { at: spot, function: tagOf(struct.name), message: `${row.instead} instead, ${row.because}?` };
      }
    for (const fn of facts.functions) {
      for (const { name, spot, wasThere } of fn.calls) {
        const row = OUTDATED_CALLS.get(name);
        if (wasThere || name === fn.name || !isOwed(row, spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `${row.instead} instead of ${name}(), ${row.because}?`,
        };
      }
    }
  },
});
