/** Blanks and empty lines change where nothing else does. */
import { type ChangeRun, changeRuns, messageText } from '../patch/index.js';
import { defineRule } from './rule.js';

export const spuriousChange = defineRule({
  id: 'spurious-change',
  classes: ['patch-scope'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch changes only blanks where it changes nothing else.',
  why: 'It makes the patch longer to review and harder to backport, and blame points at it for ever.',
  remedy: 'Leave the lines as they were, or clean up in a patch of its own.',
  source: 'Documentation/process/submitting-patches.rst, "Separate your changes" (6.12)',
  bad: [
    {
      title: 'an empty line, far from what the patch does',
      form: 'patch',
      code: `
 int toy_a(struct toy *toy)
 {
+	toy->users++;
 	return 0;
 }
 
 int toy_b(struct toy *toy)
 {
 	int ret = toy->ret;
 
+
+^ spurious-change: Unrelated
 	return ret;
 }`,
    },
    {
      title: 'an empty line that goes',
      form: 'patch',
      code: `
 int toy_a(struct toy *toy)
 {
 	toy->ret = 0;
-
 	toy_lock(toy);
+	^ spurious-change: empty line goes
 	toy_check(toy);
 	toy_check(toy->next);
+	toy->users++;
 	return 0;
 }`,
    },
  ],
  good: [
    {
      title: 'above a line that changes too',
      form: 'patch',
      code: `
 int toy_a(struct toy *toy)
 {
 	toy->ret = 0;
-
+	toy->users++;
 	return 0;
 }`,
    },
    {
      title: 'beside what changes',
      form: 'patch',
      code: `
 int toy_a(struct toy *toy)
 {
+	toy->users++;
+
 	return 0;
 }`,
    },
  ],
  *check({ series, spotOf, functionAt }) {
    for (const patch of series.patches) {
      if (TIDIES.test(messageText(patch.message))) continue;
      const runs = patch.files.filter(({ status }) => status === 'modified').flatMap(changeRuns);
      // A patch that does nothing else is for that.
      if (!runs.some(({ kind }) => kind === 'code')) continue;
      // Where much is moved in or out, blanks change of themselves.
      if (runs.filter(({ kind }) => kind === 'spacing').length > FEW) continue;
      const touched = new Set(
        runs.flatMap(({ kind, at }) => {
          const spot = kind === 'code' && at ? spotOf(patch, at) : null;
          return spot ? [functionAt(spot)] : [];
        }),
      );
      for (const run of runs) {
        const { kind, distance, at, added, removed, isUntidy } = run;
        if (added.length + removed.length > 2 * FEW) continue;
        const isApart = (kind === 'blank' || kind === 'spacing') && (distance === null || distance >= APART);
        const spot = isApart && at ? spotOf(patch, at) : null;
        if (!spot) continue;
        const fn = functionAt(spot);
        // Where code changes a tidy line more or less is nothing that anybody minds, nor is one of two empty lines that goes.
        const isMinor =
          !isUntidy && (distance !== null || (fn !== null && touched.has(fn)) || isTidying(run));
        yield {
          at: spot,
          function: fn,
          ...(isMinor ? { severity: 'hint' as const } : {}),
          message:
            kind === 'blank'
              ? `Unrelated: only an empty line ${added.length === 0 ? 'goes' : 'changes'} here.`
              : 'Unrelated: only blanks change here.',
        };
      }
    }
  },
});

/** Words of a patch that is for the looks of the code. */
const TIDIES =
  /white ?space|indent|\bstyle\b|clean ?-?ups?\b|checkpatch|align(?:ment)?\b.*\b(?:line|brace)|\bformat|\btidy|cosmetic|blank|coding/i;

/** Whether an empty line goes that stood beside another one. */
function isTidying({ kind, added, removed, hunk }: ChangeRun): boolean {
  if (kind !== 'blank' || added.length > 0) return false;
  const at = hunk.lines.indexOf(removed[0]!);
  return [hunk.lines[at - 1], hunk.lines[at + removed.length]].some((line) => line?.text.trim() === '');
}

const FEW = 3;

/** Lines of context between it and the nearest change of code. */
const APART = 3;
