/** What programs were built with is given another meaning. */
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const uapiChanged = defineRule({
  id: 'uapi-changed',
  classes: ['uapi-abi'],
  since: '0.2.0',
  summary:
    'A struct or an enum that user space has already is changed in its midst, or a name for user space cannot be used there.',
  why: 'Programs that were built before read and write other members, or give other commands, than the kernel understands.',
  remedy: 'Add at the end, or take reserved members; shift instead of BIT().',
  source:
    'Documentation/driver-api/ioctl.rst, "Structure layout" and "Alternatives to ioctl"; Documentation/process/adding-syscalls.rst, "Designing the API: Planning for Extension"; include/uapi/linux/const.h:_BITUL (6.12)',
  bad: [
    {
      title: 'a name that programs cannot use',
      code: `
//- include/uapi/linux/toy.h
#define TOY_READ (1 << 0)
#define TOY_WRITE BIT(1)
//      ^^^^^^^^^ uapi-changed: no program has BIT()`,
    },
  ],
  good: [
    {
      title: 'a shift',
      code: `
//- include/uapi/linux/toy.h
#define TOY_READ (1 << 0)
#define TOY_WRITE _BITUL(1)`,
    },
  ],
  forms: [
    {
      of: 'A member is put between members of a struct that user space has already.',
      why: 'All behind it move: programs that were built before write one member and the kernel reads another.',
      instead: 'Add it at the end, behind argsz, or in place of reserved members.',
      severity: 'info',
      confidence: 'possible',
      check: memberInTheMidst,
    },
    {
      of: 'A value is put between values of an enum that user space has already.',
      why: 'All behind it are counted anew: the commands of old programs become others.',
      instead: 'Add it at the end.',
      severity: 'warning',
      confidence: 'certain',
      check: valueInTheMidst,
    },
    {
      of: 'A header for user space uses a macro that only the kernel has.',
      why: 'The header is installed as it is, and does not compile there when the name is used.',
      instead: '(1 << n), or _BITUL() of linux/const.h.',
      severity: 'info',
      confidence: 'certain',
      check: kernelMacro,
    },
  ],
});

function* memberInTheMidst({ facts, tree, isNew }: RuleInput): Iterable<Objection> {
  for (const { name, spot, members } of facts.uapiStructs) {
    const { image } = spot.unit;
    const lastOld = members.findLastIndex((each) => !isNew(each.spot));
    const added = members.find((each, at) => isNew(each.spot) && !each.wasThere && at < lastOld);
    if (!added || isNew(spot) || !tree.hadInHeader(image.path, name)) continue;
    // It has the place of something else.
    if (image.removed.some((line) => /;\s*(?:\/[*/].*)?$/.test(line))) continue;
    yield {
      at: added.spot,
      function: name,
      message: `\`${added.name}\` moves all members behind it, and programs have struct ${name} as it was. Add it at the end, or in place of reserved members; if no program can use it yet, let the message say so.`,
    };
  }
}

/** Names that mark the end of an enum. */
const END = /(?:^|_)(?:MAX|NUM|NR|CNT|COUNT|LAST|END)(?:_|$)/;

function* valueInTheMidst({ facts, tree, isNew }: RuleInput): Iterable<Objection> {
  for (const [at, added] of facts.enumerators.entries()) {
    const { name, spot, isCounted, wasThere } = added;
    const { path } = spot.unit.image;
    if (!isCounted || wasThere || !isNew(spot) || !/(?:^|\/)include\/uapi\//.test(path)) continue;
    const next = facts.enumerators
      .slice(at + 1)
      .find((each) => each.spot.unit === spot.unit && !isNew(each.spot));
    if (!next || next.enum !== added.enum || !next.isCounted || END.test(next.name)) continue;
    if (!tree.hadInHeader(path, next.name)) continue;
    yield {
      at: spot,
      message: `${name} takes the number of ${next.name}, and all behind it are counted anew: programs have the old ones. Add it at the end.`,
    };
  }
}

function* kernelMacro({ facts, isNew }: RuleInput): Iterable<Objection> {
  const told = new Set<unknown>();
  for (const { name, macro, spot } of facts.kernelMacrosInUapi) {
    // One header has them in a row.
    if (!isNew(spot) || told.has(spot.unit)) continue;
    told.add(spot.unit);
    yield {
      at: spot,
      function: null,
      message: `${name} is for user space, where no program has ${/^SZ_/.test(macro) ? macro : `${macro}()`}. Write it out, or use linux/const.h.`,
    };
  }
}
