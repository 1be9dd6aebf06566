/** `explain`: a rule in its own words, with C that it objects to and C that it does not. */
import { idsOf, type RuleDoc, type RuleExample, wrapText } from '../findings/index.js';
import type { Paint } from '../review/index.js';
import type { ExplainCommand } from './arguments.js';
import { type Dependencies, FINE, type Io } from './io.js';
import { projectOf } from './project.js';
import { paintFor, textWidth } from './style.js';
import { nearest, UsageError } from './usage-error.js';

export async function explain(command: ExplainCommand, io: Io, dependencies: Dependencies): Promise<number> {
  const { rules } = await projectOf({}, io, await dependencies.rules());
  const rule = rules.find((each) => idsOf(each).includes(command.rule));
  if (!rule) throw unknownRule(command.rule, rules);
  await io.write(
    command.format === 'json'
      ? `${JSON.stringify(rule, null, 2)}\n`
      : explanation(rule, paintFor(io), textWidth(io)),
  );
  return FINE;
}

export function unknownRule(id: string, rules: readonly RuleDoc[]): UsageError {
  const ids = rules.map((rule) => rule.id);
  const meant = nearest(id, ids) ?? ids.find((other) => id !== '' && other.includes(id));
  return new UsageError(
    `no rule '${id}'`,
    meant ? `Did you mean '${meant}'?` : "'iommu-review rules' lists them all.",
  );
}

function explanation(rule: RuleDoc, paint: Paint, width: number): string {
  const section = (heading: string, text: string) => [
    '',
    paint('heading', heading),
    ...wrapText(text, width - 2).map((line) => (line ? `  ${line}` : '')),
  ];
  const example = (verdict: string, { title, code, project }: RuleExample) => [
    '',
    paint('heading', `${verdict}: ${title}`),
    ...(project === undefined ? [] : [`  where .iommu-review.json says ${project}`]),
    ...code
      .replace(/^\n+|\s+$/g, '')
      .split('\n')
      .map((line) => (line ? `  ${line}` : '')),
  ];
  const lines = [
    `${paint('place', rule.id)}: ${paint(rule.severity, rule.severity)}, ${rule.confidence}, since ${rule.since}`,
    paint('quiet', rule.classes.join(', ')),
    '',
    ...wrapText(rule.summary, width),
    ...section('Why', rule.why),
    ...section('Instead', rule.remedy),
    ...section('Where the kernel says so', rule.source),
    ...rule.bad.flatMap((bad) => example('Objected to', bad)),
    ...rule.good.flatMap((good) => example('Fine', good)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
