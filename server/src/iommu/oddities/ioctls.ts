/** What an ioctl answers to a command that it does not know. */
import type { Expression, Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { assignmentsIn, errnoIn, exitOf, statementsOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const IOCTLS: OddityReader = { own: [unknownCommands] };

/** `default: return -EINVAL;` of a switch over the command of a file's ioctl. */
function unknownCommands(body: Body): OddityFact[] {
  const command = commandOf(body);
  if (command === null) return [];
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'switch' || node.subject.kind !== 'name' || node.subject.name !== command) return [];
    const cases = node.body.kind === 'compound' ? node.body.statements : [];
    const others = cases.find((each) => each.kind === 'case' && each.value === null);
    const told =
      others?.kind === 'case' ? answerOf(body, others.body, node.start) : initialAnswer(body, node.start);
    return told && errnoIn(told) === 'EINVAL'
      ? [
          oddity('unknown-command', body.spot(told), command, {
            instead: body.text(told).replace('EINVAL', 'ENOTTY'),
          }),
        ]
      : [];
  });
}

/** The command of a function that is made to be a file's ioctl: told by its parameters. */
function commandOf({ fn }: Body): string | null {
  const [file, command, argument, ...more] = fn.item.parameters;
  if (!file || !command || !argument || more.length > 0) return null;
  const isFile = file.type.base === 'struct file' && file.type.pointers === 1;
  const isCommand = /^(?:unsigned int|unsigned|u32)$/.test(command.type.base) && command.type.pointers === 0;
  return isFile && isCommand && argument.type.base === 'unsigned long' ? command.name : null;
}

/** What the statements of the default case give. */
function answerOf(body: Body, statements: readonly Statement[], before: number): Expression | null {
  const all = statements.flatMap((each) => statementsOf(each));
  // A default that asks further knows of more commands.
  if (all.some(({ kind }) => kind === 'if' || kind === 'switch' || kind === 'loop')) return null;
  const left = all.map((each) => exitOf(each)).find((each) => each !== null);
  if (left?.kind === 'return') return left.value;
  const result = resultOf(body);
  const set = all
    .flatMap((each) => (each.kind === 'expression' ? [each.expression] : []))
    .find((each) => each.kind === 'assign' && body.values.plain(each.target) === result);
  return set?.kind === 'assign' ? set.value : initialAnswer(body, before);
}

/** What the variable that is returned last got before the switch, if that is told. */
function initialAnswer(body: Body, before: number): Expression | null {
  const result = resultOf(body);
  const last = assignmentsIn(body).findLast(({ target, at }) => target === result && at.end <= before);
  return last?.value ?? null;
}

function resultOf(body: Body): string | null {
  const last = body.flow.returns.at(-1)?.value;
  return last?.kind === 'name' ? last.name : null;
}
