/** Which structs are domains. */
import type { Program, StructView } from './program.js';
import { steady } from './surroundings.js';

export const DOMAIN = 'struct iommu_domain';

/** The domain itself and every struct that embeds it by value, at whatever depth. */
export function domainStructs(program: Program, before?: ReadonlySet<string>): ReadonlySet<string> {
  const domains = new Set([DOMAIN]);
  const views = program.allStructs();
  for (let grew = true; grew; ) {
    grew = false;
    for (const view of views) {
      if (domains.has(view.name) || !embedsOneOf(view, domains)) continue;
      domains.add(view.name);
      grew = true;
    }
  }
  return steady(domains, before);
}

export function embeds(view: StructView, struct: string): boolean {
  return embedsOneOf(view, new Set([struct]));
}

function embedsOneOf(view: StructView, structs: ReadonlySet<string>): boolean {
  return view.fields.some(
    ({ item }) => structs.has(item.type.base) && item.type.pointers === 0 && !item.type.parameters,
  );
}
