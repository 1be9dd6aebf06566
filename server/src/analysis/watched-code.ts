/** Stands between runs and the code, and notes which functions they look at, entered or not. */
import type { Code, GlobalVariable, Neighbour, Procedure } from '../sim/engine/index.js';

export class WatchedCode implements Code {
  /** Everything that was ever asked for and found, by who asked and the name. */
  private readonly found = new Map<string, Procedure>();
  private readonly standIns = new Map<string, Procedure>();
  private seen = new Set<Procedure>();

  constructor(private readonly code: Code) {}

  procedure(name: string, from: string): Procedure | null {
    const procedure = this.code.procedure(name, from);
    if (procedure) {
      this.found.set(keyOf(name, from), procedure);
      this.seen.add(procedure);
    }
    return procedure;
  }

  /** Declarations stand between the bodies, or in other files. */
  maskOf(name: string, from: string): number {
    return this.code.maskOf(name, from);
  }

  elsewhere(name: string, from: string): Procedure | null {
    const procedure = this.code.elsewhere(name, from);
    if (procedure) this.seen.add(procedure);
    return procedure;
  }

  standIn(name: string): Procedure | null {
    const procedure = this.code.standIn(name);
    if (procedure) {
      this.standIns.set(name, procedure);
      this.seen.add(procedure);
    }
    return procedure;
  }

  isWorld(path: string): boolean {
    return this.code.isWorld(path);
  }

  global(name: string, from: string): GlobalVariable | null {
    const variable = this.code.global(name, from);
    if (variable?.initial) this.seen.add(variable.initial);
    return variable;
  }

  offsetOf(record: string, member: string, from: string): number {
    return this.code.offsetOf(record, member, from);
  }

  /** Tables stand between the bodies. */
  slotsOf(procedure: Procedure): readonly string[] {
    return this.code.slotsOf(procedure);
  }

  /** Who asks for all functions of a file depends on all of them. */
  neighbours(path: string): readonly Neighbour[] {
    const all = this.code.neighbours(path);
    for (const { procedure } of all) this.seen.add(procedure());
    return all;
  }

  /**
   * Names of the functions in `path` that runs looked at since this was asked
   * last, with what is given to start from. What a function may write is worked out once: whoever asks
   * later is told without looking, so callees that were ever asked for count.
   */
  takeLookedAt(path: string, start: readonly Procedure[] = []): ReadonlySet<string> {
    const all = new Set([...start, ...this.seen]);
    this.seen = new Set();
    for (const procedure of all) {
      for (const name of procedure.calls) {
        const callee = this.found.get(keyOf(name, procedure.path));
        if (callee) all.add(callee);
        const standIn = this.standIns.get(name);
        if (standIn) all.add(standIn);
      }
    }
    return new Set([...all].filter((each) => each.path === path).map(({ name }) => name));
  }
}

function keyOf(name: string, from: string): string {
  return `${from}\u0000${name}`;
}
