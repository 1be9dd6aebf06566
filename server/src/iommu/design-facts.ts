/** Puts together what this room knows of a program: the one entry for rules and hovers. */
import type { AnyNode, Expression } from '../syntax/index.js';
import { unusedNames } from './additions.js';
import { Bodies } from './body.js';
import { bareBarriers, commentFacts } from './comment-facts.js';
import { ConditionalGets } from './conditional-gets.js';
import { conditionalCodeIn, stubsOf } from './conditionals.js';
import { copiesIn } from './copies.js';
import { docsOf } from './docs.js';
import { exportFacts } from './exports.js';
import type { DesignFacts, MacroFact, PrototypeFact, VariableFact } from './facts.js';
import { FunctionFacts, type Readers } from './function-facts.js';
import { functionsInSlot, slotsOf } from './function-roles.js';
import { foreignDeclarations, globalNames } from './global-names.js';
import { headerBodies } from './header-bodies.js';
import { includesOf } from './includes.js';
import { KeptMms } from './kept-mm.js';
import { LOCK_TYPES } from './kernel-api.table.js';
import { FILLED_BY_USER } from './log-calls.table.js';
import { Lookups } from './lookups.js';
import { missingIncludes } from './missing-includes.js';
import { oppositesIn } from './opposites.js';
import { outwardFacts } from './outward.js';
import type { Program, Spot } from './program.js';
import { isTakenOut, References } from './references.js';
import { repeatsIn } from './repeats.js';
import { parametersOf } from './signatures.js';
import { structFacts } from './struct-roles.js';
import { tableFacts } from './tables.js';
import { kernelMacrosInUapi, uapiStructs } from './uapi.js';
import { undocumentedExports, undocumentedMembers } from './undocumented.js';
import { versionTests } from './version-tests.js';

/** All facts of the program, each worked out when it is asked for; functions of units that are not reviewed are left out. */
export function designFacts(program: Program): DesignFacts {
  const bodies = new Bodies(program);
  const readers = readersOf(bodies);
  return {
    structs: structFacts(bodies),
    functions: program.units
      .filter((unit) => unit.isReviewed)
      .flatMap((unit) => program.definitionsIn(unit))
      .map((fn) => new FunctionFacts(fn, readers)),
    prototypes: prototypes(program, readers),
    exports: exportFacts(program),
    outward: outwardFacts(program),
    uapiStructs: uapiStructs(program),
    kernelMacrosInUapi: kernelMacrosInUapi(program),
    macros: macros(program),
    enumerators: enumerators(program, bodies),
    variables: variables(program),
    tables: tableFacts(program),
    fileLocks: fileLocks(program),
    docs: docsOf(program),
    undocumentedMembers: undocumentedMembers(program),
    undocumentedExports: undocumentedExports(program),
    includes: includesOf(program),
    comments: commentFacts(program),
    bareBarriers: bareBarriers(program),
    stubs: stubsOf(program),
    headerBodies: headerBodies(program),
    globalNames: globalNames(program),
    foreignDeclarations: foreignDeclarations(program),
    missingIncludes: missingIncludes(bodies),
    conditionalCode: conditionalCodeIn(program),
    repeats: repeatsIn(program),
    copies: copiesIn(bodies),
    versionTests: versionTests(bodies),
    opposites: oppositesIn(bodies),
    unusedNames: unusedNames(program),
  };
}

function prototypes(program: Program, { references }: Readers): PrototypeFact[] {
  return program.allDeclaredFunctions().flatMap(({ unit, item }) => {
    if (item.bodySpan !== null || !unit.isReviewed) return [];
    return [
      {
        ...{ name: item.name, isStatic: item.isStatic, spot: { unit, span: item.nameSpan } },
        returns: item.returns,
        parameters: parametersOf(unit, item.parameters, () => true),
        wasThere: references.wasThere(unit, item.name),
        get isDictated() {
          return program.units.some(
            ({ isReviewed, image }) => isReviewed && references.isPassedOn(image.path, item.name),
          );
        },
      },
    ];
  });
}

function macros(program: Program): MacroFact[] {
  return program.units
    .filter(({ isReviewed }) => isReviewed)
    .flatMap((unit) =>
      unit.c.items.flatMap((item) =>
        item.kind === 'macro'
          ? [
              {
                name: item.name,
                spot: { unit, span: item.nameSpan },
                names:
                  unit.image.text.slice(item.bodySpan.start, item.bodySpan.end).match(/\b[A-Za-z_]\w*/g) ??
                  [],
              },
            ]
          : [],
      ),
    );
}

function enumerators(program: Program, bodies: Bodies): DesignFacts['enumerators'] {
  return program.units
    .filter(({ isReviewed }) => isReviewed)
    .flatMap((unit) =>
      unit.c.items.flatMap((item) =>
        item.kind === 'enum'
          ? item.members.map(({ name, value, start, end }) => ({
              ...{ enum: item.name, name, isCounted: value === null, spot: { unit, span: { start, end } } },
              wasThere: isTakenOut(unit.image, name),
              get decidedIn() {
                return filesDeciding(bodies, name);
              },
            }))
          : [],
      ),
    );
}

/** Paths of the C files in which a `case` names the constant, or something is compared with it. */
function filesDeciding(bodies: Bodies, constant: string): string[] {
  const { program } = bodies;
  const isIt = (value: Expression | null): boolean => value?.kind === 'name' && value.name === constant;
  const decides = (node: AnyNode): boolean =>
    node.kind === 'case'
      ? isIt(node.value)
      : node.kind === 'binary' && /^[=!]=$/.test(node.operator) && (isIt(node.left) || isIt(node.right));
  const paths = program.units
    .filter((unit) => unit.image.path.endsWith('.c') && unit.image.text.includes(constant))
    .filter((unit) =>
      program
        .definitionsIn(unit)
        .some((fn) => fn.words.all.has(constant) && bodies.of(fn).reading.nodes.some(decides)),
    )
    .map(({ image }) => image.path);
  return [...new Set(paths)];
}

function variables(program: Program): VariableFact[] {
  return program.allVariables().flatMap(({ unit, item }) =>
    unit.isReviewed
      ? [
          {
            ...{ name: item.name, type: { base: item.type.base, pointers: item.type.pointers } },
            ...{ isExtern: item.isExtern, isConst: item.type.isConst, spot: { unit, span: item.nameSpan } },
            wasThere: isTakenOut(unit.image, item.name),
          },
        ]
      : [],
  );
}

function readersOf(bodies: Bodies): Readers {
  const { program } = bodies;
  const { surroundings } = program;
  return {
    bodies,
    lookups: new Lookups(bodies),
    gets: new ConditionalGets(bodies),
    keptMms: new KeptMms(bodies, surroundings.known(notifierAllocators, program)),
    probes: surroundings.known(probesOf, program),
    slots: surroundings.known(slotsOf, program),
    references: new References(program),
    isUapi: (base) => FILLED_BY_USER.test(base) || /\buapi\//.test(program.structNamed(base)?.path ?? ''),
  };
}

/** mmu_notifier_get() calls what is in this slot, and holds the mm. mm/mmu_notifier.c, 6.12. */
function notifierAllocators(program: Program): ReadonlySet<string> {
  return functionsInSlot(program, /^struct mmu_notifier_ops$/, 'alloc_notifier');
}

function probesOf(program: Program): ReadonlySet<string> {
  return functionsInSlot(program, /^struct \w*_driver$/, 'probe');
}

function fileLocks(program: Program): Map<string, { name: string; spot: Spot }[]> {
  const locks = new Map<string, { name: string; spot: Spot }[]>();
  for (const { unit, item } of program.allVariables()) {
    if (item.type.pointers > 0 || !LOCK_TYPES.has(item.type.base)) continue;
    const list = locks.get(unit.image.path) ?? [];
    if (!list.some(({ name }) => name === item.name))
      list.push({ name: item.name, spot: { unit, span: item.nameSpan } });
    locks.set(unit.image.path, list);
  }
  return locks;
}
