/**
 * The code as it was before a patch: what a rule objects to there already, and
 * the patch has only moved or indented anew, is not the patch's doing. Read no
 * sooner than a patch adds a line that it takes out elsewhere.
 */
import { designFacts, Program, treeFacts } from '../iommu/index.js';
import { NO_SERIES, type Objection, type Rule } from '../rules/index.js';
import type { Context } from './code-facts.js';
import type { Locator } from './locate.js';
import { functionAt } from './patch-lines.js';

export class BeforePatch {
  private program: Program | null = null;
  private readonly known = new Map<Rule, ReadonlySet<string>>();

  constructor(
    private readonly context: Context,
    private readonly locator: Locator,
  ) {}

  /** Whether the rule said the same before, of lines that the patch takes out and puts back. What runs show is told by runs. */
  had(rule: Rule, objection: Objection): boolean {
    if (objection.trace || !this.locator.isPutBack(objection.at)) return false;
    let before = this.known.get(rule);
    if (!before) {
      before = new Set(this.objections(rule).map(keyOf));
      this.known.set(rule, before);
    }
    return before.has(keyOf(objection));
  }

  private objections(rule: Rule): Objection[] {
    this.program ??= new Program(this.context.before());
    const { program } = this;
    const around = { tree: this.context.around.before, before: null };
    const objections = rule.check({
      ...{
        facts: designFacts(program),
        tree: treeFacts(program, around),
        series: NO_SERIES,
        project: this.context.project,
      },
      ...{ breaches: [], allowances: [], scope: 'all', spotOf: () => null, functionAt },
      ...{ isFresh: () => true, isShown: () => true },
      isNew: () => true,
      isPatch: () => true,
    });
    return [...objections].filter((each): each is Objection => 'unit' in each.at);
  }
}

/** What is told of whom, whatever the line. */
function keyOf({ function: name, message }: Objection): string {
  return `${name ?? ''}\0${message.replace(/\d+/g, '#')}`;
}
