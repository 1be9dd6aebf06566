/** A call goes in a hunk of its own, and the message does not say why. */
import { type ChangeRun, changeRuns } from '../patch/index.js';
import type { PatchFact } from './context.js';
import { defineRule } from './rule.js';

export const unexplainedRemoval = defineRule({
  id: 'unexplained-removal',
  classes: ['patch-scope'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch takes a call out far from what it changes, and its message does not mention it.',
  why: 'A reader cannot tell whether it is an oversight, a fix of its own, or follows from the rest.',
  remedy: 'Say in the message why it can go, or do it in a patch of its own.',
  source:
    'Documentation/process/submitting-patches.rst, "Describe your changes" and "Separate your changes" (6.12)',
  bad: [
    {
      title: 'why?',
      form: 'patch',
      subject: 'iommu/toy: Count the users',
      code: `
 int toy_a(struct toy *toy)
 {
-	toy_flush_cache(toy);
 	return 0;
+	^^^^^^^^^ unexplained-removal: toy_flush_cache()
 }
 
 int toy_b(struct toy *toy)
 {
 	toy_lock(toy);
 	toy_check(toy);
 	toy->ret = 0;
+	toy->users++;
+	toy->count++;
+	toy->total++;
 	return 0;
 }`,
    },
  ],
  good: [
    {
      title: 'the message is about it',
      form: 'patch',
      subject: 'iommu/toy: Do not flush before there are users',
      code: `
 int toy_a(struct toy *toy)
 {
-	toy_flush_cache(toy);
 	return 0;
 }
 
 int toy_b(struct toy *toy)
 {
 	toy_lock(toy);
 	toy_check(toy);
 	toy->ret = 0;
+	toy->users++;
+	toy->count++;
+	toy->total++;
 	return 0;
 }`,
    },
    {
      title: 'moved',
      form: 'patch',
      subject: 'iommu/toy: Count the users',
      code: `
 int toy_a(struct toy *toy)
 {
-	toy_flush_cache(toy);
 	return 0;
 }
 
 int toy_b(struct toy *toy)
 {
 	toy_lock(toy);
 	toy_check(toy);
 	toy->ret = 0;
+	toy->users++;
+	toy->count++;
+	toy_flush_cache(toy);
 	return 0;
 }`,
    },
  ],
  *check({ series, spotOf, functionAt }) {
    for (const patch of series.patches) {
      const runs = patch.files.filter(({ status }) => status === 'modified').flatMap(changeRuns);
      const added = runs.reduce((sum, each) => sum + each.added.length, 0);
      // A patch that mostly takes out is about that.
      if (added < FEW || TAKES_OUT.test(patch.message.subject?.title ?? '')) continue;
      for (const run of runs) {
        const name = calledAlone(run);
        const spot =
          name !== null && run.at && isUnmentioned(name, patch, runs) ? spotOf(patch, run.at) : null;
        if (!spot) continue;
        yield {
          at: spot,
          function: functionAt(spot),
          message: `Why is ${name}() not called here any more? The message does not say; if it is another change, it is another patch.`,
        };
      }
    }
  },
});

const FEW = 3;

/** Lines of context between it and the nearest change of code. */
const APART = 3;

const TAKES_OUT =
  /\b(?:remov|drop|delet|get rid|clean|convert|replac|mov(?:e|ing)|relax|simplif|refactor|consolidat|unif|rework|split|merg|switch|revert)/i;

/** The function whose call is all that a run takes out, without anything in its place. */
function calledAlone({ file, removed, added, distance }: ChangeRun): string | null {
  const [line] = removed.filter(({ text }) => text.trim() !== '');
  const isAlone = removed.filter(({ text }) => text.trim() !== '').length === 1 && added.length === 0;
  if (!line || !isAlone || !file.newPath?.endsWith('.c')) return null;
  if (distance !== null && distance < APART) return null;
  const name = /^\s+([a-z]\w+)\(.*\);\s*$/.exec(line.text)?.[1] ?? null;
  return name !== null && !/lock|^(?:pr|dev|trace|might|lockdep)_|^(?:WARN|BUG|return|sizeof)/.test(name)
    ? name
    : null;
}

/** Whether neither the message nor the rest of the patch has to do with a function of that name. */
function isUnmentioned(name: string, { message }: PatchFact, runs: readonly ChangeRun[]): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  const title = (message.subject?.title ?? '').replace(/^.*?: /, '');
  const text = `${title} ${message.paragraphs.map((each) => each.text).join(' ')}`.toLowerCase();
  if (wordsIn(name).some((part) => text.includes(part))) return false;
  // Taken out in several places it is what the patch is about, put in again it is moved.
  return (
    !runs.some(({ added }) => added.some((line) => word.test(line.text))) &&
    runs.filter(({ removed }) => removed.some((line) => word.test(line.text))).length === 1
  );
}

/** The words of a name that say what it does. */
function wordsIn(name: string): string[] {
  return name.split('_').filter((part) => part.length > 2 && !OF_ALL.test(part));
}

/** Words that half of the functions here have. */
const OF_ALL = /^(?:iommu|domain|dev|device|the|for|arm|smmu|intel|amd)$/;
