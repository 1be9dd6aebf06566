/** One open document, reviewed: findings, hovers and symbols in the document's own lines and columns. */
import {
  type Analysis,
  type CFile,
  explain,
  isScaffolded,
  type Scaffolded,
  scaffoldFor,
  type Unit,
} from '../analysis/index.js';
import { LineIndex } from '../base/index.js';
import { type Finding, inReadingOrder, type Related } from '../findings/index.js';
import { decodedDocument } from '../patch/index.js';
import { RawPlaces } from './raw-places.js';
import { analyseBatch, isPatch, type Reading, readInput, reportOf } from './review.js';
import { cSymbols, patchSymbols } from './symbols.js';
import { codeOnLine, type PlacedStep, tellingSteps, wordsOf } from './telling-steps.js';
import type {
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

class OpenDocument implements ReviewedDocument {
  readonly review: Review;
  private readonly analysed: readonly { readonly batch: Batch; readonly analysis: Analysis }[];
  private readonly raw: RawPlaces;

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
      return cancelled ? [] : [{ batch, analysis: analyseBatch(batch, reading.kind, typed, known) }];
    });
    const text = typeof part.content === 'string' ? part.content : '';
    this.raw = new RawPlaces(new LineIndex(text), kind === 'patch', reading.patches);
    this.review = {
      inputs: [reportOf(part.path, reading)],
      findings: inReadingOrder(this.analysed.flatMap(({ analysis }) => analysis.findings)),
      flows: this.analysed.flatMap(({ analysis }) => analysis.flows),
      stats: statsOf(batches),
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
    return finding.trace
      ? tellingSteps(finding.trace).map((step) => this.placed(step, finding))
      : finding.related;
  }

  private placed(step: PlacedStep, { source }: Finding): Related {
    const { n, file, line } = step;
    const message = `${n}. ${wordsOf(step)}`;
    for (const { batch, analysis } of this.analysed) {
      for (const unit of batch.units) {
        const origin = batch.origins.get(unit);
        if (unit.image.path !== file || (origin && origin.message !== source.message)) continue;
        const at = unit.image.lines.findIndex((each) => each.line === line);
        const span = at < 0 ? null : codeOnLine(unit.image.text, at);
        const found = span && analysis.locator.find({ unit, span });
        if (found) return { ...found, message };
      }
    }
    const region = { file, line, column: 1, endLine: line, endColumn: 1 };
    return { region, source: null, message };
  }

  scaffoldFor(finding: Finding): Scaffolded | null {
    if (!isScaffolded(finding)) return null;
    const { region, source } = finding;
    const found = this.analysed.find(({ batch }) =>
      batch.units.some(
        (unit) => unit.image.path === region?.file && batch.origins.get(unit)?.message === source.message,
      ),
    );
    return found ? scaffoldFor(finding, found.analysis) : null;
  }

  hoverAt(position: DocumentPosition): DocumentHover | null {
    const column = this.raw.columnInCode(position);
    if (column === null) return null;
    for (const { batch, analysis } of this.analysed) {
      for (const unit of batch.units) {
        const line = unit.isReviewed ? this.imageLineAt(unit, position.line + 1) : -1;
        if (line < 0) continue;
        const offset = new LineIndex(unit.image.text).startOf(line) + column;
        const here = this.review.findings.filter(
          (finding) => finding.source.line === position.line + 1 && finding.region?.file === unit.image.path,
        );
        const explained = explain(unit, offset, analysis.facts, here);
        const found = explained && analysis.locator.find(explained.spot);
        const range = found && this.rangeOfRegion(found.region, found.source);
        return explained && range ? { range, markdown: explained.markdown } : null;
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
