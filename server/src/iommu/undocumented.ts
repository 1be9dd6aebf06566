/** What is brought in without the kernel-doc that its neighbours have: members of structs, exported functions. */
import { type FunctionItem, type Statement, type StructItem, walk } from '../syntax/index.js';
import { isAddedAt } from '../tree/index.js';
import { commentsOf } from './comments.js';
import type { DocName } from './docs.js';
import type { Program, Unit } from './program.js';
import { isTakenOut } from './references.js';

/** Structs that have a kernel-doc comment with each of their members: include/linux/iommu.h, io-pgtable.h, iova.h (6.1, 6.12). */
const DOCUMENTED: ReadonlySet<string> = new Set([
  ...['iommu_ops', 'iommu_domain_ops', 'iommu_device', 'dev_iommu', 'iommu_resv_region', 'iommu_dirty_ops'],
  ...['iommu_iotlb_gather', 'iommu_fwspec', 'iommu_fault', 'iommu_fault_event', 'iommu_fault_param'],
  ...[
    'io_pgtable_cfg',
    'iommu_flush_ops',
    'io_pgtable_ops',
    'io_pgtable',
    'io_pgtable_init_fns',
    'iopf_queue',
  ],
]);

/** A member of a struct that the kernel documents, whose kernel-doc the patch does not show. */
export interface UndocumentedFact extends DocName {
  readonly owner: string;
}

/** An exported function that nobody explains. */
export interface UndocumentedExportFact extends DocName {
  /** Whether its body is no longer than a comment on it would be. */
  readonly saysItAll: boolean;
}

/** So many statements, those inside others counted, are read as fast as words on them. */
const FEW = 3;

/** Members of such structs that no comment of their file names. */
export function undocumentedMembers(program: Program): UndocumentedFact[] {
  return program.units
    .filter(({ isReviewed, image }) => isReviewed && image.path.endsWith('.h'))
    .flatMap((unit) => {
      const named = new Set(
        commentsOf(unit).flatMap(({ lines }) => lines.flatMap(({ text }) => /^@(\w+)/.exec(text)?.[1] ?? [])),
      );
      return unit.c.items.flatMap((item) =>
        item.kind === 'struct' && DOCUMENTED.has(item.name) && !documentsNone(unit, item)
          ? item.fields
              .filter(({ name, within }) => name !== '' && within.length === 0 && !named.has(name))
              .filter(({ name, start }) => !isTakenOut(unit.image, name) && !isCommentEnd(unit, start))
              .map(({ name, nameSpan }) => ({ name, owner: item.name, spot: { unit, span: nameSpan } }))
          : [],
      );
    });
}

/** Whether the kernel-doc of a struct is shown and tells of no member that was there before; of a new struct, of none at all. */
function documentsNone(unit: Unit, { start, fields }: StructItem): boolean {
  const { text } = unit.image;
  const doc = commentsOf(unit).find(({ end }) => end <= start && text.slice(end, start).trim() === '');
  if (!doc?.isDoc) return false;
  const documented = new Set(doc.lines.flatMap((line) => /^@(\w+)/.exec(line.text)?.[1] ?? []));
  const isNew = isAddedAt(unit.image, start);
  return !fields.some(
    (field) => documented.has(field.name) && (isNew || !isAddedAt(unit.image, field.start)),
  );
}

/** Whether a comment stands right above. */
function isCommentEnd({ image }: Unit, start: number): boolean {
  return image.text.slice(0, start).trimEnd().endsWith('*/');
}

/** Headers whose functions the whole kernel may call. */
const CORE_HEADER = /^include\/linux\/(?:iommu|iommufd|ioasid|iova|iova_bitmap|io-pgtable|iopoll)\.h$/;

/**
 * Exported functions of an interface that are defined with no comment above
 * them: a core header declares them, or what else their file exports has one.
 */
export function undocumentedExports(program: Program): UndocumentedExportFact[] {
  return program.units
    .filter(({ isReviewed }) => isReviewed)
    .flatMap((unit) => {
      const exported = exportsOf(unit);
      return program.definitionsIn(unit).flatMap(({ item }): UndocumentedExportFact[] => {
        const { name, start, nameSpan } = item;
        if (!exported.has(name) || item.missing.length > 0 || isTakenOut(unit.image, name)) return [];
        if (isCommentEnd(unit, start) || isThin(unit, item) || isDocumentedAtDeclaration(name, program))
          return [];
        return isDeclaredInCore(name, program) || isKernelDocUsual(name, unit, program)
          ? [{ name, spot: { unit, span: nameSpan }, saysItAll: countStatements(unit, item) <= FEW }]
          : [];
      });
    });
}

function countStatements(unit: Unit, item: FunctionItem): number {
  let count = 0;
  const body = unit.c.bodyOf(item);
  if (body)
    walk(body, ({ kind }) => {
      if (COUNTED.has(kind)) count++;
    });
  return count;
}

const COUNTED: ReadonlySet<string> = new Set([
  ...['expression', 'return', 'if', 'loop', 'switch', 'goto', 'break', 'continue'],
]);

function exportsOf({ c }: Unit): ReadonlySet<string> {
  return new Set(
    c.items.flatMap((item) =>
      item.kind === 'invocation' && /^EXPORT_SYMBOL/.test(item.name) ? item.args.slice(0, 1) : [],
    ),
  );
}

/** Whether a kernel-doc comment stands where it is declared, in any file at hand: Documentation/doc-guide/kernel-doc.rst allows both. */
function isDocumentedAtDeclaration(name: string, program: Program): boolean {
  const head = new RegExp(`^\\s*${name}(?:\\(\\))?\\s*[-:]`);
  return program
    .functionsNamed(name)
    .some(({ unit }) =>
      commentsOf(unit).some(({ isDoc, lines }) => isDoc && lines.some(({ text }) => head.test(text))),
    );
}

function isDeclaredInCore(name: string, program: Program): boolean {
  return program.functionsNamed(name).some(({ unit }) => CORE_HEADER.test(unit.image.path));
}

/** Whether another export of the file has a kernel-doc comment. */
function isKernelDocUsual(name: string, { image }: Unit, program: Program): boolean {
  return program.unitsAt(image.path).some((unit) => {
    const exported = exportsOf(unit);
    return commentsOf(unit).some(({ isDoc, end }) => {
      const next = isDoc ? unit.c.items.find(({ start }) => start >= end) : undefined;
      return next?.kind === 'function' && next.name !== name && exported.has(next.name);
    });
  });
}

/** Whether it does no more than to hand out one value, or to call an op that is tested for: the op is what wants words. */
function isThin(unit: Unit, item: FunctionItem): boolean {
  const statements = unit.c.bodyOf(item)?.statements ?? [];
  const last = statements.at(-1);
  if (!last || !statements.slice(0, -1).every(isGuard)) return false;
  const value = last.kind === 'return' ? last.value : last.kind === 'expression' ? last.expression : null;
  if (value?.kind === 'call') return value.callee.kind === 'member';
  return last.kind === 'return' && statements.length === 1 && item.parameters.length === 0;
}

function isGuard(statement: Statement): boolean {
  if (statement.kind === 'declaration') return true;
  if (statement.kind !== 'if' || statement.alternative) return false;
  const { consequence } = statement;
  const only =
    consequence.kind === 'compound' && consequence.statements.length === 1
      ? consequence.statements[0]
      : consequence;
  return only?.kind === 'return';
}
