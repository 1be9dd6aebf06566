/** What structs and functions are, told by small programs whose names say nothing. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factsOf, functionIn, structIn } from './facts-of.js';

describe('a struct', () => {
  const roleOf = (code: string, tag: string): string => structIn(factsOf(code), tag).role;

  test('that embeds iommu_domain is a domain, at whatever depth and place', () => {
    const code = `
struct q1 { int a; struct iommu_domain d; };
struct q2 { struct q1 base; };
struct q3 { struct iommu_domain *d; };`;
    assert.equal(roleOf(code, 'q1'), 'domain');
    assert.equal(roleOf(code, 'q2'), 'domain');
    assert.equal(roleOf(code, 'q3'), 'other');
  });

  test('that embeds iommu_device is an instance', () => {
    assert.equal(roleOf('struct q { void *base; struct iommu_device d; };', 'q'), 'hardware-instance');
    assert.equal(roleOf('struct q { struct iommu_device *d; };', 'q'), 'other');
  });

  test('that joins device and domain is a handle, also by the domain of a driver', () => {
    const code = `
struct q1 { struct iommu_domain d; };
struct q2 { struct device *a; struct q1 *b; };
struct q3 { struct iommu_attach_handle h; int a; };
struct q4 { struct device *a; };`;
    assert.equal(roleOf(code, 'q2'), 'handle');
    assert.equal(roleOf(code, 'q3'), 'handle');
    assert.equal(roleOf(code, 'q4'), 'other');
  });

  test('that is filled with domains is their owner', () => {
    const fill = (field: string, call: string): string => `
struct q1 { struct iommu_domain d; struct list_head n; struct hlist_node h; };
struct q2 { ${field} };
void f(struct q2 *q, struct q1 *p, u32 i) { ${call}; }`;
    for (const [field, call] of [
      ['struct list_head l;', 'list_add_tail(&p->n, &q->l)'],
      ['struct hlist_head l;', 'hlist_add_head(&p->h, &q->l)'],
      ['struct xarray x;', 'xa_store(&q->x, i, &p->d, GFP_KERNEL)'],
      ['struct xarray x;', 'xa_alloc(&q->x, &i, p, xa_limit_31b, GFP_KERNEL)'],
      ['struct idr x;', 'idr_alloc(&q->x, p, 0, 0, GFP_KERNEL)'],
      ['struct iommu_domain *t[4];', 'q->t[i] = &p->d'],
      ['struct iommu_domain **t;', 'q->t[i] = &p->d'],
      ['struct list_head domains;', 'g()'],
    ])
      assert.equal(roleOf(fill(field!, call!), 'q2'), 'owner', call);
    assert.equal(roleOf(fill('struct list_head l;', 'list_add(&q->l, &p->n)'), 'q2'), 'other');
  });

  test('that is made for a domain, or freed with it, is a part of it', () => {
    const code = (body: string): string => `
struct q1 { int a; };
struct q2 { struct iommu_domain d; struct q1 *p; };
static struct q1 *make(void) { struct q1 *q = kzalloc(sizeof(*q), GFP_KERNEL); return q; }
static struct q1 *find(void) { return shared; }
${body}`;
    assert.equal(roleOf(code('void f(struct q2 *q) { q->p = make(); }'), 'q1'), 'domain-part');
    assert.equal(roleOf(code('void f(struct q2 *q) { kfree(q->p); }'), 'q1'), 'domain-part');
    assert.equal(roleOf(code('void f(struct q2 *q) { q->p = find(); }'), 'q1'), 'other');
    assert.equal(roleOf(code('void f(struct q2 *q, struct q1 *p) { q->p = p; }'), 'q1'), 'other');
    assert.equal(
      roleOf(code('void f(struct q2 *q, struct q2 *o) { q->p = make(); q->p = o->p; }'), 'q1'),
      'other',
    );
  });

  test('is told from its namesake in another file', () => {
    const facts = factsOf({
      'a.c': 'struct q { struct iommu_domain d; };',
      'b.c': 'struct q { refcount_t users; struct device *dev; };',
    });
    const [a, b] = facts.structs.filter(({ name }) => name === 'struct q');
    assert.deepEqual(
      a!.fields.map(({ name }) => name),
      ['d'],
    );
    assert.deepEqual(
      b!.fields.map(({ kind }) => kind),
      ['refcount', 'device'],
    );
  });
});

describe('a count', () => {
  const lastPut = (put: string): string => {
    const code = `
struct q { struct iommu_domain d; refcount_t c; struct kref k; };
static void off(void *base) { writel(0, base); }
static void done(struct kref *k) { kfree(container_of(k, struct q, k)); }
${put}`;
    const { fields } = structIn(factsOf(code), 'q');
    return fields
      .filter(({ kind }) => kind === 'refcount')
      .map((field) => field.lastPut)
      .join(', ');
  };

  test('tells by its last put what it is for', () => {
    const known: Readonly<Record<string, string>> = {
      '': 'unknown, unknown',
      'void f(struct q *q) { if (refcount_dec_and_test(&q->c)) kfree(q); }': 'a domain, unknown',
      'void f(struct q *q) { if (!refcount_dec_and_test(&q->c)) return; kfree(q); }': 'a domain, unknown',
      'void f(struct q *q) { if (refcount_dec_and_test(&q->c)) off(q->base); }': 'nothing, unknown',
      'void f(struct q *q) { if (refcount_dec_and_test(&q->c)) elsewhere(q); }': 'unknown, unknown',
      'void f(struct q *q) { if (refcount_dec_and_test(&q->c)) iommu_domain_free(&q->d); }':
        'a domain, unknown',
      'void f(struct q *q) { kref_put(&q->k, done); }': 'unknown, a domain',
      'void f(struct q *q) { kref_put(&q->k, elsewhere); }': 'unknown, unknown',
    };
    for (const [code, expected] of Object.entries(known)) assert.equal(lastPut(code), expected, code);
  });
});

describe('a function', () => {
  const roleOf = (code: string, name = 'f'): string | null => functionIn(factsOf(code), name).role;

  test('has the role of its slot, in a table within a table too', () => {
    const code = `
static int f(struct iommu_domain *d, struct device *a) { return 0; }
static void g(struct iommu_domain *d) { }
static struct iommu_domain *h(struct device *a) { return NULL; }
const struct iommu_ops t = {
	.domain_alloc_paging = h,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = f,
		.free = g,
	},
};`;
    assert.equal(roleOf(code), 'attaches a domain to a device');
    assert.equal(roleOf(code, 'g'), 'frees a domain');
    assert.equal(roleOf(code, 'h'), 'allocates a paging domain');
    assert.match(functionIn(factsOf(code), 'f').contract, /-EINVAL/);
  });

  test("has no role by another file's table when it is static", () => {
    const facts = factsOf({
      'a.c': 'static void f(struct iommu_domain *d) { }\nconst struct iommu_domain_ops t = { .free = f };',
      'b.c': 'static void f(int a) { }',
    });
    assert.deepEqual(
      facts.functions.map(({ role }) => role),
      ['frees a domain', null],
    );
  });

  test('binds and unbinds by its signature and what it lets go of', () => {
    assert.equal(
      roleOf('struct iommu_sva *f(struct device *a, struct mm_struct *b) { return NULL; }'),
      'binds a device to an address space',
    );
    assert.equal(
      roleOf('void f(struct iommu_sva *h) { if (refcount_dec_and_test(&h->u)) kfree(h); }'),
      'unbinds a device from an address space',
    );
    assert.equal(roleOf('void f(struct iommu_sva *h) { h->flag = 1; }'), null);
  });

  test('finds or allocates the domain that it returns', () => {
    assert.equal(
      roleOf(
        'static DEFINE_XARRAY(x);\nstruct iommu_domain *f(struct device *a) { struct iommu_domain *d = xa_load(&x, 1); return d; }',
      ),
      'finds a domain',
    );
    assert.equal(
      roleOf(
        'struct q { struct iommu_domain d; };\nstruct iommu_domain *f(void) { struct q *q = kzalloc(sizeof(*q), GFP_KERNEL); return &q->d; }',
      ),
      'allocates a domain',
    );
    assert.equal(roleOf('struct iommu_domain *f(struct device *a) { return a->iommu_group->domain; }'), null);
  });

  test('puts, gets and frees the domain that it takes, and no other object', () => {
    const head = 'struct q { struct iommu_domain d; refcount_t c; };\n';
    assert.equal(
      roleOf(`${head}void f(struct q *q) { if (refcount_dec_and_test(&q->c)) kfree(q); }`),
      'drops a reference on a domain',
    );
    assert.equal(
      roleOf(`${head}void f(struct q *q) { refcount_inc(&q->c); }`),
      'takes a reference on a domain',
    );
    assert.equal(
      roleOf(`${head}void f(struct iommu_domain *d) { kfree(container_of(d, struct q, d)); }`),
      'frees a domain',
    );
    assert.equal(roleOf(`${head}void f(struct q *q, struct z *z) { kfree(z); }`), null);
    assert.equal(roleOf(`${head}void f(struct q *q, struct z *z) { refcount_inc(&z->c); }`), null);
    assert.equal(
      roleOf(`${head}int f(struct q *q, struct device *a) { kfree(q->table); return 0; }`),
      'acts on a domain and a device',
    );
  });

  test('handles faults when it answers them', () => {
    assert.equal(
      roleOf('static enum iommu_page_response_code f(struct iommu_fault *a, void *b) { return 0; }'),
      'handles page faults',
    );
    assert.equal(roleOf('void f(struct iopf_group *g) { kfree(g); }'), null);
  });
});
