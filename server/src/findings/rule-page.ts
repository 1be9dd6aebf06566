/**
 * A rule's own words as Markdown: the page under docs/rules/, the help of
 * SARIF, and what an editor shows when asked why.
 */
import type { FormDoc, RuleDoc, RuleExample } from './rule-doc.js';

/** What an editor or a SARIF viewer shows: why, and what to do instead, without heading and examples. */
export function ruleHelpMarkdown(rule: RuleDoc): string {
  return `${rule.summary}\n\n**Why.** ${rule.why}\n\n**Instead.** ${rule.remedy}\n\n**Source.** ${rule.source}\n`;
}

/** The same without any markup. */
export function ruleHelpText(rule: RuleDoc): string {
  return `${rule.summary}\n\nWhy: ${rule.why}\n\nInstead: ${rule.remedy}\n\nSource: ${rule.source}\n`;
}

function formerNames({ formerly = [] }: RuleDoc): string {
  return formerly.length > 0 ? `, formerly ${formerly.map((id) => `\`${id}\``).join(', ')}` : '';
}

/** The whole page. */
export function rulePage(rule: RuleDoc): string {
  const facts = [
    `| severity | ${rule.severity} |`,
    `| confidence | ${rule.confidence} |`,
    `| classes | ${rule.classes.map((name) => `\`${name}\``).join(', ')} |`,
    `| since | ${rule.since}${formerNames(rule)} |`,
  ];
  return [
    `# ${rule.id}`,
    rule.summary,
    ['| | |', '|---|---|', ...facts].join('\n'),
    `## Why\n\n${rule.why}`,
    `## What to do instead\n\n${rule.remedy}`,
    `## Where the kernel says so\n\n${rule.source}`,
    ...forms(rule.forms ?? []),
    ...examples('Objected to', rule.bad),
    ...examples('Fine', rule.good),
    `## Allowing it\n\nIn the code, on the line, above it, or above the function for all of it: \`/* iommu-review: allow ${rule.id} -- why it is fine */\`. Everywhere, on the command line: \`--severity ${rule.id}=off\`; in an editor: \`"iommuReview.severity": { "${rule.id}": "off" }\`; in a project: \`"severity": { "${rule.id}": "off" }\` in \`.iommu-review.json\`.`,
  ]
    .join('\n\n')
    .concat('\n');
}

function forms(list: readonly FormDoc[]): string[] {
  if (list.length === 0) return [];
  return [
    '## Its forms',
    list
      .map(
        ({ of, why, instead, severity, confidence }) =>
          `- **${of}** (${severity}, ${confidence}) ${why} ${instead}`,
      )
      .join('\n'),
  ];
}

function examples(heading: string, list: readonly RuleExample[]): string[] {
  if (list.length === 0) return [];
  return [
    `## ${heading}`,
    ...list.map(
      ({ title, code, project, form }) =>
        `${title.charAt(0).toUpperCase()}${title.slice(1)}${project === undefined ? '' : `, where \`.iommu-review.json\` says \`${project}\``}:\n\n\`\`\`${form ? 'diff' : 'c'}\n${code.replace(/^\n+|\s+$/g, '')}\n\`\`\``,
    ),
  ];
}
