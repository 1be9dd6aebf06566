/**
 * The order of messages. Mails of one series stand together, cover letter and
 * patches by number, each reply behind the mail it answers; versions of one
 * series follow one another; everything else stays where it stood.
 */
import { headerValue } from './headers.js';
import type { MessageSummary } from './message.js';

/** Mails of one version of one series, as indices into the box. */
interface Series {
  readonly version: number;
  readonly isResend: boolean;
  readonly members: number[];
}

/** The indices of the messages in series order. */
export function seriesOrder(messages: readonly MessageSummary[]): readonly number[] {
  const series = groupSeries(messages);
  const lineage = lineages(messages, series);
  const order = series.map((_, at) => at);
  order.sort(
    (one, other) =>
      lineage[one]! - lineage[other]! ||
      series[one]!.version - series[other]!.version ||
      Number(series[one]!.isResend) - Number(series[other]!.isResend) ||
      one - other,
  );
  return order.flatMap((at) => series[at]!.members.sort((one, other) => byNumber(messages, one, other)));
}

function byNumber(messages: readonly MessageSummary[], one: number, other: number): number {
  const [first, second] = [messages[one]!.subject, messages[other]!.subject];
  return (
    (first?.index ?? 0) - (second?.index ?? 0) ||
    Number(first?.isReply ?? false) - Number(second?.isReply ?? false) ||
    one - other
  );
}

/** Numbered mails of one thread, version and length; an unnumbered mail is a series of its own. */
function groupSeries(messages: readonly MessageSummary[]): readonly Series[] {
  const roots = threadRoots(messages);
  const sizes = new Map<string, number>();
  for (const root of roots) sizes.set(root, (sizes.get(root) ?? 0) + 1);
  const groups = new Map<string, Series>();
  const taken = new Set<string>();
  let apart = 0;
  messages.forEach(({ subject }, at) => {
    const isResend = subject?.tags.some((tag) => /^resen[dt]$/i.test(tag)) ?? false;
    const version = subject?.version ?? 1;
    let key = `alone ${at}`;
    if (subject !== null && subject.index !== null) {
      // Mails sent without threading are told apart by their numbers: a second 1/4 begins another series.
      const isThreaded = sizes.get(roots[at]!) !== 1 || ancestors(messages[at]!).length > 0;
      const root = isThreaded ? roots[at]! : 'none';
      const kind = `${root} ${version} ${subject.total} ${isResend}`;
      key = root === 'none' ? `${kind} ${apart}` : kind;
      if (root === 'none' && taken.has(`${key} ${subject.index}`)) key = `${kind} ${++apart}`;
      taken.add(`${key} ${subject.index}`);
    }
    const group = groups.get(key);
    if (group) group.members.push(at);
    else groups.set(key, { version, isResend, members: [at] });
  });
  return [...groups.values()];
}

/** For each message the id of the mail its thread began with, as far as the box or its headers tell. */
function threadRoots(messages: readonly MessageSummary[]): readonly string[] {
  const byId = new Map<string, number>();
  messages.forEach(({ messageId }, at) => {
    if (messageId !== null && !byId.has(messageId)) byId.set(messageId, at);
  });
  const roots: (string | undefined)[] = [];
  const rootOf = (start: number): string => {
    const path = new Set<number>();
    let at = start;
    let root: string | undefined;
    while (root === undefined) {
      path.add(at);
      const named = ancestors(messages[at]!);
      const parent = named.map((id) => byId.get(id)).find((index) => index !== undefined && !path.has(index));
      if (parent === undefined) root = named.at(-1) ?? messages[at]!.messageId ?? `none ${at}`;
      else root = roots[parent];
      at = parent ?? at;
    }
    for (const member of path) roots[member] = root;
    return root;
  };
  return messages.map((_, at) => roots[at] ?? rootOf(at));
}

/** Ids of the mails before this one in its thread, the nearest first. */
function ancestors({ headers }: MessageSummary): readonly string[] {
  const replied = headerValue(headers, 'In-Reply-To')?.match(/<[^<>\s]+>/g) ?? [];
  const references = headerValue(headers, 'References')?.match(/<[^<>\s]+>/g) ?? [];
  return [...replied.slice(0, 1), ...references.toReversed()];
}

/** For each series the place of the first series it continues: one that shares the title of a numbered mail. */
function lineages(messages: readonly MessageSummary[], series: readonly Series[]): readonly number[] {
  const byTitle = new Map<string, number>();
  return series.map(({ members }, at) => {
    const titles = members
      .map((member) => messages[member]!.subject)
      .filter((subject) => subject !== null && subject.index !== null && subject.title !== '')
      .map((subject) => subject!.title.toLowerCase());
    const place = titles.reduce((first, title) => Math.min(first, byTitle.get(title) ?? at), at);
    for (const title of titles) if (!byTitle.has(title)) byTitle.set(title, place);
    return place;
  });
}
