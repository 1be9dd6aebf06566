/** An object that goes by something else than a pointer of its own type. */
import type { ParameterFact } from '../iommu/index.js';
import { defineRule, type Objection, type RuleInput, tagOf } from './rule.js';

export const untypedObject = defineRule({
  id: 'untyped-object',
  classes: ['api-shape'],
  since: '0.2.0',
  quietInTree: true,
  summary:
    'An object is passed or kept as something else than a pointer of its own type: a void pointer, an integer, a cast to another struct.',
  why: 'The type is the one check that C has of what callers pass, and the one thing that tells readers what it may be.',
  remedy: 'Pass a pointer of the type that it has, or give the token a type of its own.',
  source:
    'review of "vfio: Add VFIO_IOMMU_PASID_REQUEST(alloc/free)", April 2020; drivers/iommu/iommu.c:iommu_group_claim_dma_owner (6.12) takes a pointer; review of "iommu: Add iommu_device_init[exit]_user_dma interfaces", September 2021; review of the list, 2019 to 2022, for type-safe interfaces; include/linux/iommu.h:iommu_domain_alloc_user (6.12) takes struct iommu_user_data',
  bad: [
    {
      title: 'an mm as a token',
      code: `
int toy_alloc(struct mm_struct *mm)
{
	return toy_set_alloc((struct toy_set *)mm);
//                           ^^^^^^^^^^^^^^^^^^^^ untyped-object: does not make it one
}`,
    },
    {
      title: 'whose number?',
      code: `
struct toy_group {
	struct mutex mutex;
	unsigned long owner_id;
//                    ^^^^^^^^ untyped-object: a typed pointer
};`,
    },
    {
      title: 'an operation with opaque data',
      code: `
struct toy_ops {
	int (*bind)(struct device *dev, void *drvdata);
//                                      ^^^^^^^^^^^^^ untyped-object: void pointer
};`,
    },
  ],
  good: [
    {
      title: 'the member of the object',
      code: `
struct toy_set {
	struct list_head node;
	int id;
};

int toy_alloc(struct list_head *node)
{
	return toy_set_alloc((struct toy_set *)node);
}`,
    },
    {
      title: 'the owner',
      code: `
struct toy_group {
	struct mutex mutex;
	struct file *owner;
};`,
    },
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
  forms: [
    {
      of: 'A pointer to one struct is cast to a pointer to another that does not contain it.',
      why: 'Whoever gets the pointer may look into it, and the cast silences the one check that C has.',
      instead: 'Give the interface a type of its own for the token, or pass the object itself.',
      severity: 'warning',
      confidence: 'certain',
      check: unrelatedCast,
    },
    {
      of: 'A new member or parameter identifies an owner by an integer.',
      why: 'Nothing says what the number is, whether two makers may pick the same, or how long it is good for.',
      instead: 'A typed pointer to the owner.',
      severity: 'info',
      confidence: 'possible',
      check: integerAsOwner,
    },
    {
      of: 'A new operation or function of several files takes a void pointer without a callback that it would be for.',
      why: 'The compiler cannot check what callers pass, and readers cannot find out what it may be.',
      instead:
        'Take the struct that it is; where it differs between users, embed a common struct and use container_of().',
      severity: 'info',
      confidence: 'certain',
      check: untypedParameter,
    },
  ],
});

function* unrelatedCast({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    for (const { spot, from, to, operand } of fn.structCasts) {
      if (!isNew(spot)) continue;
      yield {
        at: spot,
        function: fn.name,
        message: `\`${operand}\` is a ${from}, not a ${to}, and a cast does not make it one. Pass the object itself, or give the token a type of its own.`,
      };
    }
  }
}

function* integerAsOwner({ facts, isNew }: RuleInput): Iterable<Objection> {
  const message = (name: string): string =>
    `What is \`${name}\`? An integer can be anything, and two makers may pick the same. Identify the owner by a typed pointer.`;
  for (const struct of facts.structs) {
    for (const { name, type, nameSpot, wasThere, isBits } of struct.fields) {
      if (type.pointers > 0 || wasThere || isBits || !INTEGER.test(type.base) || !OWNER.test(name)) continue;
      if (!isNew(nameSpot) || /(?:^|\/)uapi\//.test(nameSpot.unit.image.path)) continue;
      yield { at: nameSpot, function: tagOf(struct.name), message: message(name) };
    }
  }
  for (const { name, parameters, wasThere } of facts.prototypes) {
    const id = parameters.find(
      ({ name: each, type }) => type.pointers === 0 && INTEGER.test(type.base) && OWNER.test(each),
    );
    if (id && !wasThere && isNew(id.spot)) yield { at: id.spot, function: name, message: message(id.name) };
  }
}

function* untypedParameter({ facts, isNew }: RuleInput): Iterable<Objection> {
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
  // What is kept for callers and given back to them is a void pointer by right, here as well.
  const givenBack = new Set(
    facts.prototypes.flatMap(({ name, returns, spot: { unit } }) =>
      returns.base === 'void' && returns.pointers === 1 && !/alloc/.test(name) ? [unit.image.path] : [],
    ),
  );
  for (const { name, isStatic, isDictated, spot, parameters, wasThere } of facts.prototypes) {
    if (isStatic || isDictated || givenBack.has(spot.unit.image.path)) continue;
    const opaque = opaqueAmong(parameters);
    if (!opaque || wasThere || !isNew(spot) || !isNew(opaque.spot)) continue;
    yield { at: opaque.spot, function: name, message: objection(`${name}()`, opaque) };
  }
}

const INTEGER = /^(?:int|unsigned int|unsigned long|u32|u64)$/;
const OWNER = /(?:^|_)owner(?:_id)?$/;

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
