/** How the C of a driver's world is written, line by line. */
import type { Part, Start } from './driver-shape.js';

/** The variable that holds what a call gave, by its number from 0. */
export const resultVariable = (at: number): string => `result${at + 1}`;

/** A function by its head, and the lines of its body. */
export function functionOf(head: string, lines: readonly string[]): string {
  return `${head}\n{\n${lines.map((line) => (line === '' ? '' : `\t${line}`)).join('\n')}\n}`;
}

/** What says that a member is as a fresh one. */
function linesOf({ member, as, name }: Start, base: string): string[] {
  const place = `${base}${member}`;
  switch (as) {
    case 'list':
      return [`INIT_LIST_HEAD(&${place});`];
    case 'xarray':
      return [`xa_init(&${place});`];
    case 'ida':
      return [`ida_init(&${place});`];
    case 'idr':
      return [`idr_init(&${place});`];
    case 'nothing':
      return [`${place} = NULL;`];
    case 'at-rest':
      return [`${place} = &${name};`];
    case 'instance':
      return [`${place} = iommu;`];
    case 'device':
      return [`${place} = device;`];
    case 'on-list':
      // A node is on one list: of two devices of an instance only one can have it.
      return ['if (device != &device2)', `\tlist_add_tail(&iommu->${name}, &${place});`];
    case 'parent':
      return [`${place} = container_of(parent, ${name});`];
  }
}

/** What says that members are as in a fresh one. */
export const startsOf = ({ starts }: Part, base: string): string[] =>
  starts.flatMap((each) => linesOf(each, base));
