/** `rules`: what is looked for. */
import { wrapText } from '../findings/index.js';
import type { RulesCommand } from './arguments.js';
import { type Dependencies, FINE, type Io } from './io.js';
import { projectOf } from './project.js';
import { paintFor, textWidth } from './style.js';

export async function listRules(command: RulesCommand, io: Io, dependencies: Dependencies): Promise<number> {
  const { rules } = await projectOf({}, io, await dependencies.rules());
  if (command.format === 'json') {
    const list = rules.map(({ id, classes, severity, confidence, since, summary }) => ({
      id,
      classes,
      severity,
      confidence,
      since,
      summary,
    }));
    await io.write(`${JSON.stringify(list, null, 2)}\n`);
    return FINE;
  }
  const paint = paintFor(io);
  const lines = rules.flatMap(({ id, severity, summary }) => [
    `${paint(severity, severity.padEnd(8))} ${paint('place', id)}`,
    ...wrapText(summary, textWidth(io) - 9).map((line) => `${' '.repeat(9)}${line}`),
  ]);
  await io.write(lines.map((line) => `${line}\n`).join(''));
  return FINE;
}
