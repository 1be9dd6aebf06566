/**
 * Scaffolds of every shape: run through all scenarios of their time, where
 * each holds, compiled, and reviewed as any code is; what breaks when they are
 * broken; and where there is none, why.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDocument, type ReviewedDocument, review } from '../../server/src/review/index.js';
import {
  type Implementation,
  kitOf,
  playScenario,
  SCENARIOS,
  type Scenario,
  scenariosFor,
} from '../../server/src/sim/worlds/index.js';
import { CFile } from '../../server/src/syntax/index.js';
import { anonymous, readEditable, writeEditable } from '../review/patches.js';
import { type Around, kernel2022, kernelProposed } from './scaffold-worlds.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const read = (path: string): string => readFileSync(here(path), 'latin1');
const SHARED = '../../../shared/corpus/founding/';
const noShared = existsSync(here(SHARED)) ? false : '../shared is not here';
const noCompiler =
  spawnSync('cc', ['--version']).status === 0 ? false : 'cc is not there: scaffolds are not compiled';
const CC_HEADER = here('../sim/worlds/cc.h');

const documents = new Map<string, ReviewedDocument>();

/** Reviewed once, whatever asks for its scaffolds. */
function opened(path: string, content: string): ReviewedDocument {
  const key = `${path}\n${content}`;
  const document = documents.get(key) ?? openDocument({ path, content }, { tree: null });
  documents.set(key, document);
  return document;
}

/** What is said to the first finding of the rule. */
function scaffoldFor(path: string, content: string, rule = 'domain-reused-unchecked') {
  const document = opened(path, content);
  const finding = document.review.findings.find((each) => each.rule === rule);
  assert.ok(finding, `${rule} is not found in ${path}`);
  const scaffold = document.scaffoldFor(finding);
  assert.ok(scaffold);
  return scaffold;
}

function codeFor(path: string, content: string, rule?: string): string {
  const scaffold = scaffoldFor(path, content, rule);
  assert.ok('code' in scaffold, 'why' in scaffold ? scaffold.why : '');
  return scaffold.code;
}

function implementationOf(code: string, { header, source, operations, core }: Around): Implementation {
  const files = [
    { path: 'drivers/iommu/scaffold.c', file: new CFile(code) },
    { path: 'drivers/iommu/around.c', file: new CFile(header + source) },
  ];
  const kit = kitOf(files);
  assert.ok(kit, 'it binds and unbinds');
  return { files, kit, operations, core };
}

/** The scenarios that are run on a scaffold, those of its time that fit it. */
function fitting(code: string, implementation: Implementation): readonly Scenario[] {
  // A driver that makes a domain for an mm gives errors, and has no NULL to give.
  const isFit = (id: string): boolean => !(id === 'driver-gives/null' && code.includes('domain_alloc_sva'));
  return scenariosFor(implementation, '2022').filter(({ id }) => isFit(id));
}

/** Scenario by scenario, what breaks. */
function played(code: string, around: Around, only: readonly string[] = []): Record<string, string[]> {
  const implementation = implementationOf(code, around);
  const scenarios = fitting(code, implementation).filter(({ id }) => only.length === 0 || only.includes(id));
  assert.ok(scenarios.length >= (only.length || 18));
  return Object.fromEntries(
    scenarios.map((scenario) => {
      const { verdict, breaches } = playScenario(implementation, scenario);
      assert.notEqual(verdict.kind, 'not-modelled', scenario.id);
      return [scenario.id, breaches.map(({ monitor, words }) => `${monitor}: ${words}`)];
    }),
  );
}

function holds(code: string, around: Around): void {
  for (const [id, breaches] of Object.entries(played(code, around))) assert.deepEqual(breaches, [], id);
}

function compiles(code: string, { header, source }: Around): void {
  const text = `${header}\n${code.replace(/^#include .*$/gm, '')}\n${source}`;
  const flags = ['-fsyntax-only', '-std=gnu11', '-Wall', '-Werror', '-Wno-unused-variable'];
  const { status, stderr } = spawnSync('cc', [...flags, '-include', CC_HEADER, '-x', 'c', '-'], {
    input: text,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
}

/** Nobody objects to it, but that it keeps a name which was objected to. */
function isClean(code: string): void {
  const path = 'drivers/iommu/scaffold.c';
  const { findings } = review([{ path, parts: [{ path, content: code, treePath: path }] }], { tree: null });
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'warning' || severity === 'error'),
    [],
  );
}

function looksLikeKernelC(code: string): void {
  assert.match(code, /^\/\/ SPDX-License-Identifier: \S+\n\/\*\n/);
  for (const line of code.split('\n')) {
    assert.ok(line.replaceAll('\t', '        ').length <= 100, line);
    assert.doesNotMatch(line, / $|^ {2}|\bown_\w|undefined/);
  }
}

const SAMPLE = read('../../samples/sva-domain-cache.patch');
const SERIES_DESIGN = read('../../server/simulated/designs/rfc-v2.c');

/** A handle for a device, a domain from an array of all, and no count in it. */
const BIND = `// SPDX-License-Identifier: GPL-2.0-only
struct toy_bond {
	struct device *dev;
	struct iommu_domain *domain;
	ioasid_t pasid;
};

static DEFINE_XARRAY(toy_domains);

static struct iommu_domain *toy_domain(struct device *dev, struct mm_struct *mm, unsigned long key)
{
	struct iommu_domain *domain;

	domain = xa_load(&toy_domains, key);
	if (domain)
		return domain;
	domain = dev_iommu_ops(dev)->domain_alloc_sva(dev, mm);
	if (IS_ERR(domain))
		return domain;
	xa_store(&toy_domains, key, domain, GFP_KERNEL);
	return domain;
}

struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm, unsigned long key)
{
	struct iommu_domain *domain = toy_domain(dev, mm, key);
	struct iommu_sva *bond;

	if (IS_ERR(domain))
		return ERR_CAST(domain);
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	iommu_attach_device_pasid(domain, dev, 1);
	bond->dev = dev;
	return bond;
}

void toy_unbind(struct iommu_sva *handle)
{
	iommu_detach_device_pasid(NULL, handle->dev, 1);
	kfree(handle);
}
`;

/** A domain for a caller, with nothing that hangs off it. */
const GET = `// SPDX-License-Identifier: GPL-2.0-only
static DEFINE_XARRAY(toy_domains);

struct iommu_domain *toy_get(struct device *dev, struct mm_struct *mm, unsigned long key)
{
	struct iommu_domain *domain;

	domain = xa_load(&toy_domains, key);
	if (domain)
		return domain;
	domain = dev_iommu_ops(dev)->domain_alloc_sva(dev, mm);
	if (IS_ERR(domain))
		return ERR_CAST(domain);
	xa_store(&toy_domains, key, domain, GFP_KERNEL);
	return domain;
}

void toy_put(struct iommu_domain *domain)
{
	domain->ops->free(domain);
}
`;
const COMPATIBLE = `
struct iommu_domain_ops {
	bool (*device_compatible)(struct iommu_domain *domain, struct device *dev);
	void (*free)(struct iommu_domain *domain);
};
`;

interface Shape {
  readonly what: string;
  readonly skip?: string | false;
  readonly code: () => string;
  readonly around: () => Around;
}

/** The kernel around the sample, whatever it calls the struct and the member that points to it. */
function aroundPart(code: string, more = ''): Around {
  const link = /domain->(\w+) = own;/.exec(code)![1];
  const tag = /struct (\w+) \*own;/.exec(code)![1];
  return kernel2022(`\tstruct ${tag} *${link};`, `struct ${tag};\n${more}`);
}

const renamed = (): string => writeEditable(anonymous(readEditable(SAMPLE)));
const namelessDesign = (): string =>
  SERIES_DESIGN.replace(/\b(?!iommu_sva_domain_mm\b)(?:iommu_)?sva_(\w+)/g, 'q$1');
const founding = (name: string): string => read(SHARED + name);
const HANDLE = 'struct iommu_sva { struct device *dev; };';

const SHAPES: readonly Shape[] = [
  {
    what: 'a get and a put, from the sample patch',
    code: () => codeFor('a.mbox', SAMPLE),
    around: () => aroundPart(codeFor('a.mbox', SAMPLE)),
  },
  {
    what: 'the same under names that say nothing',
    code: () => codeFor('a.mbox', renamed(), 'refcount-in-domain'),
    around: () => aroundPart(codeFor('a.mbox', renamed())),
  },
  {
    what: 'a get and a put, from the founding patch',
    skip: noShared,
    code: () => codeFor('a.mbox', founding('rfc-v2-03.mbox'), 'refcount-in-domain'),
    around: () => aroundPart(codeFor('a.mbox', founding('rfc-v2-03.mbox'))),
  },
  {
    what: 'bind and unbind, with a handle that the same file defines',
    code: () => codeFor('sva.c', SERIES_DESIGN, 'refcount-in-domain'),
    around: () => aroundPart(codeFor('sva.c', SERIES_DESIGN)),
  },
  {
    what: 'the same under names that say nothing but what drivers call',
    code: () => codeFor('sva.c', namelessDesign()),
    around: () => aroundPart(codeFor('sva.c', namelessDesign())),
  },
  {
    what: 'bind and unbind, with a handle of a header, from the founding series',
    skip: noShared,
    code: () => codeFor('a.mbox', founding('rfc-v2-series.mbox'), 'refcount-in-domain'),
    around: () => aroundPart(codeFor('a.mbox', founding('rfc-v2-series.mbox')), HANDLE),
  },
  {
    what: 'bind and unbind, with drivers that make a domain for a device and an mm, and nothing that hangs off it',
    code: () => codeFor('toy.c', BIND),
    around: () => kernelProposed(''),
  },
  {
    what: 'bind and unbind, with a domain op that decides',
    code: () => codeFor('toy.c', COMPATIBLE + BIND),
    around: () => kernelProposed(''),
  },
  {
    what: 'a get and a put, with a domain op that decides, and nothing that hangs off it',
    code: () => codeFor('toy.c', COMPATIBLE + GET),
    around: () => kernelProposed(''),
  },
];

for (const { what, skip = false, code, around } of SHAPES)
  describe(`a scaffold with ${what}`, { skip }, () => {
    test('holds in every scenario', () => holds(code(), around()));
    test('compiles', { skip: noCompiler }, () => compiles(code(), around()));
    test('is kernel C that nobody objects to', () => {
      looksLikeKernelC(code());
      isClean(code());
    });
  });

test('all scenarios are run on a handle whose domain has an mm, but those of forks', () => {
  const code = codeFor('sva.c', SERIES_DESIGN);
  const ids = fitting(code, implementationOf(code, aroundPart(code))).map(({ id }) => id);
  const wanted = SCENARIOS.filter(
    ({ times, needs, notForReview }) => times.includes('2022') && needs !== 'a fork' && notForReview === null,
  );
  assert.deepEqual(
    ids,
    wanted.map(({ id }) => id),
  );
});

describe('a scaffold that is broken breaks', () => {
  const get = codeFor('a.mbox', SAMPLE);
  const bind = codeFor('sva.c', SERIES_DESIGN);

  /** Expects `monitor` to speak in the scenario once `text` is put in place of `part`. */
  function breaks(
    code: string,
    part: string | RegExp,
    text: string,
    scenario: string,
    monitor: RegExp,
  ): void {
    const changed = code.replace(part, text);
    assert.notEqual(changed, code);
    const found = played(changed, aroundPart(code), [scenario])[scenario] ?? [];
    assert.ok(
      found.some((each) => monitor.test(each)),
      `${scenario}: ${found.join('; ') || 'nothing'}`,
    );
  }

  test('where nobody decides whether a domain suits', () => {
    const decision = 'if (own->iommu == dev->iommu->iommu_dev)';
    breaks(get, decision, 'if (own)', 'two-devices-two-iommus/strict', /^INC/);
    breaks(bind, 'if (ret != -EINVAL)', 'if (ret)', 'two-devices-two-iommus/strict', /^INC/);
    breaks(bind, /if \(own->ops != .*\n.*/, '', 'two-devices-two-iommus/foreign', /^OWN/);
  });

  test('where an mm is given what another one has', () => {
    breaks(get, /if \(space->mm != mm\)\n.*/, '', 'two-processes', /^XMM/);
    breaks(bind, /\t*mmgrab\(mm\);\n/, '', 'exit-before-unbind/pasid-goes-with-mm', /./);
  });

  test('where nothing is locked, or a failure leaves something behind', () => {
    const unlocked = (code: string): string => code.replace(/\tmutex_(?:un)?lock\(.*\n/g, '');
    breaks(unlocked(get), 'own->users++;', 'own->users += 1;', 'bind-bind', /./);
    breaks(get, /\t\tkfree\(own\);\n(?=\t\treturn ERR_PTR)/, '', 'allocation-failures', /^LEAK/);
    breaks(bind, /\t\tkfree\(bond\);\n(?=\t\treturn)/, '', 'allocation-failures', /^LEAK/);
  });
});

describe('names of a scaffold', () => {
  test('are those of the code at hand, and new ones are none of its words', () => {
    const code = codeFor('a.mbox', SAMPLE);
    assert.match(
      code,
      /^struct iommu_domain \*iommu_share_get\(struct device \*dev, struct mm_struct \*mm\)$/m,
    );
    assert.match(code, /^void iommu_share_put\(struct iommu_domain \*domain\)$/m);
    assert.match(code, /^struct share_cookie \{$/m);
    assert.match(code, /domain->share = own;/);
    assert.match(code, /^static DEFINE_MUTEX\(share_mm_lock\);$/m, 'share_lock is taken');
    assert.match(code, /Takes the place of[^.]*shared_tables/);
    const other = codeFor('a.mbox', SAMPLE.replaceAll('shared_tables', 'share_mm_lock'));
    assert.match(other, /^static DEFINE_MUTEX\(share_enclosing_lock\);$/m);
  });

  test('are those of bind, with all that it is given, and what was left out is said', () => {
    const code = codeFor('sva.c', SERIES_DESIGN);
    const bind =
      'struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm, void *drvdata)';
    assert.ok(code.includes(`\n${bind}\n`));
    assert.match(code, /Not carried over:[^.]*sva_domain_get\(\)[^.]*domain->fault_handler/s);
    assert.match(
      codeFor('toy.c', BIND),
      /toy_bind\(struct device \*dev, struct mm_struct \*mm, unsigned long key\)/,
    );
  });

  test('are those of the functions that the finding is about, where there are others', () => {
    const other = GET.slice(GET.indexOf('struct iommu_domain *toy_get')).replaceAll('toy_', 'far_');
    const code = codeFor(
      'toy.c',
      GET + other.replace('xa_load(', 'far_load(').replace(/void far_put[\s\S]*/, ''),
    );
    assert.match(code, /\*toy_get\(/);
    assert.doesNotMatch(code, /far_/);
  });

  test('say with what a get fails, as its callers are used to', () => {
    assert.match(codeFor('a.mbox', SAMPLE), /return NULL;\n\n\tmutex_lock/);
    assert.match(codeFor('toy.c', GET), /return ERR_PTR\(-ENODEV\);/);
    const plain = BIND.replace('return ERR_CAST(domain)', 'return NULL').replace('ERR_PTR(-ENOMEM)', 'NULL');
    assert.match(codeFor('toy.c', plain), /return NULL;\n\n\tmutex_lock/);
  });
});

describe('there is no scaffold, and why is said', () => {
  function refused(content: string, why: RegExp): void {
    const scaffold = scaffoldFor('toy.c', content);
    assert.ok('why' in scaffold);
    assert.match(scaffold.why, why);
  }

  test('where no mm is given', () => {
    refused(
      GET.replace('struct mm_struct *mm, ', '').replace('(dev, mm)', '(dev, current->mm)'),
      /no function at hand gives a domain or a handle for a device and an mm/,
    );
  });

  test('where no domain is allocated', () => {
    refused(GET.replaceAll('->domain_alloc_sva', '->make'), /how toy_get\(\) allocates a domain is not seen/);
  });

  test('where several could be meant', () => {
    const wrapped = (name: string): string =>
      `struct iommu_domain *${name}(struct device *dev, struct mm_struct *mm)\n{\n\treturn toy_get(dev, mm, 1);\n}\n`;
    refused(
      GET + wrapped('toy_find') + wrapped('toy_first'),
      /more than one function gives a domain for a device and an mm: toy_find\(\), toy_first\(\)/,
    );
    refused(
      GET + GET.slice(GET.indexOf('void toy_put')).replace('toy_put', 'toy_drop'),
      /more than one function takes a domain back/,
    );
    refused(
      GET.replace(
        'if (IS_ERR(domain))',
        'if (!domain)\n\t\tdomain = iommu_domain_alloc(dev->bus);\n\tif (IS_ERR(domain))',
      ),
      /toy_get\(\) allocates a domain in more than one way/,
    );
  });

  test('where nothing takes back, or nothing attaches', () => {
    refused(GET.slice(0, GET.indexOf('void toy_put')), /no function at hand takes a domain back/);
    refused(
      BIND.replace(/\tiommu_attach.*\n/, ''),
      /no function that toy_bind\(\) calls attaches a domain to a PASID/,
    );
    refused(
      BIND.replace('(domain, dev, 1)', '(domain, dev, 1, NULL)'),
      /no function that toy_bind\(\) calls attaches a domain to a PASID/,
    );
  });

  test('where its type is not a constant', () => {
    refused(
      GET.replace('domain_alloc_sva(dev, mm)', 'domain_alloc(key)'),
      /which type of domain toy_get\(\) allocates is not a constant/,
    );
  });
});

test('other findings have none', () => {
  const document = openDocument({ path: 'a.mbox', content: SAMPLE }, { tree: null });
  const rules = document.review.findings.filter((each) => document.scaffoldFor(each)).map(({ rule }) => rule);
  assert.deepEqual([...new Set(rules)].sort(), ['domain-reused-unchecked', 'refcount-in-domain']);
});

test('a scaffold is no edit of the input: its finding has no fix', () => {
  const { findings } = openDocument({ path: 'a.mbox', content: SAMPLE }, { tree: null }).review;
  assert.ok(
    findings.filter(({ rule }) => rule === 'domain-reused-unchecked').every(({ fix }) => fix === null),
  );
});
