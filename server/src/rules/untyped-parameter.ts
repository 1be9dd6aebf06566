/** A void pointer in a new interface. */
import type { ParameterFact } from '../iommu/index.js';
import { defineRule, tagOf } from './rule.js';

export const untypedParameter = defineRule({
  id: 'untyped-parameter',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A new operation or function of several files takes a void pointer without a callback that it would be for.',
  why: 'The compiler cannot check what callers pass, and readers cannot find out what it may be.',
  remedy:
    'Take the struct that it is; where it differs between users, embed a common struct and use container_of().',
  source:
    'review of the list, 2019 to 2022, for type-safe interfaces; include/linux/iommu.h:iommu_domain_alloc_user (6.12) takes struct iommu_user_data',
  bad: [
    {
      title: 'an operation with opaque data',
      code: `
struct toy_ops {
	int (*bind)(struct device *dev, void *drvdata);
//                                      ^^^^^^^^^^^^^ untyped-parameter: void pointer
};`,
    },
  ],
  good: [
    {
      title: 'data of the callback beside it',
      code: `
struct toy_ops {
	int (*for_each)(struct device *dev, int (*fn)(struct device *dev, void *data), void *data);
};`,
    },
    {
      title: 'the context that another operation makes',
      code: `
struct toy_ops {
	void *(*alloc)(struct mm_struct *mm);
	int (*attach)(struct device *dev, void *ctx);
	void (*release)(void *ctx);
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const struct of facts.structs) {
      if (!/ops$/.test(struct.name)) continue;
      // What one operation makes, and only its maker knows, the others are given back.
      const makesContext = struct.fields.some(
        ({ parameters, type }) => parameters && type.base === 'void' && type.pointers === 1,
      );
      if (makesContext) continue;
      for (const { name, parameters, nameSpot, wasThere } of struct.fields) {
        if (!parameters || wasThere || !isNew(nameSpot)) continue;
        const opaque = opaqueAmong(parameters);
        if (!opaque || !isNew(opaque.spot)) continue;
        yield {
          at: opaque.spot,
          function: tagOf(struct.name),
          message: objection(`the operation ${name}()`, opaque),
        };
      }
    }
    for (const { name, isStatic, isDictated, spot, parameters, wasThere } of facts.prototypes) {
      if (isStatic || isDictated) continue;
      const opaque = opaqueAmong(parameters);
      if (!opaque || wasThere || !isNew(spot) || !isNew(opaque.spot)) continue;
      yield { at: opaque.spot, function: name, message: objection(`${name}()`, opaque) };
    }
  },
});

/** Memory whose content is nobody's business is a void pointer by right. */
const MEMORY =
  /^(?:.*_)?(?:buf|buffer|src|dst|from|to|addr|vaddr|va|kaddr|cpu_addr|virt|mem|page|pages|table|base|ptr|cookie|token|owner|p)$/;

/** A void pointer that belongs neither to a callback beside it nor is plain memory. */
function opaqueAmong(parameters: readonly ParameterFact[]): ParameterFact | undefined {
  if (
    parameters.some(
      ({ isFunction, type }) =>
        isFunction || /_(?:fn|fn_t|func|func_t|handler_t|cb|callback)(?:_t)?$/.test(type.base),
    )
  )
    return undefined;
  return parameters.find(
    ({ name, type, isConst, isUser, wasThere }) =>
      type.base === 'void' && type.pointers === 1 && !isConst && !MEMORY.test(name) && !isUser && !wasThere,
  );
}

function objection(what: string, { name }: ParameterFact): string {
  return `Why is ${name === '' ? 'one parameter' : `\`${name}\``} of ${what} a void pointer? Nothing checks what callers pass. Take a typed pointer.`;
}
