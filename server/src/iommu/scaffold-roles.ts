/**
 * Who plays which part in the code at hand, for a scaffold in its place: what
 * binds and unbinds, what allocates a domain, what attaches it. Where that is
 * not clear it is said, and there is no scaffold.
 */
import { type FunctionItem, spellingOf } from '../syntax/index.js';
import { allocationIn, releaseIn } from './domain-allocations.js';
import type { DesignFacts, StructFact } from './facts.js';
import {
  callsIn,
  DEVICE,
  DOMAIN,
  gives,
  isTie,
  MM,
  NUMBERS,
  signatureOf,
  storesInDomains,
  tagOf,
} from './function-shapes.js';
import type { KnownFunction, Program } from './program.js';
import { readingOf } from './reading.js';
import type { DomainShape, Failure, HandleShape, Refused, Scaffold, Signature } from './scaffold-plan.js';

/** The roles of the code under review. `subject`: the struct or function that the objection is about. */
export function scaffoldRoles(
  program: Program,
  facts: DesignFacts,
  subject: string | null,
): Scaffold | Refused {
  return new Roles(program, facts, subject).find();
}

class Roles {
  /** The functions under review that are shown whole, of a series the last form of each. */
  private readonly functions: readonly KnownFunction[];
  private readonly named = new Map<string, KnownFunction>();

  constructor(
    private readonly program: Program,
    private readonly facts: DesignFacts,
    private readonly subject: string | null,
  ) {
    for (const fn of program.allFunctions()) {
      const { unit, item } = fn;
      if (!unit.isReviewed || item.missing.length > 0 || unit.image.path.endsWith('.h')) continue;
      const known = this.named.get(item.name);
      if (!known || known.unit.patch < unit.patch) this.named.set(item.name, fn);
    }
    this.functions = [...this.named.values()];
  }

  find(): Scaffold | Refused {
    const shape = this.shape();
    if ('why' in shape) return shape;
    const [give, take] = shape.kind === 'domain' ? [shape.get, shape.put] : [shape.bind, shape.unbind];
    const givers = this.reachedFrom(give.name);
    const isInside = ({ item }: KnownFunction): boolean => !isTie(item, 'int') && !isTie(item, 'void');
    const inside = [give, take].flatMap(({ name }) => this.reachedFrom(name, isInside));
    const allocation = allocationIn(givers, give.name);
    if ('why' in allocation) return allocation;
    const part = this.part();
    if (part && 'why' in part) return part;
    const mmOf = part ? this.accessor(give.name, DOMAIN, MM) : null;
    const emitted = [give, take, mmOf, shape.kind === 'handle' ? shape.pasidOf : null].flatMap((each) =>
      each ? [each.name] : [],
    );
    const isReplaced = ({ item }: KnownFunction): boolean => item.isStatic || emitted.includes(item.name);
    const replaced = [...new Set([...emitted, ...inside.filter(isReplaced).map(({ item }) => item.name)])];
    return {
      license: this.license(give.name),
      shape,
      prefix: prefixOf(part?.tag ?? null, give.name),
      taken: this.taken(),
      part: part?.tag ?? null,
      link: part?.link ?? null,
      mmOf,
      allocation,
      release: releaseIn(inside, allocation.call),
      compatible: this.compatible(),
      pasid: this.pasid(shape, givers),
      replaced: [
        ...replaced.map((name) => `${name}()`),
        ...(part ? [`struct ${part.tag}`] : []),
        ...this.containers(replaced),
      ],
      left: [...this.left(part, replaced), ...this.setMembers(givers, part)],
    };
  }

  // ---- who is called from outside

  private shape(): DomainShape | HandleShape | Refused {
    const handles = this.facts.structs.filter(({ role }) => role === 'handle').map(({ name }) => name);
    for (const handle of new Set(['struct iommu_sva', ...handles])) {
      const binds = this.outermost((item) => gives(item, `${handle} *`));
      if (binds.length === 0) continue;
      const bind = this.only(binds, 'gives a handle for a device and an mm');
      if ('why' in bind) return bind;
      return this.handleShape(handle, bind);
    }
    const gets = this.outermost((item) => gives(item, DOMAIN));
    if (gets.length === 0)
      return {
        why: 'no function at hand gives a domain or a handle for a device and an mm: whose object it would be is not known',
      };
    const get = this.only(gets, 'gives a domain for a device and an mm');
    if ('why' in get) return get;
    const put = this.taker(DOMAIN, 'takes a domain back');
    if ('why' in put) return put;
    const names = this.namedAlike(get);
    if (!names) return { why: `the parameters of ${get.item.name}() cannot be read` };
    return { kind: 'domain', get: names, put: signatureOf(put, ['domain']), failure: this.failureOf(get) };
  }

  private handleShape(struct: string, bind: KnownFunction): HandleShape | Refused {
    const unbind = this.taker(`${struct} *`, 'takes a handle back');
    if ('why' in unbind) return unbind;
    const signature = this.namedAlike(bind);
    if (!signature) return { why: `the parameters of ${bind.item.name}() cannot be read` };
    const attach = this.tie(bind, 'int');
    if ('why' in attach) return attach;
    const detach = this.tie(unbind, 'void');
    if ('why' in detach) return detach;
    const view = this.program.structNamed(struct, bind.unit);
    return {
      kind: 'handle',
      bind: signature,
      unbind: signatureOf(unbind, ['handle']),
      failure: this.failureOf(bind),
      attach: attach.name,
      detach: detach.name,
      handle: {
        tag: tagOf(struct),
        isEmbedded: view?.definitions.some(({ unit }) => unit.image.path.endsWith('.h')) ?? false,
        device: view?.fields.find(({ item }) => spellingOf(item.type) === DEVICE)?.item.name ?? null,
      },
      pasidOf: this.accessor(bind.item.name, `${struct} *`, ...NUMBERS),
    };
  }

  /** What it gives when it fails: with no error pointer in sight, nothing. */
  private failureOf({ item }: KnownFunction): Failure {
    const makes = this.reachedFrom(item.name).some(
      ({ words: { called } }) => called.has('ERR_PTR') || called.has('ERR_CAST'),
    );
    return makes ? 'ERR_PTR' : 'NULL';
  }

  /** Of the functions that `isOne` takes, those that none of the others reaches. */
  private outermost(isOne: (item: FunctionItem) => boolean): KnownFunction[] {
    const all = this.functions.filter(({ item }) => isOne(item));
    return all.filter(
      (fn) => !all.some((other) => other !== fn && this.reachedFrom(other.item.name).includes(fn)),
    );
  }

  /** The only one, of several the only one that comes to what the objection is about, or that others can call. */
  private only(found: readonly KnownFunction[], does: string): KnownFunction | Refused {
    const about = found.filter((fn) => this.isAbout(fn));
    const meant = about.length > 0 ? about : found;
    const shared = meant.filter(({ item }) => !item.isStatic);
    const [fn, ...more] = shared.length > 0 ? shared : meant;
    if (fn && more.length === 0) return fn;
    const names = [fn, ...more].flatMap((each) => (each ? [`${each.item.name}()`] : []));
    return {
      why:
        names.length === 0
          ? `no function at hand ${does}`
          : `more than one function ${does}: ${names.join(', ')}`,
    };
  }

  private isAbout({ item }: KnownFunction): boolean {
    return this.reachedFrom(item.name).some(
      (fn) => fn.item.name === this.subject || (this.subject !== null && fn.words.all.has(this.subject)),
    );
  }

  /** What users give a domain or handle back with: of several, the one that counts down. */
  private taker(type: string, does: string): KnownFunction | Refused {
    const all = this.outermost(
      ({ returns, parameters }) =>
        spellingOf(returns) === 'void' && parameters.length === 1 && spellingOf(parameters[0]!.type) === type,
    );
    const counting = all.filter(({ item }) =>
      this.reachedFrom(item.name).some(({ words }) =>
        [...words.called].some((name) => COUNTS_DOWN.test(name)),
      ),
    );
    return this.only(counting.length > 0 ? counting : all, does);
  }

  /** The function that ties a domain to a PASID of a device, or unties it: the first that is called and says so. */
  private tie(from: KnownFunction, returns: 'int' | 'void'): { readonly name: string } | Refused {
    const what = returns === 'int' ? 'attaches a domain to' : 'detaches a domain from';
    const found = new Set<string>();
    for (const { words } of this.reachedFrom(from.item.name, (fn) => !isTie(fn.item, returns)))
      for (const name of words.called)
        if (this.program.functionsNamed(name).some(({ item }) => isTie(item, returns))) found.add(name);
    const known = returns === 'int' ? 'iommu_attach_device_pasid' : 'iommu_detach_device_pasid';
    if (found.size === 0 && this.calls(from, known)) found.add(known);
    const [name, ...more] = found;
    if (name !== undefined && more.length === 0) return { name };
    const why =
      name === undefined ? `no function that ${from.item.name}() calls ${what} a PASID of a device` : '';
    return { why: why || `more than one function ${what} a PASID of a device: ${[...found].join(', ')}` };
  }

  /** Whether it calls a function that only a header shows. One with other parameters is another. */
  private calls(from: KnownFunction, name: string): boolean {
    if (this.program.functionsNamed(name).length > 0) return false;
    return this.reachedFrom(from.item.name).some((fn) =>
      callsIn(fn).some(
        ({ callee, args }) => callee.kind === 'name' && callee.name === name && args.length === 3,
      ),
    );
  }

  /** A function for others that takes this and gives one of those. */
  private accessor(near: string, takes: string, ...gives: readonly string[]): Signature | null {
    const all = this.functions.filter(
      ({ item: { isStatic, returns, parameters } }) =>
        !isStatic &&
        gives.includes(spellingOf(returns)) &&
        parameters.length === 1 &&
        spellingOf(parameters[0]!.type) === takes,
    );
    // Drivers may have some of their own.
    const path = this.named.get(near)?.unit.image.path;
    const here = all.filter(({ unit }) => unit.image.path === path);
    const [found, ...more] = here.length > 0 ? here : all;
    return found && more.length === 0 ? signatureOf(found, ['']) : null;
  }

  // ---- what is inside

  /** The functions under review that `name` comes to, itself first. */
  private reachedFrom(name: string, isEntered: (fn: KnownFunction) => boolean = () => true): KnownFunction[] {
    const start = this.named.get(name);
    const reached = new Set(start ? [start] : []);
    for (const fn of reached)
      for (const called of fn.words.called) {
        const next = this.named.get(called);
        if (next && isEntered(next)) reached.add(next);
      }
    return [...reached];
  }

  private compatible(): string | null {
    const ops = this.program.structNamed('struct iommu_domain_ops');
    const found = ops?.fields.find(({ item: { type } }) => {
      const takes = type.parameters?.map((each) => spellingOf(each.type)) ?? [];
      return type.base === 'bool' && type.pointers === 0 && takes.join() === [DOMAIN, DEVICE].join();
    });
    return found?.item.name ?? null;
  }

  /** Who is given a domain without attaching it reads the PASID where the caller has put it. */
  private pasid({ kind }: Scaffold['shape'], givers: readonly KnownFunction[]): Scaffold['pasid'] {
    const isOfMm = givers.some((fn) => {
      const { nodes, locals } = readingOf(fn.original);
      return nodes.some(
        (node) =>
          node.kind === 'member' &&
          node.name === 'pasid' &&
          node.object.kind === 'name' &&
          locals.get(node.object.name)?.base === 'struct mm_struct',
      );
    });
    const words = this.words();
    if (kind === 'domain' && isOfMm)
      return { invalid: words.has('IOMMU_PASID_INVALID') ? 'IOMMU_PASID_INVALID' : 'INVALID_IOASID' };
    const state = this.program.structNamed('struct dev_iommu')?.fields.map(({ item }) => item.name) ?? [];
    const seen = state.some((name) => name === 'max_pasids' || name === 'pasid_bits')
      ? new Set(state)
      : words;
    const isInBits = seen.has('pasid_bits') && !seen.has('max_pasids');
    return { end: isInBits ? '1U << dev->iommu->pasid_bits' : 'dev->iommu->max_pasids' };
  }

  /** The struct that hangs off the domain, and the member of struct iommu_domain that points to it. */
  private part(): { readonly tag: string; readonly link: string } | Refused | null {
    const parts = this.facts.structs.filter(({ role }) => role === 'domain-part');
    const mine = parts.filter(({ name }) => tagOf(name) === this.subject);
    const [part, ...more] = mine.length > 0 ? mine : parts;
    if (more.length > 0)
      return {
        why: `more than one struct hangs off the domain: ${[part!, ...more].map(({ name }) => tagOf(name)).join(', ')}`,
      };
    const link = part && this.linkTo(part);
    return part && link ? { tag: tagOf(part.name), link } : null;
  }

  private linkTo({ name }: StructFact): string | null {
    const domain = this.program.structNamed('struct iommu_domain');
    return domain?.fields.find(({ item }) => spellingOf(item.type) === `${name} *`)?.item.name ?? null;
  }

  /** Functions that use the count or the link, and that nothing takes the place of. */
  private left(
    part: { readonly tag: string; readonly link: string } | null,
    replaced: readonly string[],
  ): string[] {
    if (!part) return [];
    const counts = this.facts.structs
      .filter(({ name }) => tagOf(name) === part.tag)
      .flatMap(({ fields }) => fields.filter(({ kind }) => kind === 'refcount').map(({ name }) => name));
    return this.functions
      .filter(
        ({ words, item }) =>
          !replaced.includes(item.name) &&
          words.all.has(part.link) &&
          counts.some((each) => words.all.has(each)),
      )
      .map(({ item }) => `${item.name}()`);
  }

  /** The variables of a file in which the replaced functions look for domains. */
  private containers(replaced: readonly string[]): string[] {
    const found = this.facts.functions
      .filter(({ name }) => replaced.includes(name))
      .flatMap(({ lookups }) => lookups.filter(({ container }) => container.isFileScope));
    return [...new Set(found.map(({ container }) => container.text))];
  }

  /** What the code at hand sets in a domain beside what the scaffold does. */
  private setMembers(givers: readonly KnownFunction[], part: { readonly link: string } | null): string[] {
    const members = givers.flatMap((fn) => storesInDomains(fn).map(({ member }) => member));
    const left = members.filter((name) => name !== 'type' && name !== part?.link);
    return [...new Set(left)].map((name) => `domain->${name}`);
  }

  // ---- what it is written with

  private namedAlike(fn: KnownFunction): Signature | null {
    const names = fn.item.parameters.map(({ type, name }) =>
      spellingOf(type) === DEVICE ? 'dev' : spellingOf(type) === MM ? 'mm' : name,
    );
    const isPlain = fn.item.parameters.every(
      ({ type }) => !type.parameters && !type.isArray && type.base !== '',
    );
    return isPlain && names.every((name) => name !== '') && new Set(names).size === names.length
      ? signatureOf(fn, names)
      : null;
  }

  private license(name: string): string {
    const fn = this.named.get(name);
    return /SPDX-License-Identifier:\s*([\w.+-]+)/.exec(fn?.unit.image.text ?? '')?.[1] ?? 'GPL-2.0-only';
  }

  /** Names that somebody else has. */
  private taken(): ReadonlySet<string> {
    const functions = this.program.allDeclaredFunctions().map(({ item }) => item.name);
    const structs = this.program.allStructs().map(({ name }) => tagOf(name));
    const variables = this.program.allVariables().map(({ item }) => item.name);
    return new Set([...this.words(), ...functions, ...structs, ...variables]);
  }

  private words(): ReadonlySet<string> {
    const reviewed = this.program.units.filter(({ isReviewed }) => isReviewed);
    return new Set(reviewed.flatMap(({ image }) => image.text.match(/[A-Za-z_]\w*/g) ?? []));
  }
}

const COUNTS_DOWN = /^(?:refcount_dec\w*|kref_put\w*|atomic_(?:long_)?dec\w*)$/;

/** What a struct or function is named after, without what it is or does. */
function prefixOf(part: string | null, giver: string): string {
  const words = (part ?? giver).split('_');
  if (part) words.splice(Math.max(1, words.length - 1));
  else
    while (words.length > 1 && /^(?:get|bind|alloc|attach|device|dev|domain|mm)$/.test(words.at(-1)!))
      words.pop();
  return words.join('_');
}
