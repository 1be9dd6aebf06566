/** That nothing broke means something where what a scenario is about came about, and by code that is at hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Implementation,
  kitOf,
  OPERATIONS,
  playScenario,
  SCENARIOS,
  TEXTS,
} from '../../../server/src/sim/worlds/index.js';
import { CFile } from '../../../server/src/syntax/index.js';

/** An implementation for Linux 6.8 whose bonds have a PASID and a domain each. */
function implementation(attach: string, check: string): Implementation {
  const own = `
static DEFINE_IDA(toy_pasids);

struct iommu_sva { struct device *dev; struct iommu_domain *domain; int pasid; };

struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva *bond;

	${check}
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	bond->dev = dev;
	bond->pasid = ida_alloc_range(&toy_pasids, 1, dev->iommu->max_pasids - 1, GFP_KERNEL);
	bond->domain = dev_iommu_ops(dev)->domain_alloc_sva(dev, mm);
	${attach}
	return bond;
}

void toy_unbind(struct iommu_sva *bond)
{
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	bond->domain->ops->free(bond->domain);
	ida_free(&toy_pasids, bond->pasid);
	kfree(bond);
}
`;
  const core = TEXTS['core-6.8.h']!.replace(/struct iommu_sva \{[^}]*\};/, '');
  const files = [
    { path: 'toy.c', file: new CFile(own) },
    { path: 'core.h', file: new CFile(core) },
  ];
  return { files, kit: kitOf(files)!, operations: OPERATIONS['6.8'] };
}

function verdictOf(attach: string, scenario: string, check = ''): string {
  const { verdict } = playScenario(
    implementation(attach, check),
    SCENARIOS.find(({ id }) => id === scenario)!,
  );
  return verdict.kind === 'held' ? 'held' : `${verdict.kind}: ${verdict.why}`;
}

const ATTACHES = 'bond->domain->ops->set_dev_pasid(bond->domain, dev, bond->pasid, NULL);';

test('what came about and broke nothing is held', () => {
  assert.equal(verdictOf(ATTACHES, 'two-devices-one-iommu'), 'held');
});

test('what a scenario is about must come about', () => {
  const refuses = 'if (dev) return ERR_PTR(-EOPNOTSUPP);';
  assert.equal(verdictOf(ATTACHES, 'bind-at-exit', refuses), 'not-modelled: nothing was attached');
});

test('code that is not at hand may have attached what it was given', () => {
  const why = 'the code of toy_attach() is not at hand';
  assert.equal(verdictOf('toy_attach(bond->domain, dev);', 'two-devices-one-iommu'), `not-modelled: ${why}`);
  assert.equal(verdictOf('toy_attach(dev);', 'two-devices-one-iommu'), `not-modelled: ${why}`);
});

test('a call that attaches nothing is a breach, not silence', () => {
  assert.match(verdictOf('', 'two-devices-one-iommu'), /^violated/);
});

test('every scenario says what it is about', () => {
  for (const { id, reaches, faults } of SCENARIOS) {
    assert.ok(reaches.length > 0, id);
    assert.equal(reaches.includes('an injected failure hits'), faults, id);
  }
});

test("a driver's own operations are no core", () => {
  const files = (table: string): { path: string; file: CFile }[] => [
    {
      path: 'toy.c',
      file: new CFile(`
struct iommu_domain *toy_alloc_sva(struct device *dev, struct mm_struct *mm)
{
	return toy_make(dev, mm);
}
void toy_free(struct iommu_domain *domain)
{
	kfree(domain);
}
${table}`),
    },
  ];
  assert.equal(kitOf(files(''))?.bind.name, 'toy_alloc_sva');
  assert.equal(kitOf(files('const struct iommu_domain_ops toy_ops = { .free = toy_free };')), null);
});

test('nor is what a driver attaches to a PASID with', () => {
  const core = `
int toy_attach_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	return domain->ops->set_dev_pasid(domain, dev, pasid);
}
void toy_detach_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	toy_block(dev, pasid);
}`;
  const driver = `
int own_set_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	return own_enable(dev, pasid);
}
const struct iommu_domain_ops own_ops = { .set_dev_pasid = own_set_pasid };`;
  const files = [driver, core].map((text, at) => ({ path: `${at}.c`, file: new CFile(text) }));
  assert.equal(kitOf([...implementation('', '').files, ...files])?.attach?.name, 'toy_attach_pasid');
});

const INLINE = 'static inline void mm_toy_init(struct mm_struct *mm) { mm->iommu_mm = NULL; }';

test('what a child has of its parent may be reset inline, in a header around the code', () => {
  const forkIn = (path: string, text: string): string | undefined =>
    kitOf(implementation('', '').files, () => [{ path, file: new CFile(text) }])?.fork?.name;
  assert.equal(forkIn('include/linux/toy.h', INLINE), 'mm_toy_init');
  assert.equal(forkIn('include/linux/toy.h', INLINE.replace(/\{.*\}/, '{}')), undefined);
  assert.equal(forkIn('include/linux/toy.h', INLINE.replace(/ \{.*\}/, ';')), undefined);
});
