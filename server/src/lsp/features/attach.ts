/**
 * What came of the scenarios of a document: a part of hovers, a line above the
 * function that binds, and a page. What draws it needs the parser, without
 * which the server still has to start: it is loaded when there is something to
 * draw.
 */
import type { CodeLens } from 'vscode-languageserver/node';
import type { AttachProgress, AttachScenario } from '../../findings/index.js';
import {
  type AttachFlow,
  type AttachTrace,
  type AttachTraceParams,
  ClientCommand,
  type FlowScenario,
} from '../../protocol/index.js';
import type { AttachDrawing, AttachPlace } from '../../review/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';
import { driverLenses, driverScenarios, programmeWords } from './driver.js';

/** Under what else a hover says of one of those functions; null when nothing is run. */
export async function attachPart(
  place: AttachPlace,
  reviewed: Reviewed,
  client: ClientFacts,
): Promise<string | null> {
  const report = reportOf(place, reviewed);
  if (!report && reviewed.runs.state === 'off') return null;
  const { attachHover, attachHoverText } = await drawings();
  if (!client.markdownHover) return attachHoverText(place, report);
  return attachHover(place, report, drawingFor({ uri: reviewed.uri, batch: place.batch }, client));
}

/** Answers `textDocument/codeLens`. */
export async function attachLenses(reviewed: Reviewed, client: ClientFacts): Promise<CodeLens[]> {
  const { document, runs, uri } = reviewed;
  const ofDrivers = driverLenses(reviewed, client);
  if (runs.state === 'off' && runs.attach.length === 0) return ofDrivers;
  const { attachWords } = await drawings();
  const ofScenarios = document.attachPlaces().flatMap((place) => {
    if (place.plays !== 'bind' || !place.range) return [];
    const report = reportOf(place, reviewed);
    const start = place.range.start;
    const range = { start, end: start };
    if (!report?.isOver && runs.state === 'running')
      return [{ range, command: { title: 'Simulating attach flow…', command: '' } }];
    if (!report) return [];
    const title = `Simulate attach flow: ${attachWords(report)}`;
    // Where an editor has no panel, a page says the same.
    const known = [ClientCommand.openSimulator, ClientCommand.openAttachTrace].find((command) =>
      client.options.commands?.includes(command),
    );
    const command = known ? { title, command: known, arguments: [uri, place.batch] } : { title, command: '' };
    return [{ range, command }];
  });
  return [...ofScenarios, ...ofDrivers];
}

/** Answers the request for the runs; null when nothing is known. */
export async function attachFlow(
  { batch }: AttachTraceParams,
  { document, runs, version }: Reviewed,
): Promise<AttachFlow | null> {
  const place = document.attachPlaces().find((each) => each.batch === batch && each.plays === 'bind');
  const report = (place && runs.attach[batch]) ?? null;
  const drivers = runs.drivers[batch] ?? [];
  const name = place && report ? place.function : drivers[0]?.function;
  if (name === undefined) return null;
  const { attachWords } = await drawings();
  const words = [
    ...(report ? [attachWords(report)] : []),
    ...(drivers.length > 0 ? [`On two instances: ${programmeWords(drivers)}`] : []),
  ];
  return {
    function: name,
    words: words.join('; '),
    isOver: report?.isOver !== false && (drivers.length === 0 || runs.state !== 'running'),
    version,
    scenarios: [...(report?.scenarios ?? []).map(flowScenario), ...driverScenarios(drivers)],
  };
}

function flowScenario(each: AttachScenario): FlowScenario {
  return {
    ...{ id: each.id, story: each.story, verdict: each.verdict, explored: each.explored },
    ...{ runs: each.runs, why: each.why, breach: breachOf(each) },
  };
}

function breachOf({ breach }: AttachScenario): FlowScenario['breach'] {
  if (!breach) return null;
  const { title, confidence, trace, function: name, message } = breach;
  return {
    ...{ title, isCertain: confidence === 'certain', message: `${name}(): ${message}` },
    ...{ tape: trace.tape, scenario: trace.scenario },
  };
}

/** Answers the request for the page; null when nothing is known. */
export async function attachTrace(
  { batch }: AttachTraceParams,
  reviewed: Reviewed,
): Promise<AttachTrace | null> {
  const { attachPage } = await drawings();
  const place = reviewed.document.attachPlaces().find((each) => each.batch === batch);
  const report = reviewed.runs.attach[batch] ?? null;
  return place && report
    ? { markdown: attachPage(place.function, report, { picture: asPicture, link: null }) }
    : null;
}

const drawings = () => import('../../review/index.js');

function reportOf({ batch }: AttachPlace, { runs }: Reviewed): AttachProgress | null {
  return runs.attach[batch] ?? null;
}

/** An editor that does not know our command may well show a picture as the text that it is made of. */
function drawingFor(of: AttachTraceParams, { options }: ClientFacts): AttachDrawing {
  if (!options.commands?.includes(ClientCommand.openAttachTrace)) return { picture: null, link: null };
  const link = `command:${ClientCommand.openAttachTrace}?${asArguments([of.uri, of.batch])}`;
  return { picture: asPicture, link };
}

/** A bracket would end the link. */
function asArguments(values: readonly unknown[]): string {
  return encodeURIComponent(JSON.stringify(values)).replace(
    /[()]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
}

function asPicture(svg: string, words: string): string {
  const text = words.replace(/[[\]\\<>`*_]/g, ' ');
  return `![${text}](data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')})`;
}
