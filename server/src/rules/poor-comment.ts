/** A comment that does not say what the code under it is. */
import { defineRule, isInTree, type Objection, type RuleInput } from './rule.js';
import { meantBy } from './slips.js';

export const poorComment = defineRule({
  id: 'poor-comment',
  classes: ['comment-doc-mismatch'],
  since: '0.2.0',
  summary:
    'A comment does not say what the code at hand is: it names what is gone, belongs further down, tells history, or has a slip of the pen.',
  why: 'A reader takes a comment for what the code under it does now.',
  remedy: 'Let it say what holds now, where it holds.',
  source:
    'Documentation/process/coding-style.rst, "Commenting" (6.12); review of "iommu: Prepare IOMMU domain for IOPF", 19 May 2022; review of "iommu/sva: Refactoring iommu_sva_bind/unbind_device()", June 2022; review of "iommu: remove iommu_dev_feature_enabled"',
  bad: [
    {
      title: 'history',
      form: 'patch',
      code: `
+/*
+ * Copied from toy-core.c with a lock added
+ * ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ poor-comment: commit message
+ */
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
    {
      title: 'a word twice',
      form: 'patch',
      code: `
+/* Returns the the number of users. */
+// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ poor-comment: the the
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
    {
      title: 'in the log',
      form: 'patch',
      code: `
+int toy_get(struct toy *toy)
+{
+	dev_err(toy->dev, "no free regsiter\\n");
+//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ poor-comment: s/regsiter/register/
+	return -ENOSPC;
+}`,
    },
    {
      title: 'two letters that changed places',
      form: 'patch',
      code: `
+/* Takes the first free regsiter of the block. */
+// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ poor-comment: s/regsiter/register/
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
    {
      title: 'what is allocated here?',
      form: 'patch',
      code: `
+int toy_bind(struct toy *toy)
+{
+	int limit;
+
+	/* Allocate an id if necessary. */
+//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ poor-comment: toy_alloc_id()
+	limit = toy->limit;
+	if (!limit)
+		return -EOPNOTSUPP;
+
+	return toy_alloc_id(toy, limit, necessary(toy));
+}`,
    },
    {
      title: 'the old name',
      form: 'patch',
      code: `
 struct toy {
-	int user_count;
+	int bond_count;
 };
 
 void toy_put(struct toy *toy)
 {
 	/* Dropping user_count to zero frees it. */
+//                 ^^^^^^^^^^ poor-comment: takes user_count out
+	if (--toy->bond_count == 0)
+		kfree(toy);
 }`,
    },
    {
      title: 'switched off',
      form: 'patch',
      code: `
+void toy_stop(struct toy *toy)
+{
+	toy->users = 0;
+	/* writel(0, toy->base); */
+//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ poor-comment: compile it
+}`,
    },
  ],
  good: [
    {
      title: 'words about a call',
      form: 'patch',
      code: `
+void toy_stop(struct toy *toy)
+{
+	/* toy_start() has set it; */
+	toy->users = 0;
+}`,
    },
    {
      title: 'what holds now',
      form: 'patch',
      code: `
+/* Returns the number of users; the caller holds the lock. */
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
    {
      title: 'a name in the log',
      form: 'patch',
      code: `
+int toy_get(struct toy *toy)
+{
+	dev_err(toy->dev, "toy_regsiter() has no free one: %s\\n", toy->name);
+	return -ENOSPC;
+}`,
    },
    {
      title: 'words that are near others, and a name',
      form: 'patch',
      code: `
+/* Initialised on exiting: the shorter interval is throughout that of toy_regsiter(), or behaviour of regsiter_map. */
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
    {
      title: 'above the call',
      form: 'patch',
      code: `
+int toy_bind(struct toy *toy)
+{
+	if (!toy->limit)
+		return -EOPNOTSUPP;
+
+	/* Allocate an id if necessary. */
+	return toy_alloc_id(toy, toy->limit, necessary(toy));
+}`,
    },
    {
      title: 'above the register that does it',
      form: 'patch',
      code: `
+int toy_init(struct toy *toy)
+{
+	/* Allocate queues to the toy */
+	toy_write(toy, TOY_QUEUE_ALLOC, toy->count);
+
+	toy->queues = kcalloc(toy->count, sizeof(*toy->queues), GFP_KERNEL);
+	return toy->queues ? 0 : -ENOMEM;
+}`,
    },
    {
      title: 'a name that got a prefix',
      form: 'patch',
      code: `
-static void entry_free(struct toy *toy)
+static void toy_entry_free(struct toy *toy)
 {
 	toy->users = 0;
 }
 
 void toy_stop(struct toy *toy)
 {
 	/* Just call entry_free on what remains. */
+	toy_entry_free(toy);
 }`,
    },
    {
      title: 'the new one',
      form: 'patch',
      code: `
 struct toy {
-	int user_count;
+	int bond_count;
 };
 
 void toy_put(struct toy *toy)
 {
+	/* Dropping bond_count to zero frees it. */
+	if (--toy->bond_count == 0)
+		kfree(toy);
 }`,
    },
  ],
  forms: [
    {
      of: 'A comment tells where the code came from or what it was before, or has a slip of the pen.',
      why: 'A comment explains the code that is there. Where it was copied from and what this patch changes is for the commit message, which git keeps.',
      instead: 'Say what holds now, and put the history into the commit message.',
      severity: 'info',
      confidence: 'certain',
      check: commentWording,
    },
    {
      of: 'A message that is printed has a slip of the pen.',
      why: 'People search for what they read in the log, and mistakes in it stay: scripts and bug reports quote them.',
      instead: 'Mend it before it is in a release.',
      severity: 'info',
      confidence: 'certain',
      quietInTree: true,
      check: messageWording,
    },
    {
      of: 'A comment stands above code that does something else; what it says is done further down.',
      why: 'A reader takes the lines under a comment for what it says.',
      instead: 'Move it to the call that it is about.',
      severity: 'info',
      confidence: 'possible',
      check: misplacedComment,
    },
    {
      of: 'A comment still names a function, member or macro that the patch renames or removes.',
      why: 'Whoever reads it next looks for a name that is not there.',
      instead: 'Change the comment in the same patch.',
      severity: 'warning',
      confidence: 'certain',
      check: staleComment,
    },
    {
      of: 'Code of a function is added in a comment.',
      why: 'Nobody compiles it, and nobody knows whether it is meant to come back.',
      instead: 'Drop it; git keeps what was tried.',
      severity: 'info',
      confidence: 'certain',
      quietInTree: true,
      check: codeInComment,
    },
  ],
});

function* commentWording({ facts, isFresh }: RuleInput): Iterable<Objection> {
  for (const { lines, owner } of facts.comments) {
    for (const { text, spot } of lines) {
      if (text === '' || !isFresh(spot)) continue;
      // What comes from another file with its comment is for another patch to spell.
      if (spot.unit.image.removed.some((line) => line.includes(text.trim()))) continue;
      const message = slipIn(text);
      const word = /^s\/(\w+)\//.exec(message ?? '')?.[1];
      // So is what was wrapped anew on its way.
      if (word && spot.unit.image.removed.some((line) => line.includes(word))) continue;
      if (message) yield { at: spot, function: owner, message };
    }
  }
}

function* messageWording({ facts, isFresh }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    for (const { format, spot, wasThere } of fn.logs) {
      if (format === null || wasThere || !isFresh(spot)) continue;
      const message = mistakeIn(format);
      if (message) yield { at: spot, function: fn.name, message: `In the message: ${message}` };
    }
  }
}

function* misplacedComment(input: RuleInput): Iterable<Objection> {
  for (const { spot, owner, describesLater } of input.facts.comments) {
    if (!describesLater || !input.isFresh(spot)) continue;
    yield {
      at: spot,
      function: owner,
      severity: isInTree(input, spot) ? 'hint' : 'info',
      message: `Is this about ${describesLater.called}() further down? Move it there.`,
      related: [{ spot: describesLater.spot, message: 'the call' }],
    };
  }
}

function* staleComment({ facts, isShown }: RuleInput): Iterable<Objection> {
  for (const { goneNames, owner } of facts.comments) {
    for (const { name, spot } of goneNames) {
      if (!isShown(spot)) continue;
      yield {
        at: spot,
        function: owner,
        message: `The patch takes ${name} out: this comment still speaks of it.`,
      };
    }
  }
}

function* codeInComment({ facts, isFresh }: RuleInput): Iterable<Objection> {
  for (const { isCode, spot, owner } of facts.comments)
    if (isCode && isFresh(spot))
      yield { at: spot, function: owner, message: 'Code in a comment: compile it, or drop it.' };
}

const HISTORY =
  /\b(?:copied|borrowed|stolen|adapted) from (?!user)\S|\b(?:this|the previous|an earlier) (?:patch|commit)\b|\b(?:was|were) (?:renamed|moved) (?:from|to)\b|\bbefore this change\b/i;

const TWICE = /\b(the|is|of|to|and|in|for|a|if|be|with|are|this|will|not|it|we|from|by) \1\b/i;

/** A word of a sentence: no part of a name, a path or a format. */
const PROSE = /(?<![\w@%&.>/-])[A-Za-z]?[a-z]{3,}(?![\w(])/g;

function slipIn(text: string): string | null {
  const mistake = mistakeIn(text);
  if (mistake) return mistake;
  return HISTORY.test(text) ? 'History is for the commit message; let the comment say what holds now.' : null;
}

function mistakeIn(text: string): string | null {
  const twice = TWICE.exec(text)?.[0];
  if (twice) return `"${twice}": once is enough.`;
  for (const [word] of text.matchAll(PROSE)) {
    const meant = meantBy(word);
    if (meant)
      return `s/${word}/${word === word.toLowerCase() ? meant : meant[0]!.toUpperCase() + meant.slice(1)}/`;
  }
  return null;
}
