/** What must be seen in the editor, as data: the fixtures are in workspace/, lines are named by their text. */

export interface ExpectedFinding {
  readonly rule: string;
  /** A part of the line that it stands on. */
  readonly on: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** A part of what the Problems list says. */
  readonly says: string;
}

const BUS_OPS: ExpectedFinding = {
  rule: 'bus-iommu-ops',
  on: 'dev->bus->iommu_ops->domain_alloc',
  severity: 'warning',
  says: 'dev_iommu_ops(dev)',
};

const IGNORED_GET: ExpectedFinding = {
  rule: 'ignored-conditional-get',
  on: 'refcount_inc_not_zero(&bond->users);',
  severity: 'warning',
  says: 'refcount_inc_not_zero',
};

/** What only a run shows: it comes after the others. */
const LEAK: ExpectedFinding = {
  rule: 'memory-leak',
  on: 'bond = kzalloc(sizeof(*bond), GFP_KERNEL);',
  severity: 'warning',
  says: 'never freed',
};

export const EXPECTED = {
  simulated: {
    file: 'linux/drivers/iommu/sample-leak.c',
    finding: LEAK,
    /** Typed in place of this line, after which nothing leaks. */
    repaired: { on: 'goto out_keep;', text: 'goto out_free;' },
  },
  c: { file: 'linux/drivers/iommu/sample-sva.c', findings: [BUS_OPS, IGNORED_GET] },
  patch: { file: 'mails/0001-sample-bind.patch', findings: [BUS_OPS, IGNORED_GET] },
  /** VS Code's own language for diffs stays, and the findings come all the same. */
  diff: { file: 'mails/sample.diff', findings: [BUS_OPS, IGNORED_GET] },
  base64: { file: 'mails/base64.eml', findings: [BUS_OPS, IGNORED_GET] },
  /** C of nobody's kernel: not ours, whatever is in it. */
  plain: { file: 'plain/hello.c' },
  /** A patch that touches no kernel C: coloured and left alone. */
  documentation: { file: 'mails/docs-only.patch' },
  scaffold: {
    design: 'one domain per PASID number',
    title: 'Scaffold an object of the mm around its domains',
    finding: {
      rule: 'refcount-in-domain',
      on: '\trefcount_t users;',
      severity: 'warning',
      says: 'buried inside the iommu_domain',
    } satisfies ExpectedFinding,
    /** A word that only the scaffold has. */
    has: 'kref.h',
  },
  design: {
    title: 'one domain per PASID number',
    bind: 'iommu_sva_bind_device(',
    scenario: 'same-device-twice',
    lens: /Simulate attach flow: \d+ scenarios, \d+ fail/,
  },
  fix: { finding: BUS_OPS, title: 'Use dev_iommu_ops(dev)', leaves: 'dev_iommu_ops(dev)->domain_alloc' },
  /** Typed in place of the line of a finding, after which it is gone. */
  typed: { finding: IGNORED_GET, text: 'if (!refcount_inc_not_zero(&bond->users)) return NULL;' },
  hover: { on: 'static struct iommu_domain *sample_domain_alloc', word: 'sample_domain_alloc' },
} as const;
