/** The findings of two open versions of a series, held against each other. */
import { LineIndex } from '../../base/index.js';
import { compareFindings, type Told } from '../../compare/index.js';
import type { ComparedFinding, SeriesComparison } from '../../protocol/index.js';
import type { Reviewed } from '../reviewed.js';
import { seriesOf } from './series.js';

/** A document as it was reviewed, and its text. */
export interface Version {
  readonly text: string;
  readonly reviewed: Reviewed;
}

/** Null when one of the two is no patch. */
export async function comparison(later: Version, earlier: Version): Promise<SeriesComparison | null> {
  const [now, before] = [await toldOf(later), await toldOf(earlier)];
  if (!now || !before) return null;
  const { gone, fresh, still } = compareFindings(before, now);
  const shown = ({ reviewed }: Version, told: readonly Told[]): ComparedFinding[] =>
    told.flatMap(({ finding: { rule, severity, message, ...finding } }) => {
      const range = reviewed.document.rangeOf({ rule, severity, message, ...finding });
      return range ? [{ rule, severity, message, range }] : [];
    });
  return {
    gone: shown(earlier, gone),
    fresh: shown(later, fresh),
    still: shown(
      later,
      still.map((each) => each.now),
    ),
    isOver: [later, earlier].every(({ reviewed }) => reviewed.runs.state !== 'running'),
    remark: [later, earlier]
      .map(({ reviewed }) => reviewed.remark)
      .filter(Boolean)
      .join('\n'),
  };
}

async function toldOf({ text, reviewed }: Version): Promise<Told[] | null> {
  const series = await seriesOf(text, reviewed);
  if (!series) return null;
  const decoded = reviewed.document.decoded();
  const lines = new LineIndex(decoded?.text ?? text);
  return reviewed.findings.map((finding) => {
    const { line, decodedLine } = finding.source;
    const number = decoded ? decodedLine : line;
    return {
      finding,
      line: number === null || number > lines.lineCount ? null : lines.textOf(number - 1),
      title:
        series.patches.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine)?.title ??
        null,
    };
  });
}
