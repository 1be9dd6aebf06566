/** Devices that a place in a function could name: its parameters, and locals that are set there. */
import { type Expression, type Statement, walk } from '../syntax/index.js';
import type { Body } from './body.js';
import { exitOf, isNull } from './shapes.js';

/** Where a statement stands. */
export interface Place {
  readonly conditions: readonly Expression[];
  readonly block: readonly Statement[];
  readonly at: number;
  readonly outer: Place | null;
}

const DEVICE_POINTERS: Readonly<Record<string, (name: string) => string>> = {
  'struct device': (name) => name,
  'struct pci_dev': (name) => `&${name}->dev`,
  'struct platform_device': (name) => `&${name}->dev`,
};

/** How a message there would name a device; null when it has none. */
export function deviceAtHand(body: Body, place: Place): string | null {
  const parameters = new Set(body.fn.item.parameters.map(({ name }) => name));
  for (const [name, type] of body.reading.locals) {
    const shown = DEVICE_POINTERS[type.base];
    if (!shown || type.pointers !== 1 || type.isArray || isFoundMissing(name, place)) continue;
    if (parameters.has(name) || isSetBefore(name, place)) return shown(name);
  }
  return null;
}

/** Whether the place is reached because the pointer is none: `if (!dev)`. */
function isFoundMissing(name: string, { conditions }: Place): boolean {
  return conditions.some(
    (each) => each.kind === 'unary' && each.operator === '!' && isName(each.operand, name),
  );
}

/** Whether a local has a value wherever control comes from, and not the last of a walk that is over; a loop is taken to run. */
function isSetBefore(name: string, place: Place): boolean {
  if (place.conditions.some((each) => setsIn(each, name))) return true;
  for (let at: Place | null = place; at; at = at.outer) {
    if (at.block.slice(0, at.at).some((each) => sets(each, name))) return true;
    const around = at.outer?.block[at.outer.at];
    if (around?.kind === 'loop' && around.header.some((each) => names(each, name))) return true;
  }
  return false;
}

function sets(statement: Statement, name: string): boolean {
  switch (statement.kind) {
    case 'declaration':
      return statement.declarators.some(
        ({ name: declared, initial }) =>
          (declared === name && initial !== null && !isNull(initial)) ||
          (initial !== null && setsIn(initial, name)),
      );
    case 'expression':
      return setsIn(statement.expression, name);
    case 'compound':
      return statement.statements.some((each) => sets(each, name));
    case 'label':
      return statement.body !== null && sets(statement.body, name);
    case 'if': {
      const { condition, consequence, alternative } = statement;
      if (setsIn(condition, name)) return true;
      const isSet = (arm: Statement): boolean => sets(arm, name) || leaves(arm);
      return alternative !== null && isSet(consequence) && isSet(alternative);
    }
    default:
      return false;
  }
}

/** Whether an expression assigns the name, or hands out its address for somebody else to do it. */
function setsIn(expression: Expression, name: string): boolean {
  let isSet = false;
  walk(expression, (node) => {
    if (node.kind === 'assign') isSet ||= isName(node.target, name) && !isNull(node.value);
    if (node.kind === 'unary' && node.operator === '&') isSet ||= isName(node.operand, name);
  });
  return isSet;
}

function names(node: Expression | Statement, name: string): boolean {
  let isNamed = false;
  walk(node, (each) => {
    isNamed ||= each.kind === 'name' && each.name === name;
  });
  return isNamed;
}

function leaves(arm: Statement): boolean {
  const exit = exitOf(arm);
  return exit?.kind === 'return' || exit?.kind === 'goto';
}

function isName(node: Expression, name: string): boolean {
  return node.kind === 'name' && node.name === name;
}
