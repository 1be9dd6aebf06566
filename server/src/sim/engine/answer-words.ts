/** The answers to a question of a run, as whoever chooses among them reads them. */
import { errnoName, PRIMITIVES, type Primitive } from '../kernel/index.js';
import type { Choice } from './choices.js';

/** `kzalloc() fails: NULL`, `device runs here`; the first is the plainest. */
export function answerWords({ kind, meanings, site, isFree }: Choice): string[] {
  switch (kind) {
    case 'schedule':
      // Who stands first goes on, unless nobody was running.
      return meanings.map((task, at) => (at === 0 && !isFree ? `${task} goes on` : `${task} runs here`));
    case 'fault':
      return [meanings[0] ?? '', ...meanings.slice(1).map(failureWords)].map((words) =>
        words.replace(/^simulated_\w+\(\)/, `the hardware's part in ${site?.name ?? 'it'}()`),
      );
    default:
      return [...meanings];
  }
}

function failureWords(meaning: string): string {
  const [, name = ''] = /^(\w+)\(\) fails$/.exec(meaning) ?? [];
  const failure = PRIMITIVES.get(name)?.failure;
  return failure ? `${meaning}: ${given(failure)}` : meaning;
}

/** What the call gives when it fails. */
function given({ gives, errno }: NonNullable<Primitive['failure']>): string {
  switch (gives) {
    case 'null':
      return 'NULL';
    case 'false':
      return 'false';
    case 'nonzero':
      return 'a number that is not 0';
    case 'errno':
      return `-${errnoName(errno)}`;
    default:
      return `ERR_PTR(-${errnoName(errno)})`;
  }
}
