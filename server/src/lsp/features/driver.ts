/** What came of a driver's operations on two hardware instances: a part of hovers over their names, a line above them, and scenarios of the panel. */
import type { CodeLens, Position } from 'vscode-languageserver/node';
import { type DriverProgress, driverStory, TWO_INSTANCES } from '../../findings/index.js';
import { ClientCommand, type FlowScenario } from '../../protocol/index.js';
import type { DocumentRange } from '../../review/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';

/** Null where the pointer is on no such name, or nothing came of it yet. */
export async function driverPart(
  position: Position,
  { document, runs }: Reviewed,
  client: ClientFacts,
): Promise<{ readonly words: string; readonly range: DocumentRange } | null> {
  // Without the parser there is nothing to ask, and nothing that came of it.
  const all = runs.drivers.flat();
  if (all.length === 0) return null;
  const at = document.nameAt(position);
  const found = at && all.filter((each) => each.function === at.name);
  if (!at || !found || found.length === 0) return null;
  const { driverHover, driverHoverText } = await import('../../review/index.js');
  const words = found.map(client.markdownHover ? driverHover : driverHoverText).join('\n\n');
  return { words, range: at.range };
}

/** A line above each operation that was played. */
export function driverLenses({ document, runs, uri }: Reviewed, client: ClientFacts): CodeLens[] {
  const { openSimulator } = ClientCommand;
  const isKnown = client.options.commands?.includes(openSimulator) ?? false;
  return runs.drivers.flatMap((drivers, batch) =>
    drivers.flatMap((each): CodeLens[] => {
      const line = each.line === null ? null : document.lineShowing(batch, each.file, each.line);
      if (line === null || each.rows.length === 0) return [];
      const start = { line, character: 0 };
      const title = `Play on two instances: ${programmeWords([each])}`;
      const command = isKnown
        ? { title, command: openSimulator, arguments: [uri, batch, each.function] }
        : { title, command: '' };
      return [{ range: { start, end: start }, command }];
    }),
  );
}

/** The programmes of the operations in a batch. */
export function driverScenarios(drivers: readonly DriverProgress[]): FlowScenario[] {
  return drivers.flatMap(({ function: name, file, rows }) =>
    rows.map(({ programme, story, wanted, verdict, what, runs, tape, breach }): FlowScenario => {
      const id = `${TWO_INSTANCES}/${programme}`;
      return {
        ...{ id, operation: { function: name, file }, tape, story: driverStory({ story, wanted }) },
        ...{ verdict, explored: 'to-bound', runs, why: what },
        breach: breach && {
          ...{ title: breach.title, isCertain: breach.confidence === 'certain' },
          ...{ message: `${name}(): ${breach.message}`, tape, scenario: id },
        },
      };
    }),
  );
}

/** `7 programmes, 2 fail`, of one operation or several. */
export function programmeWords(drivers: readonly DriverProgress[]): string {
  const rows = drivers.flatMap((each) => each.rows);
  const failing = rows.filter(({ verdict }) => verdict === 'violated').length;
  const many = `${rows.length} ${rows.length === 1 ? 'programme' : 'programmes'}`;
  return `${many}, ${failing === 0 ? 'none fails' : failing === 1 ? '1 fails' : `${failing} fail`}`;
}
