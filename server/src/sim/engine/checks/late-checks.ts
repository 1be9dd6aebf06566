/** LATECHECK: a pointer is followed first and tested for NULL afterwards, in one function, whatever path leads to the test. */
import { causeOf, Pointer, resolve, type Site, Unknown, type Value } from '../../model/index.js';
import { quoted } from '../access.js';
import type { Machine } from '../machine.js';

/** Notes that an object was reached through its pointer. */
export function noteFollowed(machine: Machine, { object }: Pointer): void {
  if (object.lifetime !== 'given' || machine.options.world !== 'open') return;
  if (machine.ledger.followed.has(object)) return;
  machine.ledger.followed.set(object, { frame: machine.frame.number, site: machine.site });
}

/** Notes that a value is tested; a pointer that was followed before by this very function should have been tested then. */
export function noteTested(machine: Machine, value: Value): void {
  if (machine.options.world !== 'open') return;
  const cause = causeOf(value);
  if (cause) machine.ledger.question(cause, machine.frame.number);
  const use = lateUse(machine, value);
  const { site } = machine;
  if (!use) {
    machine.ledger.soundTests.add(`${site.path}:${site.start}`);
    return;
  }
  const { words } = (resolve(value) as Pointer).object;
  // The function that does so is told of it, once; not all that call it.
  if (machine.frame !== machine.task.frames[0]) return;
  const test = quoted(machine.frame.procedure.source.slice(site.start, site.end));
  machine.report(
    'LATECHECK',
    `follows \`${words}\` and tests it for NULL afterwards: \`${test}\``,
    [{ site, words: 'the test' }],
    { site: use },
  );
}

/** Where the pointer that is tested was followed before any test, if it was. */
function lateUse(machine: Machine, value: Value): Site | null {
  const { ledger, frame, site } = machine;
  if (!(value instanceof Unknown)) return null;
  const known = resolve(value);
  if (!(known instanceof Pointer)) {
    if (known instanceof Unknown) ledger.tested.add(known);
    return null;
  }
  const { object } = known;
  const wasTested = ledger.tested.has(object) || isTestedUnknown(machine, value);
  ledger.tested.add(object);
  const use = ledger.followed.get(object);
  if (wasTested || known.key !== 0 || !use || use.frame !== frame.number) return null;
  // What code that was not entered was given may have been exchanged there for NULL.
  if (object.hasEscaped) return null;
  // A loop that comes round tests what it has used in the round before.
  return use.site.start > site.start ? null : use.site;
}

function isTestedUnknown(machine: Machine, value: Unknown): boolean {
  for (let each: Value | null = value; each instanceof Unknown; each = each.bound)
    if (machine.ledger.tested.has(each)) return true;
  return false;
}
