/** What a patch lets the outside of the kernel set or see: parameters, attributes of sysfs, properties of the device tree. */
import { calledName } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import type { Program, Spot } from './program.js';
import { readingOf } from './reading.js';
import { isTakenOut } from './references.js';

export interface OutwardFact {
  readonly kind: 'parameter' | 'attribute' | 'property';
  /** Of the parameter or attribute; a property as it is written, `toy,banks`. */
  readonly name: string;
  readonly spot: Spot;
}

/** include/linux/moduleparam.h, init.h */
const PARAMETERS = /^(?:module_param(?:_named|_cb|_array|_string)?|early_param|__setup)$/;
/** include/linux/device.h, kobject.h, sysfs.h, drivers/iommu/iommu.c */
const ATTRIBUTES = /^(?:DEVICE|DRIVER|BUS|CLASS|IOMMU_GROUP)_ATTR(?:_R[OW]|_WO|_ADMIN_\w+)?$/;
/** include/linux/of.h, property.h */
const PROPERTIES =
  /^(?:of|device|fwnode)_(?:property_(?:read|count|match|present|get)|get_property|find_property)/;

/** Those that patches bring into C files. */
export function outwardFacts(program: Program): OutwardFact[] {
  return program.units
    .filter(
      ({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file' && image.path.endsWith('.c'),
    )
    .flatMap((unit) => {
      const declared = unit.c.items.flatMap((item): OutwardFact[] => {
        if (!isAddedAt(unit.image, item.start)) return [];
        // `static DEVICE_ATTR_RO(mode);` has the looks of a variable of that type.
        const macro = item.kind === 'variable' ? item.type.base : item.kind === 'invocation' ? item.name : '';
        const kind = PARAMETERS.test(macro) ? 'parameter' : ATTRIBUTES.test(macro) ? 'attribute' : null;
        if (kind === null) return [];
        const given = item.kind === 'invocation' ? item.args[0] : item.name;
        const name = given?.replace(/^"(.*?)=?"$/, '$1');
        if (name === undefined || isTakenOut(unit.image, name)) return [];
        const span = { start: item.start, end: item.end };
        return [{ kind, name, spot: { unit, span } }];
      });
      const asked = program.definitionsIn(unit).flatMap((fn) =>
        readingOf(fn.original).nodes.flatMap((node): OutwardFact[] => {
          if (node.kind !== 'call' || !PROPERTIES.test(calledName(node) ?? '')) return [];
          const [, name] = node.args;
          const text = name?.kind === 'literal' ? /^"([\w-]+,[\w,#-]+)"$/.exec(name.text)?.[1] : undefined;
          if (!name || text === undefined) return [];
          const { shift } = fn.original;
          const span = { start: name.start + shift, end: name.end + shift };
          if (!isAddedAt(unit.image, span.start)) return [];
          const wasThere = unit.image.removed.some((line) => line.includes(`"${text}"`));
          return wasThere ? [] : [{ kind: 'property', name: text, spot: { unit, span } }];
        }),
      );
      return [...declared, ...asked];
    });
}
