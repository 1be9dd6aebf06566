/** Registers that are touched because a device was found awake, without keeping it awake. */
import { contains } from '../../base/index.js';
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { Program } from '../program.js';
import { exitOf, ifsIn, nodesIn } from '../shapes.js';
import { functionKey, slotEntries } from '../tables.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

/** What says how a device is, and nothing of how it will be. include/linux/pm_runtime.h (6.12). */
const ASKS: ReadonlySet<string> = new Set([
  'pm_runtime_active',
  'pm_runtime_suspended',
  'pm_runtime_status_suspended',
]);

/** What keeps it as it is, or says that nobody changes it now. */
const KEEPS =
  /^(?:devm_)?pm_runtime_(?:get|resume|disable|barrier|force|set_active)|rpm_get|_power_get$|^(?:device_lock|dpm_)/;

/** Accessors of registers. include/asm-generic/io.h, linux/regmap.h (6.12). */
const TOUCHES =
  /^(?:__raw_)?(?:read|write)(?:b|w|l|q|sl)(?:_relaxed)?$|^(?:ioread|iowrite)\d+\w*$|^regmap_(?:read|write|update_bits|set_bits|clear_bits)$|_(?:readl|writel|readq|writeq)(?:_relaxed)?$/;

/** Functions in which runtime power management stands still, or whose business it is. */
const OF_POWER = /suspend|resume|(?:^|_)(?:pm|rpm|freeze|thaw|restore|poweroff|shutdown|remove|probe)(?:_|$)/;

export const POWER: OddityReader = { around: [{ words: ASKS, read: awakeUnheld }] };

function awakeUnheld(body: Body, bodies: Bodies): OddityFact[] {
  if (OF_POWER.test(body.fn.item.name) || isOfPower(body, bodies) || body.fn.words.match(KEEPS)) return [];
  if (
    bodies.program
      .callersOf(body.fn)
      .some(({ words, item }) => words.match(KEEPS) || OF_POWER.test(item.name))
  )
    return [];
  return ifsIn(body).flatMap((node) => {
    const asked = nodesIn(node.condition).find((each) => ASKS.has(calledName(each) ?? ''));
    const name = asked ? calledName(asked) : null;
    if (!asked || name === null || asked.kind !== 'call') return [];
    // The access stands in the branch, or behind a branch that leaves.
    const isGuard =
      exitOf(node.consequence)?.kind === 'return' ||
      exitOf(node.consequence)?.kind === 'goto' ||
      exitOf(node.consequence)?.kind === 'continue';
    const touched = body.flow.steps.find(
      ({ node: each }) =>
        (isGuard ? each.start > node.end : contains(node.consequence, each)) && touches(body, bodies, each),
    );
    return touched
      ? [
          oddity('awake-unheld', body.spot(asked), name, {
            other: calledName(touched.node)!,
            related: [
              { spot: body.spot(touched.node), message: 'the device may have been suspended by then' },
            ],
          }),
        ]
      : [];
  });
}

/** Whether a call is one of a register, or of a function of the file that does little else. */
function touches(body: Body, bodies: Bodies, node: Expression): boolean {
  const name = calledName(node);
  if (name === null) return false;
  if (TOUCHES.test(name)) return true;
  const callee = bodies.calledFunction(name, body);
  return (
    callee !== null &&
    callee.unit === body.fn.unit &&
    !callee.words.match(KEEPS) &&
    bodies.of(callee).flow.steps.some(({ node: each }) => TOUCHES.test(calledName(each) ?? ''))
  );
}

/** Whether a table of power management has the function. */
function isOfPower({ fn }: Body, { program }: Bodies): boolean {
  return program.surroundings
    .known(powerFunctions, program)
    .has(functionKey(fn.unit.image.path, fn.item.name));
}

function powerFunctions(program: Program): ReadonlySet<string> {
  return new Set(
    slotEntries(program)
      .filter(({ type }) => /^struct (?:dev_pm_ops|syscore_ops)$/.test(type))
      .map(({ table, function: name }) => functionKey(table.unit.image.path, name)),
  );
}
