/** A parameter that its function does not need. */
import { type FunctionFact, isSameCallShape } from '../iommu/index.js';
import { hasUnseenSuccessors } from './context.js';
import { defineRule, freshly, type Objection, type RuleInput } from './rule.js';

export const needlessParameter = defineRule({
  id: 'needless-parameter',
  classes: ['api-shape', 'unused-code'],
  since: '0.2.0',
  quietInTree: true,
  summary:
    'A new function takes what it does not need: a parameter that it never reads, or one that another points to.',
  why: 'It promises an influence that it does not have, or can disagree with what it is derived from.',
  remedy: 'Drop it together with what callers pass.',
  source:
    "review of the list, 2019 to 2022: dead parameters are dropped together with their callers' arguments; review of the list, 2019 to 2022: needless parameters in new functions",
  bad: [
    {
      title: 'the device is not used',
      code: `
static int toy_reset(struct toy *toy, struct device *dev)
//                                    ^^^^^^^^^^^^^^^^^^ needless-parameter: never reads
{
	writel(0, toy->base);
	return readl(toy->base);
}

int toy_start(struct toy *toy)
{
	return toy_reset(toy, toy->dev);
}`,
    },
    {
      title: 'the instance of the master',
      code: `
static void toy_enable(struct toy_master *master, struct toy_iommu *iommu)
//                                                ^^^^^^^^^^^^^^^^^^^^^^^ needless-parameter: is always
{
	writel(master->sid, iommu->base);
}

void toy_probe(struct toy_master *master)
{
	toy_enable(master, master->iommu);
}`,
    },
    {
      title: 'a device of any bus',
      code: `
static void toy_quiesce(struct toy *toy, struct pci_dev *pdev)
//                                       ^^^^^^^^^^^^^^^^^^^^ needless-parameter: only uses &pdev->dev
{
	toy_write(toy, dev_to_node(&pdev->dev));
	dev_dbg(&pdev->dev, "quiet\\n");
}

void toy_stop(struct toy *toy, struct pci_dev *pdev)
{
	toy_quiesce(toy, pdev);
	pci_disable_device(pdev);
}`,
    },
  ],
  good: [
    {
      title: 'for a PCI device',
      code: `
static void toy_quiesce(struct toy *toy, struct pci_dev *pdev)
{
	dev_dbg(&pdev->dev, "quiet\\n");
	toy_write(toy, pci_dev_id(pdev));
}

void toy_stop(struct toy *toy, struct pci_dev *pdev)
{
	toy_quiesce(toy, pdev);
	pci_disable_device(pdev);
}`,
    },
    {
      title: 'commands that take the same',
      code: `
static int toy_map(struct toy *toy, unsigned int cmd, void *arg)
{
	writel(cmd, toy->base);
	return toy_copy(toy, arg);
}

static int toy_unmap(struct toy *toy, unsigned int cmd, void *arg)
{
	writel(0, toy->base);
	return toy_copy(toy, arg);
}

int toy_ioctl(struct toy *toy, unsigned int cmd, void *arg)
{
	return cmd ? toy_map(toy, cmd, arg) : toy_unmap(toy, cmd, arg);
}`,
    },
    {
      title: 'an operation takes what its table says',
      code: `
static void toy_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather)
{
	toy_flush(to_toy(domain));
}

static const struct iommu_domain_ops toy_ops = {
	.iotlb_sync = toy_sync,
};`,
    },
    {
      title: 'one leads to the other',
      code: `
static void toy_enable(struct toy_master *master)
{
	writel(master->sid, master->iommu->base);
}

void toy_probe(struct toy_master *master)
{
	toy_enable(master);
}`,
    },
  ],
  forms: [
    {
      of: 'A new function, whose head nobody dictates, has a parameter that its body never reads.',
      why: 'The parameter promises the caller an influence that it does not have, and every call site carries it along.',
      instead: 'Drop it together with what callers pass; add it with the code that reads it.',
      severity: 'info',
      confidence: 'certain',
      check: unusedParameter,
    },
    {
      of: 'Every call of a new function passes, beside an object, what that object points to.',
      why: 'The two can disagree, and then nobody knows which one is meant.',
      instead: 'Take the object alone and follow the pointer inside.',
      severity: 'info',
      confidence: 'possible',
      check: derivableArgument,
    },
    {
      of: 'A new function takes a struct pci_dev or platform_device, and only uses the struct device in it.',
      why: 'It can only be called for devices of one bus, for nothing.',
      instead: 'Take a struct device.',
      severity: 'info',
      confidence: 'certain',
      check: onlyItsDevice,
    },
  ],
});

function* unusedParameter({ facts, isNew, series }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    const { signature } = fn;
    if (!isNew(fn.nameSpot) || fn.contract !== '' || !freshly(fn) || signature.statements < 2) continue;
    // What nobody calls by name may be what a table of another file takes.
    if (signature.calledWith.length === 0 || signature.returns.base === 'irqreturn_t') continue;
    const unread = signature.parameters.filter(
      ({ name, type, isRead }) => !isRead && !UNUSED.test(name) && !GIVEN.has(type.base),
    );
    const [first, ...more] = unread;
    // Functions that take the same are called alike.
    if (!first || facts.functions.some((other) => other !== fn && isAlike(fn, other))) continue;
    const patch = series.patches.find(({ number }) => number === first.spot.unit.patch);
    yield {
      at: first.spot,
      function: fn.name,
      // A later patch may read what a function of one file is made to take.
      ...(fn.isStatic && patch && hasUnseenSuccessors(series, patch) ? { severity: 'hint' as const } : {}),
      message: `${fn.name}() never reads ${unread.map(({ name }) => `\`${name}\``).join(' and ')}. Drop the parameter${more.length > 0 ? 's' : ''}, and what callers pass.`,
      related: more.map(({ spot }) => ({ spot, message: 'nor this one' })),
      tags: ['unnecessary'],
    };
  }
}

function* derivableArgument({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    const { signature } = fn;
    // An underscore says that it is what other functions are made of, with arguments of their own.
    if (!isNew(fn.nameSpot) || fn.contract !== '' || !freshly(fn) || fn.name.startsWith('_')) continue;
    const { parameters, calledWith } = signature;
    if (parameters.length < 2 || calledWith.length === 0) continue;
    if (calledWith.some(({ length }) => length !== parameters.length)) continue;
    for (const [at, { name, spot }] of parameters.entries()) {
      const through = throughOther(calledWith, at);
      if (!through || !isNew(spot)) continue;
      const object = parameters[through.from]!;
      if (object.type.pointers !== 1 || !object.type.base.startsWith('struct ')) continue;
      yield {
        at: spot,
        function: fn.name,
        message: `\`${name}\` is always \`${object.name}${through.path}\` where ${fn.name}() is called. Take \`${object.name}\` alone: two arguments can disagree.`,
      };
    }
  }
}

function* onlyItsDevice({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    const { signature, contract, hasCallbackShape } = fn;
    if (!isNew(fn.nameSpot) || contract !== '' || !freshly(fn) || hasCallbackShape) continue;
    if (signature.calledWith.length === 0 || GIVEN_BY_BUS.test(fn.name)) continue;
    for (const { spot, subject, other } of fn.oddities.get('only-its-device') ?? [])
      yield {
        at: spot,
        function: fn.name,
        message: `${fn.name}() only uses &${subject}->dev: take a struct device, and it is not for a ${other.replace('struct ', '')} alone.`,
      };
  }
}

/** What a bus calls looks as the bus wants it, also where a table of another file has it. */
const GIVEN_BY_BUS = /(?:^|_)(?:probe|remove|suspend|resume|shutdown)$/;

/** Names that say so, and flags, which are another rule's. */
const UNUSED = /(?:^|_)flags$|^_|unused|dummy/;

/** What frameworks pass whether it is wanted or not. */
const GIVEN: ReadonlySet<string> = new Set([
  'struct device_attribute',
  'struct kobj_attribute',
  'struct bin_attribute',
  'struct inode',
  'struct seq_file',
  'struct file',
  'struct kobject',
]);

/** Whether two functions of one file take and return the same, and more than one thing. */
function isAlike(one: FunctionFact, other: FunctionFact): boolean {
  return (
    one.nameSpot.unit === other.nameSpot.unit &&
    one.callShape.parameters.length > 1 &&
    isSameCallShape(one.callShape, other.callShape)
  );
}

/** The other argument that all calls reach this one through, by the same path; an argument must be a variable to count. */
function throughOther(
  calls: readonly (readonly string[])[],
  at: number,
): { readonly from: number; readonly path: string } | null {
  const first = calls[0]!;
  for (const [from, object] of first.entries()) {
    const own = first[at]!;
    if (from === at || !/^[a-z_]\w*$/.test(object) || !own.startsWith(`${object}->`)) continue;
    const path = own.slice(object.length);
    if (!/^(?:(?:->|\.)\w+)+$/.test(path)) continue;
    if (calls.every((args) => args[at] === `${args[from]}${path}`)) return { from, path };
  }
  return null;
}
