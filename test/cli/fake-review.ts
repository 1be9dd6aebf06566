/**
 * Stands in for the real review, so that these tests speak of the command
 * line alone: whatever line says ERROR, WARNING, NOTE or HINT is objected to.
 */
import type { Finding, RuleDoc, Severity } from '../../server/src/findings/index.js';
import type {
  InputKind,
  InputPart,
  InputReport,
  Review,
  ReviewInput,
  ReviewOptions,
} from '../../server/src/review/index.js';

const WORDS: Readonly<Record<string, Severity>> = {
  ERROR: 'error',
  WARNING: 'warning',
  NOTE: 'info',
  HINT: 'hint',
};

export const fakeRules: readonly RuleDoc[] = [
  rule('loud-word', 'warning', 'A line shouts.'),
  rule('buried-refcount', 'error', 'A reference count hangs off the object it does not count.'),
];

function rule(id: string, severity: Severity, summary: string): RuleDoc {
  return {
    id,
    severity,
    summary,
    classes: ['misleading-name'],
    confidence: 'certain',
    since: '0.1.0',
    why: 'Readers take capitals for macros, and look for a definition that is not there.',
    remedy: 'Write it in lower case.',
    source: 'Documentation/process/coding-style.rst',
    bad: [{ title: 'a loud variable', code: '\nint WARNING;\n//  ^^^^^^^ loud-word: shouts\n' }],
    good: [{ title: 'a quiet one', code: '\nint warning;\n' }],
  };
}

/** Every call of the review: what it was given. */
export interface Call {
  readonly inputs: readonly ReviewInput[];
  readonly options: ReviewOptions;
}

export function fakeReview(calls: Call[] = []) {
  return (inputs: readonly ReviewInput[], options: ReviewOptions): Review => {
    calls.push({ inputs, options });
    const findings = inputs.flatMap((input) => input.parts.flatMap(findingsIn));
    return {
      inputs: inputs.map(report),
      findings: findings.flatMap((finding) => {
        const severity = options.severities?.get(finding.rule) ?? finding.severity;
        return severity === 'off' ? [] : [{ ...finding, severity }];
      }),
      flows: [],
      stats: { files: inputs.flatMap(({ parts }) => parts).length, functions: 2, lowered: 2, runs: 0 },
      cancelled: false,
    };
  };
}

function textOf({ content }: InputPart): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
}

const isPatch = (text: string) => /^(?:From |diff )/m.test(text);

function report({ path, parts, kind }: ReviewInput): InputReport {
  const texts = parts.map(textOf);
  if (texts.some((text) => text.includes('CRASH'))) throw new Error('the reviewer stumbled');
  const told: InputKind = kind ?? (isPatch(texts.join('\n')) ? (parts.length > 1 ? 'series' : 'patch') : 'c');
  if (texts.every((text) => text === ''))
    return { path, kind: told, status: 'failed', problems: [`${path}:1: nothing in it`] };
  const broken = texts.some((text) => text.includes('BROKEN HUNK'));
  return {
    path,
    kind: told,
    status: broken ? 'partial' : 'ok',
    problems: broken ? [`${path}:7: hunk 1 of drivers/iommu/iommu.c does not apply`] : [],
  };
}

function findingsIn(part: InputPart): Finding[] {
  const text = textOf(part);
  const patch = isPatch(text);
  let file = part.treePath ?? part.path;
  let line = 0;
  return text.split('\n').flatMap((raw, index) => {
    const header = /^\+\+\+ b\/(\S+)/.exec(raw);
    if (header) file = header[1]!;
    line = Number(/^@@ -\S+ \+(\d+)/.exec(raw)?.[1] ?? line + 1) - (raw.startsWith('@@') ? 1 : 0);
    const word = /\b(ERROR|WARNING|NOTE|HINT)\b/.exec(raw)?.[0];
    if (!word) return [];
    const isMail = patch && /^Subject:/.test(raw);
    const at = raw.indexOf(word) - (patch ? 1 : 0);
    const region = {
      file,
      line: patch ? line : index + 1,
      column: at + 1,
      endLine: patch ? line : index + 1,
      endColumn: at + 1 + word.length,
    };
    return [
      {
        rule: 'loud-word',
        classes: ['misleading-name'],
        severity: WORDS[word]!,
        confidence: 'possible',
        message: `\`${word}\` shouts at whoever reads line ${index + 1}; write it in lower case`,
        region: isMail ? null : region,
        function: isMail ? null : 'attach',
        source: {
          path: part.path,
          message: patch ? '<1@example.org>' : null,
          line: index + 1,
          decodedLine: patch ? index + 1 : null,
        },
        related: isMail ? [] : [{ region: { ...region, line: 1 }, source: null, message: 'declared here' }],
        assumptions: isMail ? [] : ['nobody is deaf'],
        trace: null,
        fix: isMail
          ? null
          : { title: 'Write it in lower case', edits: [{ region, source: null, text: word.toLowerCase() }] },
        tags: [],
      } satisfies Finding,
    ];
  });
}
