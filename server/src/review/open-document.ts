/** One open document, reviewed: findings, hovers and symbols in the document's own lines and columns. */
import {
  type Analysis,
  AttachFlows,
  allowanceComment,
  type CFile,
  canStandBehind,
  explain,
  indentationAbove,
  isScaffolded,
  type Scaffolded,
  scaffoldFor,
  type Unit,
  wordAt,
} from '../analysis/index.js';
import { LineIndex } from '../base/index.js';
import { ALONE, type Finding, inReadingOrder, type Related, type Source } from '../findings/index.js';
import { decodedDocument } from '../patch/index.js';
import { RawPlaces } from './raw-places.js';
import { analyseBatch, isPatch, type Reading, readInput, reportOf, surroundingsOf } from './review.js';
import { cSymbols, patchSymbols, placed } from './symbols.js';
import { codeOnLine, type PlacedStep, tellingSteps, wordsOf } from './telling-steps.js';
import type {
  AllowanceEdit,
  AttachPlace,
  DocumentHover,
  DocumentPosition,
  DocumentSymbol,
  InputPart,
  Review,
  ReviewedDocument,
  ReviewOptions,
} from './types.js';
import { type Batch, type ParsedBefore, unitKey } from './units.js';

/** Reviews one document. Pure, synchronous, and silent about what it cannot read: see `reason` and `review.inputs`. */
export function openDocument(part: InputPart, options: ReviewOptions): ReviewedDocument {
  const before = options.before instanceof OpenDocument ? options.before : null;
  const reading = readInput({ path: part.path, parts: [part] }, options, before?.parses());
  const kind = isPatch(part) ? 'patch' : 'c';
  const hasC = reading.batches.some(({ units }) => units.some(({ isReviewed }) => isReviewed));
  if (!hasC)
    return new OpenDocument(
      part,
      'none',
      kind === 'patch' ? 'it touches no kernel C' : reading.failure,
      reading,
      options,
      before,
    );
  return new OpenDocument(part, kind, '', reading, options, before);
}

interface Place {
  readonly region: Finding['region'];
  readonly source: Finding['source'] | null;
}

interface CodeAt {
  /** Of the batch. */
  readonly index: number;
  readonly unit: Unit;
  readonly offset: number;
  readonly analysis: Analysis;
}

class OpenDocument implements ReviewedDocument {
  readonly review: Review;
  private readonly analysed: readonly { readonly batch: Batch; readonly analysis: Analysis }[];
  private readonly raw: RawPlaces;
  private places: readonly AttachPlace[] | null = null;

  constructor(
    private readonly part: InputPart,
    readonly kind: ReviewedDocument['kind'],
    readonly reason: string,
    private readonly reading: Reading,
    options: ReviewOptions,
    before: OpenDocument | null,
  ) {
    const batches = kind === 'none' ? [] : reading.batches;
    let cancelled = false;
    this.analysed = batches.flatMap((batch, index) => {
      cancelled ||= options.isCancelled?.() ?? false;
      const known = before?.analysed[index]?.analysis;
      // Runs take longer than typing allows: an editor asks for them by itself.
      const typed = { ...options, simulates: options.simulates ?? false };
      return cancelled
        ? []
        : [{ batch, analysis: analyseBatch(batch, reading.kind, typed, known ? { before: known } : {}) }];
    });
    const text = typeof part.content === 'string' ? part.content : '';
    this.raw = new RawPlaces(new LineIndex(text), kind === 'patch', reading.patches);
    this.review = {
      inputs: [reportOf(part.path, reading)],
      findings: inReadingOrder(this.analysed.flatMap(({ analysis }) => analysis.findings)),
      flows: this.analysed.flatMap(({ analysis }) => analysis.flows),
      // To know what was read whole every body is parsed: an editor never asks.
      get stats() {
        return statsOf(batches);
      },
      cancelled,
    };
  }

  /** What the document was parsed as, for the next version of it. */
  parses(): ParsedBefore {
    const parses = new Map<string, CFile>();
    for (const { units, origins } of this.reading.batches) {
      for (const unit of units) {
        const origin = origins.get(unit);
        if (origin) parses.set(unitKey(origin.message, unit.image.path), unit.c);
      }
    }
    return parses;
  }

  rangeOf(finding: Finding): ReturnType<ReviewedDocument['rangeOf']> {
    return this.rangeOfRegion(finding.region, finding.source);
  }

  rangeOfRegion(
    region: Finding['region'],
    source: Finding['source'] | null,
  ): ReturnType<ReviewedDocument['rangeOf']> {
    return source === null || source.path !== this.part.path ? null : this.raw.rangeOf(region, source.line);
  }

  explanationOf(finding: Finding): readonly Related[] {
    const { trace, related } = finding;
    if (!trace) return related;
    const steps = tellingSteps(trace, (file) => this.isAtHand(file));
    const shown = steps.map((step) => this.stepAt(step, finding));
    // The steps of a function by itself say all that stands beside what they show; a scenario proves what was said before.
    return trace.scenario === ALONE ? shown : [...related, ...shown];
  }

  /** Whether it is a file that people have, and not one of the simulated world. */
  private isAtHand(file: string): boolean {
    return this.analysed.some(
      ({ batch }) =>
        batch.units.some(({ image }) => image.path === file) || (batch.tree?.file(file) ?? null) !== null,
    );
  }

  private stepAt(step: PlacedStep, { source }: Finding): Related {
    const { n, file, line } = step;
    const message = `${n}. ${wordsOf(step)}`;
    for (const { unit, analysis } of this.unitsShowing(file, source)) {
      const at = unit.image.lines.findIndex((each) => each.line === line);
      const span = at < 0 ? null : codeOnLine(unit.image.text, at);
      const found = span && analysis.locator.find({ unit, span });
      if (found) return { ...found, message };
    }
    const region = { file, line, column: 1, endLine: line, endColumn: 1 };
    return { region, source: null, message };
  }

  /** Those of a file in the mail that something stands in. */
  private unitsShowing(file: string, source: Source): { unit: Unit; analysis: Analysis }[] {
    return this.analysed.flatMap(({ batch, analysis }) =>
      batch.units
        .filter((unit) => unit.image.path === file)
        .filter((unit) => (batch.origins.get(unit) ?? source).message === source.message)
        .map((unit) => ({ unit, analysis })),
    );
  }

  lineOfStep({ source }: Finding, file: string, line: number): number | null {
    for (const { unit } of this.unitsShowing(file, source)) {
      const shown = unit.image.lines.find((each) => each.line === line);
      if (typeof shown?.rawLine === 'number') return shown.rawLine - 1;
    }
    return null;
  }

  scaffoldFor(finding: Finding): Scaffolded | null {
    if (!isScaffolded(finding)) return null;
    const [unit] = this.unitsOf(finding);
    const found = this.analysed.find(({ batch }) => unit && batch.units.includes(unit));
    return found ? scaffoldFor(finding, found.analysis) : null;
  }

  allowanceFor(finding: Finding): AllowanceEdit | null {
    const { region, source, rule } = finding;
    const range = this.rangeOf(finding);
    if (region === null || range === null || this.decoded() !== null) return null;
    const unit = this.unitsOf(finding).at(0);
    const line = unit?.image.lines.findIndex(
      (each) => each.line === region.line && each.rawLine === source.line,
    );
    if (!unit || line === undefined || line < 0) return null;
    const { text } = unit.image;
    const at = source.line - 1;
    if (this.kind === 'c') {
      const indentation = indentationAbove(text, line);
      if (indentation === null) return null;
      return { position: { line: at, character: 0 }, text: `${indentation}${allowanceComment(rule)}\n` };
    }
    // A line more would make a liar of the hunk's header, and context has to stay what it is.
    if (!unit.image.lines[line]!.isAdded || !canStandBehind(text, line)) return null;
    return { position: this.raw.lineRange(source.line).end, text: ` ${allowanceComment(rule)}` };
  }

  private unitsOf({ region, source }: Finding): Unit[] {
    return this.analysed.flatMap(({ batch }) =>
      batch.units.filter(
        (unit) => unit.image.path === region?.file && batch.origins.get(unit)?.message === source.message,
      ),
    );
  }

  hoverAt(position: DocumentPosition): DocumentHover | null {
    const at = this.codeAt(position);
    if (!at) return null;
    const { unit, offset, analysis } = at;
    const here = this.review.findings.filter(
      (finding) => finding.source.line === position.line + 1 && finding.region?.file === unit.image.path,
    );
    const explained = explain(unit, offset, analysis.facts, here);
    const found = explained && analysis.locator.find(explained.spot);
    const range = found && this.rangeOfRegion(found.region, found.source);
    return explained && range ? { range, markdown: explained.markdown } : null;
  }

  lineShowing(batch: number, file: string, line: number): number | null {
    const units = this.analysed[batch]?.batch.units ?? [];
    for (const { image } of [...units].reverse()) {
      const shown = image.path === file ? image.lines.find((each) => each.line === line) : undefined;
      if (typeof shown?.rawLine === 'number') return shown.rawLine - 1;
    }
    return null;
  }

  attachPlaces(): readonly AttachPlace[] {
    this.places ??= this.analysed.flatMap(({ batch, analysis }, index) => {
      const { program, locator } = analysis;
      const flows = new AttachFlows(program, surroundingsOf(batch), locator);
      const { total } = flows;
      return flows.parts.map(({ unit, item, plays }): AttachPlace => {
        const rangeOf = (found: Place) => this.rangeOfPlace(found);
        const range = placed(unit, item.nameSpan, analysis, rangeOf) ?? placed(unit, item, analysis, rangeOf);
        return { batch: index, function: item.name, plays, range, total };
      });
    });
    return this.places;
  }

  attachPlaceAt(position: DocumentPosition): ReturnType<ReviewedDocument['attachPlaceAt']> {
    const places = this.attachPlaces();
    const at = places.length > 0 ? this.codeAt(position) : null;
    const word = at && wordAt(at.unit.image.text, at.offset);
    const place = word && places.find((each) => each.batch === at.index && each.function === word.text);
    const found = place && at.analysis.locator.find({ unit: at.unit, span: word });
    const range = found && this.rangeOfPlace(found);
    return range ? { ...place, range } : null;
  }

  nameAt(position: DocumentPosition): ReturnType<ReviewedDocument['nameAt']> {
    const at = this.codeAt(position);
    const word = at && wordAt(at.unit.image.text, at.offset);
    const found = word && at.analysis.locator.find({ unit: at.unit, span: word });
    const range = found && this.rangeOfPlace(found);
    return range ? { name: word.text, range } : null;
  }

  private rangeOfPlace({ region, source }: Place): ReturnType<ReviewedDocument['rangeOf']> {
    return this.rangeOfRegion(region, source);
  }

  /** The code under the pointer. */
  private codeAt(position: DocumentPosition): CodeAt | null {
    const column = this.raw.columnInCode(position);
    if (column === null) return null;
    for (const [index, { batch, analysis }] of this.analysed.entries()) {
      for (const unit of batch.units) {
        const line = unit.isReviewed ? this.imageLineAt(unit, position.line + 1) : -1;
        if (line < 0) continue;
        const offset = new LineIndex(unit.image.text).startOf(line) + column;
        return { index, unit, offset, analysis };
      }
    }
    return null;
  }

  private imageLineAt(unit: Unit, rawLine: number): number {
    return unit.image.lines.findIndex((line) => line.rawLine === rawLine);
  }

  symbols(): readonly DocumentSymbol[] {
    const rangeOf = (finding: { region: Finding['region']; source: Finding['source'] | null }) =>
      this.rangeOfRegion(finding.region, finding.source);
    if (this.kind === 'none') return [];
    if (this.kind === 'c') {
      return this.analysed.flatMap(({ batch, analysis }) =>
        batch.units
          .filter(({ isReviewed }) => isReviewed)
          .flatMap((unit) => cSymbols(unit, analysis, rangeOf)),
      );
    }
    return patchSymbols(this.reading.patches, this.analysed, this.raw, rangeOf);
  }

  decoded(): ReturnType<ReviewedDocument['decoded']> {
    const [patch] = this.reading.patches;
    if (!patch?.messages.some(({ encoding }) => encoding !== 'plain')) return null;
    const { text } = decodedDocument(patch);
    return { text, lineCount: text.split('\n').length };
  }
}

function statsOf(batches: readonly Batch[]): Review['stats'] {
  const units = batches.flatMap((batch) => batch.units.filter(({ isReviewed }) => isReviewed));
  let functions = 0;
  let lowered = 0;
  for (const { c } of units) {
    for (const item of c.items) {
      if (item.kind !== 'function' || item.bodySpan === null) continue;
      functions++;
      if (c.errorsIn(item).length === 0) lowered++;
    }
  }
  return { files: units.length, functions, lowered, runs: 0 };
}
