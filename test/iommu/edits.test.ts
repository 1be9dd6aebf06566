/** Facts of an edited file: the same as from scratch, whatever was kept of the versions before. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { analyse, Program, type Unit, unitOf } from '../../server/src/analysis/index.js';
import { designFacts, type Spot } from '../../server/src/iommu/index.js';
import type { CFile } from '../../server/src/syntax/index.js';
import { contextImage, wholeFileImage } from '../../server/src/tree/index.js';

const HEADER = `struct iommu_domain { unsigned type; struct as_share *share; };
struct iommu_mm_data { u32 pasid; struct mm_struct *mm; struct list_head sva_domains; };
static inline bool share_get(struct as_share *share) { return refcount_inc_not_zero(&share->users); }
`;

const FIXTURE = `#include <linux/iommu.h>

#define toy_tryget(toy) kref_get_unless_zero(&(toy)->ref)

struct toy_domain {
	struct iommu_domain domain;
	struct kref ref;
	u32 pasid;
};

struct as_share {
	refcount_t users;
	struct mm_struct *mm;
	struct toy_domain *toy;
};

struct toy_cookie {
	struct mm_struct *mm;
	struct device *dev;
	struct iommu_domain *domains[4];
};

static DEFINE_XARRAY(toys);
static LIST_HEAD(all_toys);
static DEFINE_MUTEX(toy_lock);

static struct toy_domain *to_toy(struct iommu_domain *domain)
{
	return container_of(domain, struct toy_domain, domain);
}

static struct as_share *share_alloc(struct mm_struct *mm)
{
	struct as_share *share = kzalloc(sizeof(*share), GFP_KERNEL);

	share->mm = mm;
	return share;
}

static struct iommu_domain *toy_find(u32 pasid)
{
	return xa_load(&toys, pasid);
}

struct iommu_domain *toy_get(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;
	u32 pasid = mm->pasid;

	domain = toy_find(pasid);
	if (domain)
		return domain;
	mutex_lock(&toy_lock);
	domain = dev->bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);
	domain->share = share_alloc(mm);
	xa_store(&toys, pasid, domain, GFP_KERNEL);
	mutex_unlock(&toy_lock);
	return domain;
}

static struct toy_domain *toy_first(struct device *dev)
{
	struct toy_domain *toy;

	list_for_each_entry(toy, &all_toys, node) {
		toy_tryget(toy);
		if (toy->pasid)
			return toy;
	}
	return NULL;
}

static void toy_keep(struct toy_cookie *cookie, struct mm_struct *mm)
{
	cookie->mm = mm;
	cookie->domains[0] = &toy_first(cookie->dev)->domain;
	share_get(cookie->domains[0]->share);
}

static void toy_free(struct iommu_domain *domain)
{
	struct toy_domain *toy = to_toy(domain);

	kfree(domain->share);
	if (refcount_dec_and_test(&domain->share->users))
		domain->ops->free(domain);
	kfree(toy);
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	return to_toy(domain)->pasid ? -EINVAL : 0;
}

static const struct iommu_domain_ops toy_ops = {
	.attach_dev = toy_attach,
	.free = toy_free,
};
`;

const LINES = [
  ...[
    '',
    '}',
    '{',
    '/*',
    '*/',
    '#if 0',
    '#endif',
    'static int x;',
    '\tstruct mm_struct *mm;',
    '\trefcount_t holders;',
  ],
  ...[
    '\tioasid_t pasid;',
    '\tmmgrab(mm);',
    '\tmutex_lock(&toy_lock);',
    '\tmutex_unlock(&toy_lock);',
    '\treturn NULL;',
  ],
  ...[
    '\tif (domain->type && dev) return domain;',
    '\tcookie->mm = mm;',
    '\ttoy_keep(cookie, mm);',
    '\tkfree(toy);',
  ],
  // What is odd in one body, with and without another place that belongs to it.
  ...[
    '\tif (toy) kfree(toy);',
    '\tif (!domain & 1) return NULL;',
    '\tdomain->share = NULL;\n\tlist_add(&toy->node, &all_toys);\n\ttoy->pasid = 0;',
    '\tif (IS_ERR_OR_NULL(domain)) return PTR_ERR(domain);',
  ],
  ...[
    '\tint (*attach)(struct device *dev);',
    '\tstruct toy_domain domain;',
    '\t.free = toy_keep,',
    '\tshare_get(share);',
  ],
  ...[
    '#define share_get(s) refcount_inc_not_zero(&(s)->users)',
    '#include "toy.h"',
    'struct other { struct device dev; };',
  ],
  'static struct iommu_domain *share_alloc(struct mm_struct *mm)\n{\n\tmmgrab(mm);\n\treturn xa_load(&toys, 1);\n}',
  'static void toy_user(struct toy_cookie *cookie)\n{\n\tif (toy_get(cookie->dev, cookie->mm)->mm == cookie->mm)\n\t\treturn;\n}',
  'static int dev_probe(struct device *dev)\n{\n\treturn toy_get(dev, current->mm) ? 0 : 1;\n}',
  'static struct pci_driver toy_driver = { .probe = toy_get };',
];

const WORDS =
  'mm_struct iommu_domain toy_domain as_share device u32 refcount_t void mm domain toy dev share users static xa_load kfree'.split(
    ' ',
  );
const ANY_WORD = new RegExp(`\\b(?:${WORDS.join('|')})\\b`, 'g');

type Edit =
  | {
      readonly kind: 'lines';
      readonly at: number;
      readonly remove: number;
      readonly insert: readonly string[];
    }
  | { readonly kind: 'word'; readonly at: number; readonly word: string };

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('lines' as const),
    at: fc.nat(200),
    remove: fc.oneof({ weight: 3, arbitrary: fc.nat(1) }, fc.nat(12)),
    insert: fc.array(fc.constantFrom(...LINES), { maxLength: 2 }),
  }),
  // Another word in a declaration changes what others mean who are not edited.
  fc.record({ kind: fc.constant('word' as const), at: fc.nat(200), word: fc.constantFrom(...WORDS) }),
);

function edited(text: string, edit: Edit): string {
  if (edit.kind === 'word') {
    const places = [...text.matchAll(ANY_WORD)];
    const place = places[edit.at % Math.max(1, places.length)];
    if (!place) return text;
    return text.slice(0, place.index) + edit.word + text.slice(place.index + place[0].length);
  }
  const lines = text.split('\n');
  lines.splice(edit.at % (lines.length + 1), edit.remove, ...edit.insert);
  return lines.join('\n');
}

/** One version of the file between two others: its header, and a file that calls it. */
function versionOf(text: string, header: CFile, before?: Program): Program {
  const reviewed = unitOf(wholeFileImage('drivers/iommu/toy.c', text), 0, true, before?.units[0]?.c);
  const context: Unit = {
    ...{ image: contextImage('include/linux/iommu.h', header.text), c: header },
    ...{ patch: 0, isReviewed: false },
  };
  return new Program([reviewed, context], before);
}

/** All facts as plain data: every getter is read, and a spot is told by its path and span. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return [...value].map(plain);
  if ('unit' in value && 'span' in value) {
    const { unit, span } = value as Spot;
    return `${unit.image.path} ${span.start}-${span.end}`;
  }
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)))
    .filter(([, { get }]) => get !== undefined)
    .map(([name]) => name);
  const own = getters.length > 0 ? [] : Object.keys(value).filter((name) => name !== 'place');
  const names = [...getters, ...own].filter((name) => !HIDDEN.has(name)).sort();
  return names.map((name) => [name, plain((value as Record<string, unknown>)[name])]);
}

/** What the classes behind facts keep for themselves, and `__proto__`, which is a getter as well. */
const HIDDEN = new Set(['__proto__', 'body', 'roleAndContract', 'roleAndWhy', 'definition']);

function findings(program: Program): unknown {
  const origins = new Map(
    program.units
      .filter(({ isReviewed }) => isReviewed)
      .map((unit) => [unit, { path: unit.image.path, message: null, decodedLineOf: null }]),
  );
  return analyse(program, origins, { scope: 'all', severities: new Map() }).findings;
}

describe('an edited file', () => {
  const header = unitOf(contextImage('include/linux/iommu.h', HEADER), 0, false).c;

  test('says something to begin with', () => {
    const rules = new Set(
      (findings(versionOf(FIXTURE, header)) as { rule: string }[]).map(({ rule }) => rule),
    );
    assert.ok(rules.size >= 8, [...rules].join());
  });

  test('has the facts and findings of one that was never another', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = FIXTURE;
        let program = versionOf(text, header);
        // Asked after each edit, so that something is kept from one to the next.
        void findings(program);
        for (const edit of edits) {
          text = edited(text, edit);
          program = versionOf(text, header, program);
          const scratch = versionOf(text, header);
          assert.deepEqual(findings(program), findings(scratch));
          assert.deepEqual(plain(designFacts(program)), plain(designFacts(scratch)));
        }
      }),
      { numRuns: 90 },
    );
  });

  test('leaves the facts of the version before as they were', () => {
    fc.assert(
      fc.property(anyEdit, anyEdit, (first, second) => {
        const text = edited(FIXTURE, first);
        const before = versionOf(text, header);
        const facts = designFacts(before);
        const after = versionOf(edited(text, second), header, before);
        void findings(after);
        assert.deepEqual(plain(facts), plain(designFacts(versionOf(text, header))));
        assert.deepEqual(findings(before), findings(versionOf(text, header)));
        assert.deepEqual(findings(after), findings(versionOf(edited(text, second), header)));
      }),
      { numRuns: 100 },
    );
  });

  test('keeps what its bodies mean', () => {
    const before = versionOf(FIXTURE, header);
    const after = versionOf(FIXTURE.replace('return NULL;', 'return toy;'), header, before);
    assert.equal(after.surroundings, before.surroundings);
    const moved = versionOf(FIXTURE.replace('u32 pasid;', 'u32 pasid, more;'), header, before);
    const meaningOf = (program: Program, name: string) =>
      program.keptBodies.of(program.functionsNamed(name)[0]!, program);
    const meaning = meaningOf(before, 'toy_free');
    assert.equal(meaningOf(after, 'toy_free'), meaning);
    assert.equal(meaningOf(moved, 'toy_free'), meaning);
  });
});
