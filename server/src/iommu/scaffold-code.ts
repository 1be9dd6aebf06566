/**
 * The C of a scaffold: an object of the mm that encloses its PASID and its
 * domains, after what reviewers of the first shared domains asked for. Roles
 * and names go in; every word `own_…` below is given a name of the code at hand
 * or a new one.
 */

/** A parameter, or with an empty name what a function returns: `struct device *`. */
export interface Named {
  readonly type: string;
  readonly name: string;
}

/** The head of a function that callers know. */
export interface Signature {
  readonly returns: string;
  readonly name: string;
  readonly parameters: readonly Named[];
}

/** Callers get a domain, and attach it themselves. */
export interface DomainShape {
  readonly kind: 'domain';
  readonly get: Signature;
  readonly put: Signature;
  readonly failure: Failure;
}

/** Callers get a handle of a device that is attached. */
export interface HandleShape {
  readonly kind: 'handle';
  readonly bind: Signature;
  readonly unbind: Signature;
  readonly handle: {
    /** Tag of its struct. */
    readonly tag: string;
    /** Whether a header defines it, so that a bond embeds it; else the bond is the handle. */
    readonly isEmbedded: boolean;
    /** Its member for the device. */
    readonly device: string | null;
  };
  /** Functions that take a domain, a device and a PASID. */
  readonly attach: string;
  readonly detach: string;
  /** Gives the PASID of a handle. */
  readonly pasidOf: Signature | null;
  readonly failure: Failure;
}

/** What callers are given when there is nothing to give. */
export type Failure = 'NULL' | 'ERR_PTR';

export interface Scaffold {
  readonly license: string;
  readonly shape: DomainShape | HandleShape;
  /** What new names begin with, and the words that they must not be. */
  readonly prefix: string;
  readonly taken: ReadonlySet<string>;
  /** Tag of the struct that hung off the domain; null when none did. */
  readonly part: string | null;
  /** The member of struct iommu_domain that points to it. */
  readonly link: string | null;
  /** Gives the mm of a domain; only with a link. */
  readonly mmOf: Signature | null;
  readonly allocation: {
    /** Of `dev`, `mm`. */
    readonly call: string;
    /** The constant for the member `type`, when the allocator does not set it. */
    readonly type: string | null;
    readonly failure: 'NULL' | 'ERR_PTR' | 'either';
  };
  /** Of `own->domain`. */
  readonly release: string;
  /** The domain op that says whether a device suits it; null when there is none. */
  readonly compatible: string | null;
  /** Where the PASID comes from: the mm has it (then what it has when it has none), or the object allocates it below a limit of `dev`. */
  readonly pasid: { readonly invalid: string } | { readonly end: string };
  /** Names of what the scaffold takes the place of, and of what it has nothing for. */
  readonly replaced: readonly string[];
  readonly left: readonly string[];
}

/** The whole file. */
export function scaffoldCode(scaffold: Scaffold): string {
  const { shape } = scaffold;
  const parts = [
    `${headOf(scaffold)}\n${includesOf(scaffold)}`,
    structsOf(scaffold),
    globalsOf(scaffold),
    spacesOf(scaffold),
    domainsOf(scaffold),
    ...(scaffold.compatible ? [suits(scaffold.compatible)] : []),
    ...(shape.kind === 'domain' ? [givenDomains(scaffold, shape)] : [bonds(scaffold, shape)]),
    ...(scaffold.mmOf ? [mmOf(scaffold, scaffold.mmOf)] : []),
  ];
  return withNames(`${parts.map((part) => part.trim()).join('\n\n')}\n`, scaffold)
    .split('\n')
    .map(broken)
    .join('\n');
}

// ---- the head

function headOf({ license, replaced, left }: Scaffold): string {
  const words = [
    'An object of the mm around its domains: it pins the mm, has its PASID, and counts who uses them. A domain is given to a device that it suits, and a new one is made when none does.',
    `Takes the place of ${listed(replaced)}.`,
    ...(left.length > 0 ? [`Not carried over: ${listed(left)}.`] : []),
  ];
  const lines = words.flatMap((each) => filled(each, 76));
  return `// SPDX-License-Identifier: ${license}\n/*\n${lines.map((line) => ` * ${line}`).join('\n')}\n */`;
}

function includesOf({ pasid }: Scaffold): string {
  const headers = ['idr', 'iommu', 'kref', 'list', 'mutex', 'sched/mm', 'slab'];
  return headers
    .filter((name) => name !== 'idr' || 'end' in pasid)
    .map((name) => `#include <linux/${name}.h>`)
    .join('\n');
}

function structsOf({ shape, compatible }: Scaffold): string {
  const hasBonds = shape.kind === 'handle';
  const decides = hasBonds || compatible ? 'const struct iommu_ops *ops' : 'struct iommu_device *iommu';
  const space = `
/* What an mm shares with devices. Whoever uses a domain of it holds a reference. */
struct own_space {
	struct kref ref;
	struct mm_struct *mm;
	ioasid_t pasid;
	struct list_head domains;${hasBonds ? '\n\tstruct list_head bonds;' : ''}
	struct list_head node;
};

/* One of its domains. */
struct own_domain {
	struct own_space *space;
	struct iommu_domain *domain;
	${decides};
	unsigned int users;
	struct list_head node;
};`;
  if (shape.kind === 'domain') return space;
  const { handle } = shape;
  return `${space}

/* A device that has one of them. */
struct own_bond {${handle.isEmbedded ? `\n\tstruct ${handle.tag} handle;` : ''}
	struct device *dev;
	struct own_domain *own;
	unsigned int users;
	struct list_head node;
};`;
}

function globalsOf({ pasid }: Scaffold): string {
  const ids =
    'end' in pasid
      ? '\n/* Global PASIDs: of the allocator that the kernel has for them, where it has one. */\nstatic DEFINE_IDA(own_pasids);'
      : '';
  return `
/* Held whenever the objects, what they enclose, and who uses it change. */
static DEFINE_MUTEX(own_lock);
static LIST_HEAD(own_spaces);${ids}`;
}

// ---- the object of the mm

function spacesOf({ shape, pasid }: Scaffold): string {
  const allocates = 'end' in pasid;
  const end = allocates
    ? `
/* The PASIDs of a device are below this. */
static ioasid_t own_pasid_end(struct device *dev)
{
	return ${pasid.end};
}
`
    : '';
  const taking = allocates
    ? `	pasid = ida_alloc_range(&own_pasids, 1, own_pasid_end(dev) - 1, GFP_KERNEL);
	if (pasid < 0) {
		kfree(space);
		return ERR_PTR(pasid);
	}
	space->pasid = pasid;`
    : `	/* It stays with the mm until its last reference goes. */
	space->pasid = mm->pasid;`;
  const had = allocates
    ? ''
    : `	if (mm->pasid == ${pasid.invalid})
		return ERR_PTR(-EINVAL);
`;
  const fits = allocates
    ? `		if (space->pasid >= own_pasid_end(dev))
			return ERR_PTR(-EOVERFLOW);
`
    : '';
  const bondList = shape.kind === 'handle' ? '\n\tINIT_LIST_HEAD(&space->bonds);' : '';
  return `${end}
static struct own_space *own_space_make(${allocates ? 'struct device *dev, ' : ''}struct mm_struct *mm)
{
	struct own_space *space;${allocates ? '\n\tint pasid;' : ''}

${had}	space = kzalloc(sizeof(*space), GFP_KERNEL);
	if (!space)
		return ERR_PTR(-ENOMEM);
${taking}
	kref_init(&space->ref);
	INIT_LIST_HEAD(&space->domains);${bondList}
	mmgrab(mm);
	space->mm = mm;
	list_add(&space->node, &own_spaces);
	return space;
}

/* The lock excludes the last put: what is on the list can always be had. */
static struct own_space *own_space_get(${allocates ? 'struct device *dev, ' : ''}struct mm_struct *mm)
{
	struct own_space *space;

	lockdep_assert_held(&own_lock);

	list_for_each_entry(space, &own_spaces, node) {
		if (space->mm != mm)
			continue;
${fits}		kref_get(&space->ref);
		return space;
	}
	return own_space_make(${allocates ? 'dev, ' : ''}mm);
}

static void own_space_release(struct kref *ref)
{
	struct own_space *space = container_of(ref, struct own_space, ref);
	struct mm_struct *mm = space->mm;

	WARN_ON(!list_empty(&space->domains));
	list_del(&space->node);${allocates ? '\n\tida_free(&own_pasids, space->pasid);' : ''}
	kfree(space);
	mmdrop(mm);
}

static void own_space_put(struct own_space *space)
{
	lockdep_assert_held(&own_lock);

	kref_put(&space->ref, own_space_release);
}`;
}

// ---- its domains

function domainsOf({ shape, allocation, link, release, compatible }: Scaffold): string {
  const tests = {
    NULL: ['if (!domain) {', '\t\tkfree(own);', '\t\treturn ERR_PTR(-ENOMEM);', '\t}'],
    ERR_PTR: ['if (IS_ERR(domain)) {', '\t\tkfree(own);', '\t\treturn ERR_CAST(domain);', '\t}'],
  };
  const checks = {
    ...tests,
    either: [...tests.NULL, ...tests.ERR_PTR.map((line, at) => (at === 0 ? `\t${line}` : line))],
  };
  const decides =
    shape.kind === 'handle' || compatible
      ? 'own->ops = dev_iommu_ops(dev);'
      : 'own->iommu = dev->iommu->iommu_dev;';
  return `
static struct own_domain *own_domain_make(struct own_space *space, struct device *dev)
{
	struct iommu_domain *domain;
	struct own_domain *own;

	own = kzalloc(sizeof(*own), GFP_KERNEL);
	if (!own)
		return ERR_PTR(-ENOMEM);
	domain = ${allocation.call.replace(/\bmm\b/g, 'space->mm')};
	${checks[allocation.failure].join('\n')}
${allocation.type ? `\tdomain->type = ${allocation.type};\n` : ''}${link ? `\tdomain->${link} = own;\n` : ''}	own->space = space;
	own->domain = domain;
	${decides}
	list_add(&own->node, &space->domains);
	return own;
}

static void own_domain_free_unused(struct own_domain *own)
{
	if (own->users > 0)
		return;
	list_del(&own->node);
	${release};
	kfree(own);
}`;
}

/** Whether a domain suits a device, where a domain op says so. */
function suits(op: string): string {
  return `
/* A domain is of one driver: only that can say whether it suits another device. */
static bool own_domain_suits(struct own_domain *own, struct device *dev)
{
	struct iommu_domain *domain = own->domain;

	return own->ops == dev_iommu_ops(dev) &&
	       domain->ops->${op} &&
	       domain->ops->${op}(domain, dev);
}`;
}

// ---- a domain for the caller

function givenDomains(scaffold: Scaffold, { get, put, failure }: DomainShape): string {
  const { compatible, link, pasid } = scaffold;
  const decision = compatible ? 'own_domain_suits(own, dev)' : 'own->iommu == dev->iommu->iommu_dev';
  const why = compatible
    ? ''
    : '/* What was made for the same instance suits. Where drivers know more, let a domain op decide. */\n';
  const device = 'end' in pasid ? 'dev, ' : '';
  const narrow =
    'end' in pasid ? `\tif (own_pasid_end(dev) < 2)\n\t\treturn ${failed(failure, '-EOPNOTSUPP')};\n` : '';
  const finding = link
    ? ''
    : `
static struct own_domain *own_domain_of(struct iommu_domain *domain)
{
	struct own_space *space;
	struct own_domain *own;

	list_for_each_entry(space, &own_spaces, node) {
		list_for_each_entry(own, &space->domains, node) {
			if (own->domain == domain)
				return own;
		}
	}
	return NULL;
}
`;
  const found = link ? `domain->${link}` : 'own_domain_of(domain)';
  const unknown = link
    ? ''
    : `	if (WARN_ON(!own)) {
		mutex_unlock(&own_lock);
		return;
	}
`;
  const pasidOf = link
    ? `
	return domain->${link}->space->pasid;`
    : `
	struct own_domain *own;
	ioasid_t pasid;

	mutex_lock(&own_lock);
	own = own_domain_of(domain);
	pasid = own->space->pasid;
	mutex_unlock(&own_lock);
	return pasid;`;
  return `
${why}static struct own_domain *own_domain_find(struct own_space *space, struct device *dev)
{
	struct own_domain *own;

	list_for_each_entry(own, &space->domains, node) {
		if (${decision})
			return own;
	}
	return NULL;
}
${finding}
/* The caller attaches the domain, and gives it back when its device has it no more. */
${head(get)}
{
	struct own_space *space;
	struct own_domain *own;

	if (!dev->iommu || !dev->iommu->iommu_dev)
		return ${failed(failure, '-ENODEV')};
${narrow}
	mutex_lock(&own_lock);
	space = own_space_get(${device}mm);
	if (IS_ERR(space)) {
		mutex_unlock(&own_lock);
		return ${passed(failure, 'space')};
	}
	own = own_domain_find(space, dev);
	if (!own)
		own = own_domain_make(space, dev);
	if (IS_ERR(own)) {
		own_space_put(space);
		mutex_unlock(&own_lock);
		return ${passed(failure, 'own')};
	}
	own->users++;
	mutex_unlock(&own_lock);
	return own->domain;
}

${head(put)}
{
	struct own_space *space;
	struct own_domain *own;

	mutex_lock(&own_lock);
	own = ${found};
${unknown}	space = own->space;
	own->users--;
	own_domain_free_unused(own);
	own_space_put(space);
	mutex_unlock(&own_lock);
}

/* Where to attach it: the same for as long as the caller has the domain. */
ioasid_t own_domain_pasid(struct iommu_domain *domain)
{${pasidOf}
}`;
}

// ---- a handle for the caller

function bonds(scaffold: Scaffold, shape: HandleShape): string {
  const { bind, unbind, handle, attach, detach, pasidOf, failure } = shape;
  const { compatible, pasid } = scaffold;
  const declines = compatible ? '!own_domain_suits(own, dev)' : 'own->ops != dev_iommu_ops(dev)';
  const given = handle.isEmbedded ? '&bond->handle' : 'bond';
  const device = 'end' in pasid ? 'dev, ' : '';
  const taken = (signature: Signature): string => {
    const [parameter] = signature.parameters;
    const name = handle.isEmbedded ? 'handle' : 'bond';
    return head({ ...signature, parameters: [{ type: parameter!.type, name }] });
  };
  const bondOf = handle.isEmbedded
    ? '\tstruct own_bond *bond = container_of(handle, struct own_bond, handle);\n'
    : '';
  const narrow =
    'end' in pasid ? `\tif (own_pasid_end(dev) < 2)\n\t\treturn ${failed(failure, '-EOPNOTSUPP')};\n` : '';
  const getter = pasidOf
    ? `

${taken(pasidOf)}
{
${bondOf ? `${bondOf}\n` : ''}	return bond->own->space->pasid;
}`
    : '';
  return `
/* A driver says -EINVAL to a domain that does not suit its device: another may, or a new one. */
static struct own_domain *own_domain_attach(struct own_space *space, struct device *dev)
{
	struct own_domain *own;
	int ret;

	list_for_each_entry(own, &space->domains, node) {
		if (${declines})
			continue;
		ret = ${attach}(own->domain, dev, space->pasid);
		if (!ret)
			return own;
		if (ret != -EINVAL)
			return ERR_PTR(ret);
	}
	own = own_domain_make(space, dev);
	if (IS_ERR(own))
		return own;
	ret = ${attach}(own->domain, dev, space->pasid);
	if (ret) {
		own_domain_free_unused(own);
		return ERR_PTR(ret);
	}
	return own;
}

/* A PASID belongs to all devices of a group: so does a bond. */
static struct own_bond *own_bond_find(struct own_space *space, struct device *dev)
{
	struct own_bond *bond;

	list_for_each_entry(bond, &space->bonds, node) {
		if (bond->dev->iommu_group == dev->iommu_group)
			return bond;
	}
	return NULL;
}

static struct own_bond *own_bond_make(struct own_space *space, struct device *dev)
{
	struct own_domain *own;
	struct own_bond *bond;

	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	own = own_domain_attach(space, dev);
	if (IS_ERR(own)) {
		kfree(bond);
		return ERR_CAST(own);
	}
	own->users++;
${handle.isEmbedded && handle.device ? `\tbond->handle.${handle.device} = dev;\n` : ''}	bond->dev = dev;
	bond->own = own;
	bond->users = 1;
	list_add(&bond->node, &space->bonds);
	return bond;
}

${head(bind)}
{
	struct own_space *space;
	struct own_bond *bond;

	if (!dev->iommu_group || !dev->iommu || !dev->iommu->iommu_dev)
		return ${failed(failure, '-ENODEV')};
${narrow}
	mutex_lock(&own_lock);
	space = own_space_get(${device}mm);
	if (IS_ERR(space)) {
		mutex_unlock(&own_lock);
		return ${passed(failure, 'space')};
	}
	bond = own_bond_find(space, dev);
	if (bond) {
		bond->users++;
		own_space_put(space);
	} else {
		bond = own_bond_make(space, dev);
		if (IS_ERR(bond)) {
			own_space_put(space);
			mutex_unlock(&own_lock);
			return ${passed(failure, 'bond')};
		}
	}
	mutex_unlock(&own_lock);
	return ${given};
}

${taken(unbind)}
{
${bondOf}	struct own_domain *own = bond->own;
	struct own_space *space = own->space;

	mutex_lock(&own_lock);
	if (--bond->users == 0) {
		list_del(&bond->node);
		${detach}(own->domain, bond->dev, space->pasid);
		own->users--;
		own_domain_free_unused(own);
		kfree(bond);
		own_space_put(space);
	}
	mutex_unlock(&own_lock);
}${getter}`;
}

const failed = (failure: Failure, error: string): string =>
  failure === 'NULL' ? 'NULL' : `ERR_PTR(${error})`;
const passed = (failure: Failure, pointer: string): string =>
  failure === 'NULL' ? 'NULL' : `ERR_CAST(${pointer})`;

function mmOf({ link }: Scaffold, signature: Signature): string {
  const [parameter] = signature.parameters;
  return `
/* Of a domain that the caller may use: its object cannot go. */
${head({ ...signature, parameters: [{ type: parameter!.type, name: 'domain' }] })}
{
	return domain->${link}->space->mm;
}`;
}

// ---- names and lines

function head({ returns, name, parameters }: Signature): string {
  const list = parameters.map((each) => joined(each.type, each.name)).join(', ');
  return `${joined(returns, name)}(${list})`;
}

const joined = (type: string, name: string): string => (type.endsWith('*') ? type + name : `${type} ${name}`);

/** The text with a name for every `own_…`: all begin alike, and none is a word of the code at hand. */
function withNames(text: string, { shape, prefix, part, taken }: Scaffold): string {
  const given = new Map<string, string>();
  if (part) given.set('own_domain', part);
  if (shape.kind === 'handle' && !shape.handle.isEmbedded) given.set('own_bond', shape.handle.tag);
  const words = [...new Set(text.match(/\bown_\w+/g))].filter((word) => !given.has(word));
  const begin = [prefix, `${prefix}_mm`, `${prefix}_enclosing`].find((each) =>
    words.every((word) => !taken.has(word.replace('own', each))),
  );
  let count = 2;
  let start = begin ?? `${prefix}_mm${count}`;
  while (words.some((word) => taken.has(word.replace('own', start)))) start = `${prefix}_mm${++count}`;
  return text.replace(/\bown_\w+/g, (word) => given.get(word) ?? word.replace('own', start));
}

const LONGEST = 100;
const TAB = 8;

/** A line that is too long, broken after a comma of its outermost parenthesis, as the kernel does it. */
function broken(line: string): string {
  const tabs = /^\t*/.exec(line)![0].length;
  const width = (text: string): number => text.length + tabs * (TAB - 1);
  const open = line.indexOf('(');
  if (width(line) <= LONGEST || open < 0 || line.includes('/*')) return line;
  const at = line.lastIndexOf(', ', LONGEST - tabs * (TAB - 1));
  if (at < open) return line;
  const indent = width(line.slice(0, open + 1));
  const rest = `${'\t'.repeat(indent / TAB)}${' '.repeat(indent % TAB)}${line.slice(at + 2)}`;
  return `${line.slice(0, at + 1)}\n${rest}`;
}

function filled(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1)!;
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
