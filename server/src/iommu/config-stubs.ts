/** Whether a function that headers declare is there under every configuration. */
import { type Arm, armsAt } from '../syntax/index.js';
import type { StubFact } from './facts.js';
import type { Program } from './program.js';

const OPTION = /\bCONFIG_\w+\b/;

/** Null when no header at hand declares it, or is seen in pieces, and its conditions with it. */
export function stubOf(name: string, program: Program): StubFact | null {
  const declared = program
    .functionsNamed(name)
    .filter(({ unit }) => unit.image.path.endsWith('.h') && unit.image.basis !== 'hunks');
  const arms = declared.map(({ unit, item }) => ({
    spot: { unit, span: item.nameSpan },
    arm: optionArmOf(armsAt(unit.image.text, item.start)),
  }));
  const [first] = arms;
  if (!first) return null;
  const plain = arms.find(({ arm }) => arm === null);
  if (plain) return { state: 'unconditional', option: null, declared: plain.spot };
  const option = OPTION.exec(first.arm!.condition)?.[0] ?? null;
  const sides = new Set(arms.map(({ arm }) => isOn(arm!)));
  return { state: sides.size > 1 ? 'stubbed' : 'missing', option, declared: first.spot };
}

/** The innermost arm that an option decides; of an `#else`, with the condition that it is the other side of. */
function optionArmOf(arms: readonly Arm[]): (Arm & { readonly isElse: boolean }) | null {
  for (const arm of [...arms].reverse()) {
    if (OPTION.test(arm.condition)) return { ...arm, isElse: false };
    const before = arm.name === 'else' ? arm.before : null;
    if (before && OPTION.test(before.condition)) return { ...before, isElse: true };
  }
  return null;
}

function isOn({ name, condition, isElse }: Arm & { readonly isElse: boolean }): boolean {
  const isNegated = name.endsWith('ndef') || /^!\s*(?:IS_ENABLED|IS_REACHABLE|defined)\b/.test(condition);
  return isNegated === isElse;
}
