/**
 * A reviewer that finds what the text tells it to, to test everything around
 * the real one. In a line, `@rule` is a finding; `@reads(path)` a finding with
 * the first line of that file of the tree; `@related(path)` points there;
 * `@fix` can be deleted; `@scaffold` has C in its place, `@no-scaffold` none; `@crash` throws; `flow NAME` is
 * played in scenarios. A text that begins with `NONE` is
 * none of our business; one with `=40` is encoded, and decodes to `@`.
 */
import type { Finding, Region, Source } from '../../server/src/findings/index.js';
import type { OpenDocument } from '../../server/src/lsp/index.js';
import type {
  DocumentRange,
  InputPart,
  ReviewedDocument,
  ReviewOptions,
} from '../../server/src/review/index.js';

const MARK = /@([a-z][a-z-]*)(?:\(([^)]*)\))?/g;

export interface Call {
  readonly part: InputPart;
  readonly options: ReviewOptions;
}

/** The reviewer, and what it was called with. */
export function fakeReviewer(): { openDocument: OpenDocument; calls: Call[] } {
  const calls: Call[] = [];
  const openDocument: OpenDocument = (part, options) => {
    calls.push({ part, options });
    return review(part, options);
  };
  return { openDocument, calls };
}

function review(part: InputPart, options: ReviewOptions): ReviewedDocument {
  const text = String(part.content);
  if (text.includes('@crash')) throw new TypeError('fell over the text\nint secret_of_the_source;');
  const decoded = text.includes('=40') ? text.replaceAll('=40', '@') : null;
  const findings = findingsIn(decoded ?? text, part, options, decoded !== null);
  return {
    kind: text.startsWith('NONE') ? 'none' : /\.[ch]$/.test(part.path) ? 'c' : 'patch',
    reason: text.startsWith('NONE') ? 'It touches no kernel C.' : '',
    review: {
      inputs: [{ path: part.path, kind: 'c', status: 'ok', problems: [] }],
      findings,
      flows: [],
      stats: { files: 1, functions: 0, lowered: 0, runs: 0 },
      cancelled: options.isCancelled?.() ?? false,
    },
    rangeOf: (finding) =>
      finding.region ? rangeOf(finding.region) : wholeLine(text, finding.source.line - 1),
    rangeOfRegion: (region, source) => (region && source?.path === part.path ? rangeOf(region) : null),
    explanationOf: ({ related }) => related,
    hoverAt: (position) => {
      if (text.includes('hover-crash')) throw new Error('hover fell over');
      return { range: { start: position, end: position }, markdown: `**line ${position.line}**` };
    },
    lineShowing: (_batch, file, line) => (file === part.path ? line - 1 : null),
    scaffoldFor: ({ rule }) =>
      rule === 'scaffold'
        ? { name: 'toy-space.c', code: 'struct toy_space;\n' }
        : rule === 'no-scaffold'
          ? { why: 'nobody binds' }
          : null,
    allowanceFor: () => null,
    attachPlaces: () => attachPlacesIn(text),
    attachPlaceAt: ({ line }) => {
      const place = attachPlacesIn(text).find(({ range }) => range.start.line === line);
      return place ?? null;
    },
    nameAt: ({ line }) => {
      const [, name] = /(\w+)\(/.exec(text.split('\n')[line] ?? '') ?? [];
      return name ? { name, range: wholeLine(text, line) } : null;
    },
    symbols: () => [
      {
        name: '',
        kind: 'struct',
        detail: 'domain',
        range: wholeLine(text, 0),
        selection: wholeLine(text, 9),
        children: [
          {
            name: 'users',
            kind: 'field',
            detail: '',
            range: wholeLine(text, 0),
            selection: wholeLine(text, 0),
            children: [],
          },
        ],
      },
    ],
    decoded: () => (decoded === null ? null : { text: decoded, lineCount: decoded.split('\n').length }),
  };
}

/** `flow NAME` is a function that binds, `unflow NAME` one that unbinds. */
function attachPlacesIn(text: string) {
  return text.split('\n').flatMap((line, index) => {
    const [, kind, name = ''] = /^(flow|unflow) (\w+)/.exec(line) ?? [];
    const plays = kind === 'flow' ? ('bind' as const) : ('unbind' as const);
    return kind ? [{ batch: 0, function: name, plays, range: wholeLine(text, index), total: 2 }] : [];
  });
}

function findingsIn(text: string, part: InputPart, options: ReviewOptions, encoded: boolean): Finding[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(MARK)].flatMap((match) => {
      const [, rule = '', argument = ''] = match;
      const severity = options.severities?.get(rule) ?? 'warning';
      if (severity === 'off') return [];
      // As in an encoded mail: everything stands on the first raw line.
      const source: Source = {
        path: part.path,
        message: null,
        line: encoded ? 1 : index + 1,
        decodedLine: part.path.endsWith('.c') ? null : index + 1,
      };
      const region: Region = {
        file: part.treePath ?? part.path,
        line: index + 1,
        column: match.index + 1,
        endLine: index + 1,
        endColumn: match.index + 1 + match[0].length,
      };
      const read = rule === 'reads' ? (options.tree?.read(argument)?.split('\n', 1)[0] ?? 'nothing') : null;
      return [finding(rule, argument, severity, read, source, rule === 'mail' ? null : region)];
    }),
  );
}

function finding(
  rule: string,
  argument: string,
  severity: Finding['severity'],
  read: string | null,
  source: Source,
  region: Region | null,
): Finding {
  const elsewhere = { file: argument, line: 2, column: 1, endLine: 2, endColumn: 4 };
  return {
    rule,
    classes: ['refcount'],
    severity,
    confidence: rule === 'possible' ? 'possible' : 'certain',
    message: read === null ? `${rule} is wrong. It breaks. Do better.` : `read ${read}`,
    region,
    function: null,
    source,
    related:
      rule === 'related' && region
        ? [
            { region, source, message: 'here' },
            { region: elsewhere, source: null, message: 'there' },
          ]
        : [],
    assumptions: rule === 'possible' ? ['dev is not NULL'] : [],
    trace: null,
    fix: fixOf(rule, region, source),
    tags: rule === 'tagged' ? ['unnecessary', 'deprecated'] : [],
  };
}

function fixOf(rule: string, region: Region | null, source: Source): Finding['fix'] {
  if (region === null) return null;
  if (rule === 'fix') return { title: 'Remove it', edits: [{ region, source, text: '' }] };
  if (rule === 'fix-lines') return { title: 'Split it', edits: [{ region, source, text: 'a\nb' }] };
  if (rule === 'fix-elsewhere') return { title: 'Elsewhere', edits: [{ region, source: null, text: '' }] };
  return null;
}

function rangeOf({ line, column, endLine, endColumn }: Region): DocumentRange {
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}

function wholeLine(text: string, line: number): DocumentRange {
  return { start: { line, character: 0 }, end: { line, character: (text.split('\n')[line] ?? '').length } };
}
