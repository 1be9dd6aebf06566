/** Something new that nobody uses. */
import type { UnusedNameFact } from '../iommu/index.js';
import { messageText, messageWords } from '../patch/index.js';
import { hasUnseenSuccessors, type PatchFact } from './context.js';
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const unusedCode = defineRule({
  id: 'unused-code',
  formerly: ['unused-static-function'],
  classes: ['unused-code', 'patch-scope'],
  since: '0.2.0',
  summary: 'A patch adds something that nothing uses: a function, a name, an include.',
  why: 'Code is added together with its first user: before, nobody can tell whether it is right, and it may never be used at all.',
  remedy: 'Move it to the patch that uses it, or drop it.',
  source:
    'Documentation/process/coding-style.rst, "Conditional Compilation" on __maybe_unused; Documentation/process/5.Posting.rst, "Patch preparation" (6.12); review of "iommu: Add iommu_domain ops for dirty tracking", 29 April 2022; review of "iommu/virtio: Implement sva bind/unbind calls", 21 September 2021',
  bad: [
    {
      title: 'hidden from the compiler',
      code: `
static __maybe_unused int toy_get(struct toy *toy)
//     ^^^^^^^^^^^^^^ unused-code: Why __maybe_unused
{
	return toy->users;
}`,
    },
    {
      title: 'a member that nobody reads or writes',
      form: 'patch',
      code: `
+struct toy_range {
+	unsigned long iova;
+	unsigned long npages;
+//                    ^^^^^^ unused-code: uses npages
+};
+
+unsigned long toy_start(struct toy_range *range)
+{
+	return range->iova;
+}`,
    },
    {
      title: 'there already',
      form: 'patch',
      code: `
 #include <linux/mutex.h>
+#include <linux/mutex.h>
+^^^^^^^^^^^^^^^^^^^^^^^^ unused-code: included twice
+
+void toy_lock(struct toy *toy)
+{
+	mutex_lock(&toy->lock);
+	toy->users++;
+	mutex_unlock(&toy->lock);
+}`,
    },
    {
      title: 'whose mutex?',
      form: 'patch',
      code: `
+#include <linux/mutex.h>
+^^^^^^^^^^^^^^^^^^^^^^^^ unused-code: used here
+
+int toy_users(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
  ],
  good: [
    {
      title: 'labels that a goto, a macro, or what is given to a macro leads to',
      code: `
#define TOY_PRINT(toy, what) do { if (toy_print(toy, what) < 0) goto full; } while (0)

int toy_dump(struct toy *toy, u32 __user *user)
{
	u32 value;

	TOY_PRINT(toy, 1);
	unsafe_get_user(value, user, fault);
	if (toy_write(toy, value))
		goto out;
	return 0;
out:
	toy_close(toy);
full:
	return -ENOSPC;
fault:
	return -EFAULT;
}`,
    },
    {
      title: 'for all until now, and its callers are not shown',
      form: 'patch',
      code: `
-int toy_alloc(struct toy *toy)
+static int toy_alloc(struct toy *toy)
 {
 	toy->users = 1;
 	return 0;
 }
-EXPORT_SYMBOL_GPL(toy_alloc);`,
    },
    {
      title: 'used, if only by a table',
      code: `
static int __maybe_unused toy_suspend(struct device *dev)
{
	return 0;
}

static const struct dev_pm_ops toy_pm = {
	.suspend = toy_suspend,
};`,
    },
    {
      title: 'a static inline of a header may wait',
      code: 'static inline int toy_id(struct toy *toy)\n{\n\treturn toy->id;\n}',
    },
    {
      title: 'a register map, of which not all is used yet',
      form: 'patch',
      code: `
+#define TOY_ERR_MAP		0x000c
+#define TOY_INT_MASK		0x0014
+#define TOY_CMD_MAP		0x001c
+
+#define TOY_STATUS		0x0020
+
+u32 toy_state(struct toy *toy)
+{
+	return readl(toy->base + TOY_STATUS) | readl(toy->base + TOY_ERR_MAP) | readl(toy->base + TOY_CMD_MAP);
+}`,
    },
    {
      title: 'with its use',
      form: 'patch',
      code: `
+struct toy_range {
+	unsigned long iova;
+	unsigned long npages;
+};
+
+unsigned long toy_end(struct toy_range *range)
+{
+	return range->iova + range->npages * PAGE_SIZE;
+}`,
    },
    {
      title: 'used',
      form: 'patch',
      code: `
+#include <linux/mutex.h>
+
+void toy_lock(struct toy *toy)
+{
+	mutex_lock(&toy->lock);
+	toy->users++;
+	mutex_unlock(&toy->lock);
+}`,
    },
  ],
  forms: [
    {
      of: 'Nothing calls a static function; often __maybe_unused hides it.',
      why: 'Code is added together with its first user: without one it cannot be reviewed in use, cannot be tested, and breaks bisection of what it is for. __maybe_unused is for code whose users depend on the configuration.',
      instead: 'Move the function to the patch that calls it, or drop it.',
      severity: 'warning',
      confidence: 'certain',
      check: unusedStaticFunction,
    },
    {
      of: 'A patch adds a name that nothing in it uses.',
      why: 'Code is added together with its first user: before, nobody can tell whether it is right, and it may never be used at all.',
      instead: 'Move it to the patch that uses it, or drop it.',
      severity: 'info',
      confidence: 'possible',
      check: unusedAddition,
    },
    {
      of: 'No goto leads to a label.',
      why: 'gcc warns of it, and a failure that should have gone there goes elsewhere.',
      instead: 'Go there from the failure that it is for, or drop the label.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'label-unused',
          ({ subject }) =>
            `No goto leads to ${subject}. Is there a failure that should go there? If not, drop the label.`,
        ),
    },
    {
      of: 'A patch includes a header and uses nothing that looks like it.',
      why: 'Each include is compiled by everybody, and outlives the code that it was once for.',
      instead: 'Drop it, or move it to the patch that needs it.',
      severity: 'info',
      confidence: 'possible',
      check: unusedInclude,
    },
  ],
});

/** `will be used later`, `used by the next patch`, `in preparation for`. */
const ANNOUNCED =
  /\b(?:later|next|following|subsequent|upcoming|coming) (?:in (?:this|the) series|patch|commit|change)|\b(?:used|called|needed)\b[^.]{0,30}\blater\b|\bwill (?:be (?:used|called|needed)|use|need|call)\b|\bprepar(?:e|es|ing|ation)\b/i;

/** Whether a patch takes out the export of a function, or a definition of it that others could link to. */
function wasForAll(name: string, removed: readonly string[]): boolean {
  const definition = new RegExp(`^(?!static\\b)\\w.*\\b${name}\\(|^EXPORT_SYMBOL\\w*\\(${name}\\)`);
  return removed.some((line) => definition.test(line));
}

function* unusedStaticFunction({ facts, isNew, series }: RuleInput): Iterable<Objection> {
  const said = new Set<PatchFact>();
  for (const fn of facts.functions) {
    if (!fn.isStatic || fn.isInline || fn.isReferenced || !isNew(fn.nameSpot)) continue;
    const { image } = fn.nameSpot.unit;
    if (image.path.endsWith('.h')) continue;
    // What was for all until now has callers, which hunks need not show.
    if (wasForAll(fn.name, image.removed)) continue;
    const { unusedMark } = fn;
    const patch = series.patches.find(({ number }) => number === fn.nameSpot.unit.patch);
    const isForLater = unusedMark !== null && patch !== undefined && hasUnseenSuccessors(series, patch);
    // One of a patch makes the point.
    if (isForLater && said.has(patch)) continue;
    if (isForLater) said.add(patch);
    yield {
      at: unusedMark ?? fn.headSpot,
      function: fn.name,
      // Who says so has a reason to split the series here.
      ...(isForLater && ANNOUNCED.test(messageText(patch.message)) ? { severity: 'info' as const } : {}),
      message: unusedMark
        ? `Why __maybe_unused? Nothing calls ${fn.name}(), and the annotation only hides it: add the function together with its first user.`
        : `Nothing calls ${fn.name}(). Add it together with its first user, or drop it.`,
      tags: ['unnecessary'],
    };
  }
}

function* unusedAddition({ facts, isFresh, isNew, series }: RuleInput): Iterable<Objection> {
  const added = facts.unusedNames.filter(({ spot, wasThere }) => isFresh(spot) && !wasThere);
  const asked = new Set<string>();
  for (const fact of added) {
    const { kind, spot, neighbours } = fact;
    const isOfTable =
      added.filter((each) => each.kind === kind && each.spot.unit === spot.unit).length > MANY;
    if ((kind === 'macro' || kind === 'value') && (isOfTable || neighbours > MOST_NEIGHBOURS)) continue;
    const patch = series.patches.find(({ number }) => number === spot.unit.patch);
    // An interface has its users in the patches after it.
    const goesOn = !patch || hasUnseenSuccessors(series, patch);
    if ((kind === 'export' || kind === 'function') && goesOn) continue;
    if (patch && isAnnounced(fact, patch, goesOn)) continue;
    // What generic headers ask of an architecture has its users there, a function of old wherever it had them.
    if (kind === 'macro' && OF_ARCH.test(spot.unit.image.path)) continue;
    if (kind === 'export' && !facts.functions.some((fn) => fn.name === fact.name && isNew(fn.nameSpot)))
      continue;
    // A member of an interface is asked about all the same, the first of each struct.
    const owner = kind === 'member' && INTERFACE.test(spot.unit.image.path) ? `${fact.owner}` : null;
    const isAsked = owner !== null && !asked.has(owner);
    if (owner !== null) asked.add(owner);
    yield {
      at: fact.spot,
      ...(goesOn && !isAsked && QUIET),
      function: ownerOf(fact) ?? fact.name,
      message: messageOf(fact),
    };
  }
}

function ownerOf({ owner }: UnusedNameFact): string | undefined {
  return owner?.replace(/^\w+ /, '');
}

function* unusedInclude({ facts, isFresh, series }: RuleInput): Iterable<Objection> {
  for (const { name, spot, isUsed, isTwice } of facts.includes) {
    if ((isUsed && !isTwice) || !isFresh(spot)) continue;
    const patch = series.patches.find(({ number }) => number === spot.unit.patch);
    // To include it is what the patch is for.
    if (patch && /\b(?:includes?|headers?)\b/i.test(messageText(patch.message))) continue;
    const isOfNewFile = patch?.files.some(
      ({ status, newPath }) => status === 'added' && newPath === spot.unit.image.path,
    );
    yield {
      at: spot,
      // What a driver begins with is copied from another; that one more is there than it needs harms nobody.
      ...(isOfNewFile && !isTwice && QUIET),
      message: isTwice
        ? `<${name}> is included twice. Drop one.`
        : `Is <${name}> used here? Nothing shown needs it: drop it, or add it with the code that does.`,
      tags: ['unnecessary'],
    };
  }
}

/** Whether to add it is what the patch says it is for. */
function isAnnounced({ kind, name }: UnusedNameFact, { message }: PatchFact, goesOn: boolean): boolean {
  if (kind === 'export') return messageWords(message).has('export');
  if (kind === 'function') return /prototype|declar/i.test(messageText(message));
  return goesOn && (message.subject?.title ?? '').toLowerCase().includes(name.toLowerCase());
}

const QUIET = { severity: 'hint' } as const;

const INTERFACE = /^include\//;

const OF_ARCH = /^arch\/.*\/include\//;

/** A table of registers or commands is defined as a whole, used or not. */
const MOST_NEIGHBOURS = 2;

/** So many unused ones are no oversight either. */
const MANY = 3;

function messageOf({ kind, name, owner }: UnusedNameFact): string {
  switch (kind) {
    case 'export':
      return `Which module calls ${name}()? Nothing in this patch does: export it with its first user.`;
    case 'function':
      return `${name}() is declared, but this patch neither defines nor calls it. Is it for a later one?`;
    case 'member':
      return `Nothing in this patch uses ${name} of ${owner}. Add it together with its first user.`;
    default:
      return `Nothing in this patch uses ${name}. Add it together with its first user.`;
  }
}
