/** Scenarios on code under review, for people: a table of them, and under it how what broke came to be. */
import {
  type AttachReport,
  printable,
  type ScenarioBreach,
  type ScenarioReport,
  type ScenarioVerdict,
  type Trace,
  traceLines,
} from '../../findings/index.js';
import { attachTitle, boundOf, breachEntry, toldScenarios, untoldScenario } from './attach-summary.js';
import { exploredWords, SIGNS } from './cell-summary.js';
import { breachTitle } from './flow-summary.js';
import { type FlowContext, placeIn } from './flow-text.js';
import { TextLines, type TextStyle } from './text-lines.js';

const INDENT = 4;

/** Ending in a newline. */
export function attachText(report: AttachReport, context: FlowContext & TextStyle): string {
  const writer = new Writer(context);
  writer.inked('heading', attachTitle(report));
  const told = toldScenarios(report, context.isNarrowed);
  if (report.scenarios.length > 0) writer.table(report.scenarios, told);
  for (const each of told) {
    writer.blank();
    if (report.scenarios.length > 1 || each.replayed) writer.name(each);
    writer.told(each, context);
  }
  const other = untoldScenario(report, context.isNarrowed);
  if (other) {
    writer.blank();
    writer.line(`Another one step by step: ${context.playOf(other.scenario.id)}`);
  }
  return writer.text();
}

class Writer extends TextLines {
  /** Variants of a row have one story, which is told once; a single scenario that is told below, there alone. */
  table(scenarios: readonly ScenarioReport[], told: readonly ScenarioReport[]): void {
    const verdicts = scenarios.map(({ scenario }) => wordsOf(scenario));
    const widthOf = (words: readonly string[]): number => Math.max(...words.map(({ length }) => length));
    const widths = {
      verdict: widthOf(verdicts),
      id: widthOf(scenarios.map(({ scenario }) => scenario.id)),
    };
    this.blank();
    for (const [at, each] of scenarios.entries()) {
      this.row(each.scenario, widths);
      if (scenarios.length === told.length && told.length === 1) return;
      if (each.story !== scenarios[at - 1]?.story) this.below(each.story);
      const bound = boundOf(each.scenario);
      if (bound !== null) this.below(bound);
      for (const breach of each.breaches) this.below(breachEntry(breach));
    }
  }

  private row(scenario: ScenarioVerdict, widths: { readonly verdict: number; readonly id: number }): void {
    const { verdict, id } = scenario;
    const ink = verdict === 'violated' ? 'error' : verdict === 'held' ? 'place' : 'warning';
    const sign = this.paint(ink, wordsOf(scenario).padEnd(widths.verdict));
    this.line(`${sign}  ${id.padEnd(widths.id)}  ${exploredWords(scenario)}`);
  }

  private below(text: string): void {
    this.wrapped(' '.repeat(INDENT), INDENT, printable(text), INDENT + 2);
  }

  name({ scenario, replayed }: ScenarioReport): void {
    this.inked('heading', replayed ? `${scenario.id}, run ${replayed.tape}` : scenario.id);
  }

  /** How what broke came to be, or what came of one run. */
  told({ story, breaches, shownBy, replayed }: ScenarioReport, context: FlowContext): void {
    this.closing(story);
    if (breaches.length === 0) this.closing('No rule broke.');
    for (const breach of breaches) {
      this.breach(breach);
      if (breach.trace && !replayed) this.steps(breach.trace, context);
    }
    if (shownBy !== null) this.remark('', `the run of ${shownBy} shows it`);
    if (replayed) this.steps(replayed, context);
  }

  private breach(breach: ScenarioBreach): void {
    const { file, line, region, source, severity, message, related, assumptions } = breach;
    const place = region
      ? placeIn(file, region, source)
      : printable(line === null ? file : `${file}:${line}`);
    const title = breachTitle(breach);
    const lead = `  ${this.paint('place', place)}: ${this.paint(severity, title)}: `;
    this.wrapped(lead, place.length + title.length + 6, printable(message), 6);
    for (const each of related)
      this.remark('', `${placeIn(each.region.file, each.region, each.source)}: ${each.message}`);
    for (const each of assumptions) this.remark('assuming ', each);
  }

  private steps(trace: Trace, context: FlowContext): void {
    for (const [index, line] of traceLines(trace).entries())
      this.line(`    ${trace.steps[index]!.isViolation ? this.paint('error', line) : line}`);
    this.unwrappedRemark('replay: ', context.replayOf({ scenario: trace.scenario }, trace.tape));
  }
}

/** `✓ held`. */
function wordsOf({ verdict }: ScenarioVerdict): string {
  return `${SIGNS[verdict]} ${verdict.replace('-', ' ')}`;
}
