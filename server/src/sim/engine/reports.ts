/** What a breach is said to be: where it shows, in which callee it lies, and what was cut short on the way to it. */
import { bearingOn, wordsOf } from './cuts.js';
import type { Machine } from './machine.js';
import type { ReportDetails, Violation } from './run.js';

interface Report extends Pick<Violation, 'monitor' | 'words' | 'related'> {
  readonly more: ReportDetails;
}

/**
 * The breach that a monitor sees where the run is. Of a function that is run
 * alone, what happens in a callee counts only if the function has a part in it:
 * the callee is run alone, too. Null when it has none.
 */
export function violationAt(machine: Machine, report: Report): Violation | null {
  const { monitor, words, related, more } = report;
  const { task } = machine;
  const [first] = task.frames;
  const isInCallee = !machine.isScenario && task.frames.length > 1 && !more.site;
  const hasPart =
    more.isOuters ||
    related.some(({ site }) => site.name === first?.procedure.name && site.path === first.procedure.path);
  if (isInCallee && !hasPart) return null;
  const inner = isInCallee ? [{ site: machine.site, words: 'it happens here' }] : [];
  return {
    monitor,
    site: more.site ?? machine.outerSite,
    words,
    related: [...related, ...inner],
    frame: task.frames.length > 0 ? machine.frame.number : 0,
    choices: machine.choices.length,
    assumes: more.assumes ?? [],
    cuts: wordsOf(machine.cuts.filter(more.bears ?? bearingOn(monitor))),
    ...(more.hangsOn ? { hangsOn: more.hangsOn } : {}),
    ...(more.within ? { within: more.within } : {}),
  };
}
