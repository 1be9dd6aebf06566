/**
 * Hints beside the code along one run that fails: what each line does to
 * counts, locks and objects. The run is the one that the user looks at, else
 * that of the first scenario that fails, else what shows a finding.
 */
import {
  type Connection,
  type InlayHint,
  InlayHintRefreshRequest,
  type Range,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  ALONE,
  type AttachScenario,
  firstFailing,
  type ScenarioRun,
  type Trace,
  type TraceHint,
  type TraceStep,
  traceHints,
} from '../../findings/index.js';
import type { AttachTraceParams } from '../../protocol/index.js';
import { type ClientFacts, clientFacts } from '../client-facts.js';
import type { Log } from '../log.js';
import type { Reviewed } from '../reviewed.js';

/** As much as stands beside a line of code; the hover of the hint has the rest. */
const LONGEST = 90;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

type LineOf = (step: TraceStep) => number | null;

/** A run, what it shows, and where its steps stand. */
interface Shown {
  readonly trace: Trace;
  readonly title: string;
  readonly lineOf: LineOf;
}

/** The run of a version of the document. */
interface Looked {
  readonly version: number;
  readonly run: ScenarioRun;
}

export class InlayHints {
  private client: ClientFacts = clientFacts({});
  /** Runs that the user looks at, by document and batch. */
  private readonly looked = new Map<string, Map<number, Looked>>();
  /** Documents that were asked for while hints are on. */
  private readonly asked = new Set<string>();
  private refreshed: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: Connection,
    private readonly log: Log,
  ) {}

  initialize(client: ClientFacts): void {
    this.client = client;
  }

  /** Answers `textDocument/inlayHint`. */
  of(reviewed: Reviewed, text: TextDocument, range: Range): InlayHint[] {
    this.asked.add(reviewed.uri);
    const codeOn = (line: number): string =>
      text.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).trimEnd();
    const isEncoded = reviewed.document.decoded() !== null;
    const taken = new Set<number>();
    const hints: InlayHint[] = [];
    for (const { trace, title, lineOf } of this.runs(reviewed)) {
      const those = traceHints(trace, lineOf, codeOn);
      // A line tells of one run: what two of them do there would read as one.
      if (those.some(({ line }) => taken.has(line))) continue;
      for (const hint of those) {
        taken.add(hint.line);
        // One line of base64 is several of code; quoted-printable can be read in its place.
        if (isEncoded && BASE64.test(codeOn(hint.line))) continue;
        if (range.start.line <= hint.line && hint.line <= range.end.line)
          hints.push(asHint(hint, title, codeOn(hint.line).length));
      }
    }
    return hints.sort((one, other) => one.position.line - other.position.line);
  }

  /** The user looks at another run of the document as it stands. */
  chosen({ uri, batch }: AttachTraceParams, version: number, run: ScenarioRun): void {
    const looked = this.looked.get(uri) ?? new Map<number, Looked>();
    this.looked.set(uri, looked.set(batch, { version, run }));
    this.changed(uri);
  }

  /** Other runs fail in a document than before. */
  changed(uri: string): void {
    if (this.asked.has(uri)) this.refresh();
  }

  closed(uri: string): void {
    this.looked.delete(uri);
    this.asked.delete(uri);
  }

  /** The editor asks again. */
  refresh(): void {
    if (!this.client.refreshesHints) return;
    const ask = (): Promise<void> => this.connection.sendRequest(InlayHintRefreshRequest.type);
    this.refreshed = this.refreshed.then(ask).catch((error) => this.log.failure('inlay hints', error));
  }

  private runs({ uri, version, document, findings, runs }: Reviewed): Shown[] {
    const played = runs.attach.flatMap((report, batch): Shown[] => {
      const looked = this.looked.get(uri)?.get(batch);
      const shown =
        looked?.version === version ? runLookedAt(looked.run) : firstRunOf(report?.scenarios ?? []);
      const lineOf: LineOf = ({ file, line }) =>
        line === null ? null : document.lineShowing(batch, file, line);
      return shown ? [{ ...shown, lineOf }] : [];
    });
    const alone = findings.flatMap((finding): Shown[] => {
      const { trace, message } = finding;
      if (trace?.scenario !== ALONE) return [];
      const lineOf: LineOf = ({ file, line }) =>
        line === null ? null : document.lineOfStep(finding, file, line);
      return [{ trace, title: message, lineOf }];
    });
    return [...played, ...alone];
  }
}

function runLookedAt({ scenario, breach, trace }: ScenarioRun): Omit<Shown, 'lineOf'> {
  return { trace, title: `Scenario ${scenario}: ${breach?.message ?? 'nothing breaks in this run'}` };
}

function firstRunOf(scenarios: readonly AttachScenario[]): Omit<Shown, 'lineOf'> | null {
  const scenario = firstFailing(scenarios);
  if (!scenario?.breach) return null;
  const { trace, message, function: name } = scenario.breach;
  return { trace, title: `Scenario ${scenario.id}: ${name}(): ${message}` };
}

/** At the end of its line. Text of the patch stays text: neither part is markup. */
function asHint({ line, words, steps }: TraceHint, title: string, character: number): InlayHint {
  const label = words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
  return {
    position: { line, character },
    label,
    tooltip: [title, '', ...steps].join('\n'),
    paddingLeft: true,
  };
}
