/** What broke in the scenarios before the patch: what breaks now and did then is not the patch's doing. */
import { type Program, type Unit, unitOf } from '../iommu/index.js';
import type { Budget } from '../sim/engine/index.js';
import type { Breach } from '../sim/scenarios/index.js';
import { playScenario, type Scenario, scenariosFor } from '../sim/worlds/index.js';
import { wholeFileImage } from '../tree/index.js';
import type { Surroundings } from './simulation.js';
import { implementationUnderReview, type UnderReview } from './under-review.js';

export class FlowsBefore {
  /** The code as it was, once somebody asked; null where nobody knows. */
  private known: { readonly code: UnderReview | null } | null = null;

  constructor(
    private readonly program: Program,
    private readonly surroundings: Surroundings,
    private readonly budget: Budget,
  ) {}

  /** Whether a patch brings in what breaks in a scenario; null where that is not known. */
  introduced(scenario: Scenario): (breach: Breach) => boolean | null {
    this.known ??= { code: this.codeBefore() };
    const { code } = this.known;
    if (!code) return () => null;
    // What was no flow before cannot have been broken.
    const isPlayed =
      code.kind === 'playable' && scenariosFor(code.implementation, code.time).includes(scenario);
    const before = isPlayed ? playScenario(code.implementation, scenario, this.budget).breaches : [];
    const keys = new Set(before.map(keyOf));
    return (breach) => !keys.has(keyOf(breach));
  }

  private codeBefore(): UnderReview | null {
    const { before } = this.surroundings;
    const paths = new Set(
      this.program.units.flatMap(({ isReviewed, image }) =>
        isReviewed && image.basis === 'applied' ? [image.path] : [],
      ),
    );
    if (!before || paths.size === 0) return null;
    const units = [...paths].flatMap((path): Unit[] => {
      const text = before.read(path);
      return text === null ? [] : [unitOf(wholeFileImage(path, text), 0, true)];
    });
    return implementationUnderReview(units, { tree: before, before: null });
  }
}

/** Equal for the same breach of two versions of the code. */
function keyOf({ monitor, words }: Breach): string {
  return `${monitor} ${words.replace(/\d+/g, '#')}`;
}
