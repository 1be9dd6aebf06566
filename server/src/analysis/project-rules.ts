/** A project's own rules, which are patterns over the tree of C, as rules like any other. */
import type { Program, Unit } from '../iommu/index.js';
import { type ProjectConfig, projectRuleDocs, type QueryRule } from '../project/index.js';
import type { Objection, Rule, RuleInput } from '../rules/index.js';
import { compileQuery, type Query, type QueryMatch } from '../syntax/index.js';

export function projectRules(config: ProjectConfig, program: Program): readonly Rule[] {
  const docs = projectRuleDocs(config);
  return config.rules.flatMap((rule, at): Rule[] => {
    const compiled = compileQuery(rule.query);
    if (!compiled.ok) return [];
    return [{ ...docs[at]!, check: (input) => objections(rule, compiled.query, program, input) }];
  });
}

function* objections(
  rule: QueryRule,
  query: Query,
  program: Program,
  { facts, isNew }: RuleInput,
): Iterable<Objection> {
  // Where nothing but runs is asked for, patterns have spoken already.
  if (facts.functions.length + facts.structs.length === 0) return;
  for (const unit of program.units) {
    const { path } = unit.image;
    const isMeant = rule.paths.length === 0 || rule.paths.some((each) => path.startsWith(each));
    for (const match of unit.isReviewed && isMeant ? query.matchesIn(unit.c) : []) {
      const place = match.captures.find(({ name }) => name === 'here') ?? match.captures[0];
      if (!place) continue;
      const { start, end } = place;
      const at = { unit, span: { start, end } };
      if (isNew(at))
        yield { at, function: functionAt(unit, start), message: worded(rule.message, match, unit) };
    }
  }
}

function functionAt({ c }: Unit, offset: number): string | null {
  const around = c.items.find(
    (item) =>
      item.start <= offset && offset < item.end && (item.kind === 'function' || item.kind === 'struct'),
  );
  return around?.name || null;
}

function worded(message: string, { captures }: QueryMatch, { image }: Unit): string {
  return message.replace(/\{(\w+)\}/g, (whole, wanted: string) => {
    const caught = captures.find(({ name }) => name === wanted);
    return caught ? image.text.slice(caught.start, caught.end).replace(/\s+/g, ' ') : whole;
  });
}
