/** A name that says something else than what it stands for. */
import type { ParameterFact, Spot, StructFact } from '../iommu/index.js';
import { defineRule, type Objection, type RuleInput, tagOf } from './rule.js';

export const misleadingName = defineRule({
  id: 'misleading-name',
  formerly: ['vague-object-name'],
  classes: ['misleading-name'],
  since: '0.2.0',
  quietInTree: true,
  summary: 'A name says something else than what it names, or hides which object it is.',
  why: 'Names are the contract of an interface: a reader takes them at their word.',
  remedy: 'Name it after what it is.',
  source:
    'Documentation/process/coding-style.rst, "Naming"; review of "iommu/sva: Add iommu_domain type for SVA", 30 March 2022; review of "iommu: Introduce the domain op enforce_cache_coherency()", April 2022; include/linux/iommu.h (6.12): every ioasid_t there is called pasid',
  bad: [
    {
      title: 'a cookie with members',
      code: `
struct toy_cookie {
//     ^^^^^^^^^^ misleading-name: wrong word
	struct mm_struct *mm;
	struct list_head devices;
};`,
    },
    {
      title: 'no snooping or none that is not?',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	u8 force_no_snoop : 1;
//         ^^^^^^^^^^^^^^ misleading-name: says what is not
};`,
    },
    {
      title: 'an id among ids',
      code: `
int toy_attach(struct iommu_domain *domain, struct device *dev, ioasid_t id)
//                                                              ^^^^^^^^^^^ misleading-name: call it pasid
{
	return toy_write(domain, dev, id);
}`,
    },
  ],
  good: [
    {
      title: 'how many, or the largest',
      code: `
struct toy_device {
	struct iommu_device iommu;
	u32 max_pasids;
	u32 *sids;
};`,
    },
    {
      title: 'a name that says what it is, and a cookie that is one',
      code: `
struct toy_binding {
	struct mm_struct *mm;
	unsigned long cookie;
};`,
    },
    {
      title: 'what is so',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	u8 force_snooping : 1;
};`,
    },
  ],
  forms: [
    {
      of: 'A typed object with members and a lifetime is called a cookie, or something as vague.',
      why: 'A cookie is a value that one side hands out and never looks into. A struct that the code dereferences, counts or frees is an object, and its name should say which.',
      instead: 'Name it after what it is: the binding of an mm, the handle of a device, the set of domains.',
      severity: 'warning',
      confidence: 'certain',
      check: vagueObjectName,
    },
    {
      of: 'A new boolean is named by what it forbids.',
      why: 'Where it is tested, !no_something has to be read twice, and what zeroed memory means is easily got wrong.',
      instead: 'Name it by what is so when it is set.',
      severity: 'info',
      confidence: 'possible',
      check: negativeFlag,
    },
    {
      of: 'A parameter or member of type ioasid_t is not called pasid.',
      why: 'There are many small integers about (stream ids, domain ids, ASIDs, VMIDs); only the name says which one a driver gets.',
      instead: 'Call it pasid.',
      severity: 'info',
      confidence: 'certain',
      check: pasidByAnotherName,
    },
    {
      of: 'A number is named after identifiers in the plural.',
      why: 'Nobody can tell whether it is how many there are or the largest of them: they differ by one, and by all that is never used.',
      instead: 'Call it nr_pasids or max_pasids, as it is meant.',
      severity: 'info',
      confidence: 'possible',
      check: numberOfIds,
    },
    {
      of: 'A function that is called a lookup walks and calls a callback for each.',
      why: 'A lookup finds something and returns it; nobody expects that it changes what it finds.',
      instead: 'Call it for_each, as the others that walk.',
      severity: 'info',
      confidence: 'possible',
      check: lookupThatWalks,
    },
    {
      of: 'The function of one operation is called by other words than the operation, in a table whose other functions are called like theirs.',
      why: 'Who looks for what a driver does in attach_dev looks for its attach_dev.',
      instead: 'Name it after the operation.',
      severity: 'info',
      confidence: 'possible',
      check: operationByAnotherName,
    },
    {
      of: 'A function is exported under a name that does not say whose it is.',
      why: 'The name is taken for the whole kernel, and says nothing to who meets it in a stack or another file.',
      instead: 'Begin it with the name of the subsystem or the driver.',
      severity: 'info',
      confidence: 'certain',
      check: exportWithoutOwner,
    },
  ],
});

function* vagueObjectName({ facts, project: { naming }, isNew, isPatch }: RuleInput): Iterable<Objection> {
  const vague = new Set([...VAGUE, ...naming.vague, ...Object.keys(naming.preferred)]);
  for (const struct of facts.structs) {
    const tag = tagOf(struct.name);
    const word = tag.split('_').find((each) => vague.has(each));
    if (!word || !struct.spot || !struct.hasLifetime || !isNew(struct.spot)) continue;
    const pointer = pointerTo(struct, facts.structs, isNew);
    const related = pointer ? [{ spot: struct.spot, message: `${tag} is defined here` }] : [];
    yield {
      at: pointer?.spot ?? struct.spot,
      function: pointer?.owner ?? tag,
      message:
        `"${word}" is the wrong word for ${tag}, a typed object with a lifetime that the code looks into. ` +
        adviceFor(word, naming.preferred[word]),
      // What is in the kernel already has had its name discussed.
      severity: isPatch(struct.spot) ? 'warning' : 'info',
      related,
    };
  }
}

function* negativeFlag({ facts, isNew }: RuleInput): Iterable<Objection> {
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
}

function* pasidByAnotherName({ facts, isNew }: RuleInput): Iterable<Objection> {
  const found: Named[] = [
    ...facts.functions.flatMap(({ name, signature }) => ofParameters(name, signature.parameters)),
    ...facts.prototypes.flatMap(({ name, parameters }) => ofParameters(name, parameters)),
    ...facts.structs.flatMap((struct) =>
      struct.fields.flatMap(({ name, type, spot, parameters }) =>
        parameters
          ? ofParameters(tagOf(struct.name), parameters)
          : [{ owner: tagOf(struct.name), name, type, spot }],
      ),
    ),
  ].filter(
    ({ name, type, spot }) => type.base === 'ioasid_t' && name !== '' && !SAYS_SO.test(name) && isNew(spot),
  );
  // The same name goes through all functions of a file or patch: one objection is enough.
  const around = ({ spot: { unit } }: Named): string | number =>
    unit.image.basis === 'whole-file' ? unit.image.path : unit.patch;
  const ofPasids = found.filter(({ spot }) => !/ioasid/.test(spot.unit.image.path));
  for (const place of new Set(ofPasids.map(around))) {
    const [first, ...more] = ofPasids.filter((each) => around(each) === place);
    if (!first) continue;
    yield {
      at: first.spot,
      function: first.owner,
      message: `\`${first.name}\` is a PASID; among so many ids, call it pasid.`,
      related: more.map(({ spot }) => ({ spot, message: 'and here' })),
    };
  }
}

const VAGUE = ['cookie', 'blob', 'thing', 'stuff', 'thingy'];

function adviceFor(word: string, preferred: string | undefined): string {
  if (preferred !== undefined) return `Here it is called "${preferred}".`;
  return word === 'cookie' || word === 'blob'
    ? `A ${word} is opaque to its holder: name the object after what it is.`
    : 'Name the object after what it is.';
}

/** The new member that points to the object, the place where readers meet the name; a domain's first. */
function pointerTo(
  target: StructFact,
  structs: readonly StructFact[],
  isNew: (spot: Spot) => boolean,
): { spot: Spot; owner: string } | null {
  const pointing = structs.flatMap((struct) => {
    const field = struct.fields.find(
      ({ type, spot }) => type.base === target.name && type.pointers === 1 && isNew(spot),
    );
    return field ? [{ struct, field }] : [];
  });
  const first = pointing.find(({ struct }) => struct.role === 'domain') ?? pointing[0];
  return first ? { spot: first.field.spot, owner: tagOf(first.struct.name) } : null;
}

const NEGATION = /(?:^|_)(?:no|not|non|dont|disallow|without)_/;

interface Named extends Pick<ParameterFact, 'name' | 'type' | 'spot'> {
  readonly owner: string;
}

function ofParameters(owner: string, parameters: readonly ParameterFact[]): Named[] {
  return parameters.map(({ name, type, spot }) => ({ owner, name, type, spot }));
}

/** Limits, and what the allocator of such numbers calls them. */
const SAYS_SO = /pasid|ssid|ioasid|^(?:min|max|start|end|first|last)$/i;

/** Identifiers of which some value is the largest, and that need not begin with zero. */
const IDS =
  /^(?:(?!max|nr|num|n_|cnt|count|total|last|first|min)[a-z]+_)?(?:pasids|asids|vmids|sids|ssids|dids)$/;
const NUMBER = /^(?:u8|u16|u32|u64|int|unsigned int|unsigned long|size_t|unsigned)$/;

function* numberOfIds({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const struct of facts.structs)
    for (const { name, type, isArray, isBits, nameSpot, wasThere } of struct.fields) {
      const isNumber = type.pointers === 0 && NUMBER.test(type.base) && !isBits && !isArray;
      if (!isNumber || wasThere || !IDS.test(name) || !isNew(nameSpot)) continue;
      yield {
        at: nameSpot,
        function: tagOf(struct.name),
        message: `Is \`${name}\` how many, or the largest? Say so in the name: nr_${name} or max_${name}.`,
      };
    }
}

/** Names of what finds something and hands it out. */
const FINDS = /(?:^|_)(?:lookup|find)(?:_|$)/;

function* lookupThatWalks({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    const { name, nameSpot, signature } = fn;
    if (!isNew(nameSpot) || !FINDS.test(name) || signature.isDictated || signature.wasThere) continue;
    const { returns, parameters } = signature;
    const isStatus = returns.pointers === 0 && /^(?:int|void|long)$/.test(returns.base);
    const callback = parameters.find(({ isFunction }) => isFunction);
    // What a match function decides is found all the same.
    if (!isStatus || !callback || /match|cmp|compare|filter/.test(callback.name)) continue;
    yield {
      at: nameSpot,
      function: name,
      message: `A lookup finds one and returns it; ${name}() calls \`${callback.name}\` for what it finds. Call it for_each?`,
    };
  }
}

const IOMMU_TABLE = /^struct iommu_(?:domain_|dirty_)?ops$/;

function* operationByAnotherName({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const { type, slots } of facts.tables) {
    if (!IOMMU_TABLE.test(type)) continue;
    const filled = slots.flatMap((slot) => {
      const fn =
        slot.function === null ? undefined : facts.functions.find(({ name }) => name === slot.function);
      return fn ? [{ slot, fn }] : [];
    });
    const alike = filled.filter(({ slot, fn }) => isNamedAfter(fn.name, slot.name));
    // A table that goes its own way throughout is not for one function to change.
    if (alike.length < 3 || alike.length * 4 < filled.length * 3) continue;
    for (const { slot, fn } of filled) {
      if (isNamedAfter(fn.name, slot.name) || !isNew(fn.nameSpot) || !isNew(slot.spot)) continue;
      if (filled.filter((each) => each.fn === fn).length > 1 || fn.signature.wasThere) continue;
      yield {
        at: fn.nameSpot,
        function: fn.name,
        message: `This is the ${slot.name} of ${type}, and all others there are called like their operation. Call it …_${slot.name}()?`,
        related: [{ spot: slot.spot, message: 'it is put in here' }],
      };
    }
  }
}

/** Whether a name has one of the words that tell the operation from others. */
function isNamedAfter(name: string, slot: string): boolean {
  const words = slot.split('_').filter((word) => !/^(?:dev|device|domain|ops|iommu|default|of)$/.test(word));
  return words.length === 0 || words.some((word) => name.includes(word));
}

/** Words that any function may begin with. */
const ANYBODYS =
  /^(?:get|set|is|has|find|lookup|alloc|free|map|unmap|init|create|destroy|add|remove|del|check|do|handle|process|update|read|write|enable|disable|start|stop|attach|detach|register|unregister|flush|sync|put|send|parse)_/;

function* exportWithoutOwner({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const { name, spot } of facts.exports) {
    const file = /(\w+)\.c$/.exec(spot.unit.image.path)?.[1] ?? '';
    // What the file is about may stand at the end: free_iova().
    if (!ANYBODYS.test(name) || !isNew(spot) || (file !== '' && name.includes(file))) continue;
    yield {
      at: spot,
      function: name,
      message: `${name}() is exported to the whole kernel: whose is it? Begin the name with the subsystem or driver.`,
    };
  }
}
