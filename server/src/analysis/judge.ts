/**
 * From the objections of rules to findings: which are of interest, which the
 * code itself allows, which the patch has only moved, how bad each is, and
 * where it stands in the input.
 */
import { type Finding, type Fix, presentIds, type Related, type Severity } from '../findings/index.js';
import type { Program, Spot } from '../iommu/index.js';
import type { HunkLine } from '../patch/index.js';
import {
  type AllowanceFact,
  type BreachFact,
  isBackport,
  type MailObjection,
  type Objection,
  type PatchFact,
  RULES,
  type Rule,
  type RuleInput,
} from '../rules/index.js';
import { Allowances } from './allowances.js';
import { BeforePatch } from './before-patch.js';
import { type CodeFacts, type Context, NO_CONTEXT, NO_FACTS } from './code-facts.js';
import type { Locator } from './locate.js';
import { functionAt, spotOfLine } from './patch-lines.js';
import { projectRules } from './project-rules.js';

export interface Judging {
  /** `changed`: only what a patch adds. */
  readonly scope: 'changed' | 'all';
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** What stands around the code, for rules that ask; left out, nothing does. */
  readonly context?: Context;
  /** Left out: all that come with the project. */
  readonly rules?: readonly Rule[];
}

/** The rule that speaks of comments when all others have spoken. */
const OF_ALLOWANCES = 'bad-allowance';

export class Judge {
  private readonly allowances: Allowances;
  private readonly before: BeforePatch;
  private readonly rules: readonly Rule[];
  /** What the user says wins over what the project says. */
  private readonly severities: Judging['severities'];

  constructor(
    private readonly program: Program,
    private readonly locator: Locator,
    private readonly options: Judging,
  ) {
    const { project } = options.context ?? NO_CONTEXT;
    this.rules = [...(options.rules ?? RULES), ...projectRules(project, program)];
    const ids = presentIds(this.rules);
    const severities = [...Object.entries(project.severity), ...options.severities];
    this.severities = new Map(severities.map(([id, severity]) => [ids.get(id) ?? id, severity]));
    this.allowances = new Allowances(program, ids);
    this.before = new BeforePatch(options.context ?? NO_CONTEXT, locator);
  }

  /** How many objections comments have allowed. */
  get allowed(): number {
    return this.allowances.count;
  }

  /** Whether the code has no comment that allows anything. */
  get hasNoAllowances(): boolean {
    return this.allowances.isEmpty;
  }

  /** What the rules make of facts and breaches. */
  findings(code: CodeFacts, breaches: readonly BreachFact[]): Finding[] {
    return this.rules.flatMap((rule) => {
      if (rule.id === OF_ALLOWANCES || this.isOff(rule.id)) return [];
      const objections = [...rule.check(this.input(code, breaches, this.options.scope))];
      return objections.flatMap((objection) => {
        if (!isInCode(objection)) return this.findingOf(rule, objection);
        if (this.isOnlyMoved(rule, objection) || this.allowances.allows(rule.id, objection.at)) return [];
        return this.findingOf(rule, objection);
      });
    });
  }

  /** What is wrong with the comments that allow objections. `isOver`: all that is to be run was run. */
  ofAllowances(code: CodeFacts, breaches: readonly BreachFact[], isOver: boolean): Finding[] {
    const rule = this.rules.find(({ id }) => id === OF_ALLOWANCES);
    if (!rule || this.allowances.isEmpty || this.isOff(rule.id)) return [];
    if (isOver && this.options.scope === 'changed') this.useOnOldCode(code, breaches);
    const known = new Set(this.rules.map(({ id }) => id));
    const problems = this.allowances.problems(
      known,
      (id) => isOver && id !== OF_ALLOWANCES && !this.isOff(id),
    );
    const input = { ...this.input(NO_FACTS, [], this.options.scope), allowances: problems };
    return [...rule.check(input)].flatMap((objection) =>
      isInCode(objection) && this.allowances.allows(rule.id, objection.at)
        ? []
        : this.findingOf(rule, objection),
    );
  }

  /** A comment that a patch adds may be about code that was there. */
  private useOnOldCode(code: CodeFacts, breaches: readonly BreachFact[]): void {
    const unused = this.allowances.unusedRules();
    for (const rule of this.rules.filter(({ id }) => unused.has(id)))
      for (const objection of rule.check(this.input(code, breaches, 'all')))
        if (isInCode(objection)) this.allowances.allows(rule.id, objection.at);
  }

  private isOff(rule: string): boolean {
    return this.severities.get(rule) === 'off';
  }

  private input(code: CodeFacts, breaches: readonly BreachFact[], scope: Judging['scope']): RuleInput {
    const isNew = (spot: Spot): boolean =>
      spot.unit.isReviewed && (scope === 'all' ? this.locator.isShown(spot) : this.locator.isAdded(spot));
    const carried = new Set(code.series.patches.filter(isBackport).map(({ number }) => number));
    const isPatch = ({ unit }: Spot): boolean =>
      unit.image.basis !== 'whole-file' && !carried.has(unit.patch);
    const isFresh = (spot: Spot): boolean => isNew(spot) && !this.locator.isMoved(spot);
    const isShown = (spot: Spot): boolean => spot.unit.isReviewed && this.locator.isShown(spot);
    const spotOf = (patch: PatchFact, line: HunkLine): Spot | null => spotOfLine(this.program, patch, line);
    const allowances: readonly AllowanceFact[] = [];
    return {
      ...{ ...code, breaches, allowances, scope, isNew, isPatch },
      ...{ isFresh, isShown, spotOf, functionAt },
    };
  }

  private isOnlyMoved(rule: Rule, objection: Objection): boolean {
    return this.options.scope === 'changed' && this.before.had(rule, objection);
  }

  private findingOf(rule: Rule, objection: Objection | MailObjection): Finding[] {
    const { locator } = this;
    const inCode = isInCode(objection) ? objection : null;
    const found = isInCode(objection) ? locator.find(objection.at) : locator.findInMail(objection.at);
    if (!found?.source) return [];
    const severity = this.severities.get(rule.id) ?? objection.severity ?? rule.severity;
    if (severity === 'off') return [];
    return [
      {
        rule: rule.id,
        classes: rule.classes,
        severity,
        confidence: objection.confidence ?? rule.confidence,
        message: objection.message,
        region: found.region,
        function: inCode?.function ?? null,
        source: found.source,
        related: (objection.related ?? []).flatMap((each): Related[] => {
          const place = locator.find(each.spot);
          return place ? [{ ...place, message: each.message }] : [];
        }),
        assumptions: objection.assumptions ?? [],
        trace: inCode?.trace?.() ?? null,
        fix: inCode && fixOf(inCode, locator),
        tags: objection.tags ?? [],
      },
    ];
  }
}

function isInCode(objection: Objection | MailObjection): objection is Objection {
  return 'unit' in objection.at;
}

function fixOf({ fix }: Objection, locator: Locator): Fix | null {
  if (!fix) return null;
  const edits = fix.edits.flatMap(({ spot, text }) => {
    const place = locator.find(spot);
    return place ? [{ ...place, text }] : [];
  });
  // Half a fix is no fix.
  return edits.length === fix.edits.length ? { title: fix.title, edits } : null;
}
