/**
 * Runs IR on a flat, byte-exact memory: the plainest machine there can be,
 * against which a compiler's output is compared. It knows no kernel; functions
 * without IR are natives that the caller gives.
 */
import {
  compute,
  extractBits,
  type Instruction,
  type IrFunction,
  Op,
  Scalar,
  widthOf,
  wrap,
} from '../../server/src/ir/index.js';

export interface Program {
  readonly functions: ReadonlyMap<string, IrFunction>;
  /** Variables outside of functions and their sizes. */
  readonly globals: ReadonlyMap<string, number>;
  /** Code that gives them their initial values. */
  readonly initials: readonly IrFunction[];
  readonly natives?: ReadonlyMap<string, (machine: Machine, args: readonly bigint[]) => bigint>;
  readonly steps?: number;
}

/** Runs `entry` and gives what it returns. */
export function evaluate(program: Program, entry: string, args: readonly bigint[] = []): bigint {
  return new Machine(program).call(entry, args);
}

const FUNCTIONS = 0x40000000n;

export class Machine {
  readonly view = new DataView(new ArrayBuffer(1 << 20));
  /** Strings lie above the stack, for good. */
  private pool = 1 << 19;
  private top = 64;
  private steps: number;
  private readonly addresses = new Map<string, bigint>();
  private readonly strings = new Map<string, bigint>();
  private readonly names: string[] = [];

  constructor(private readonly program: Program) {
    this.steps = program.steps ?? 2_000_000;
    for (const [name, size] of program.globals) this.addresses.set(name, this.allocate(size));
    for (const initial of program.initials) this.run(initial, []);
  }

  private allocate(size: number): bigint {
    const at = this.top;
    this.top = (this.top + Math.max(size, 1) + 15) & ~15;
    if (this.top > 1 << 19) throw new Error('out of memory');
    return BigInt(at);
  }

  private bytes(address: bigint, size: number): Uint8Array {
    if (address < 64n || address + BigInt(size) > 1n << 20n) throw new Error(`bad address ${address}`);
    return new Uint8Array(this.view.buffer, Number(address), size);
  }

  read(address: bigint, size: number): bigint {
    let value = 0n;
    for (const byte of [...this.bytes(address, size)].reverse()) value = (value << 8n) | BigInt(byte);
    return value;
  }

  write(address: bigint, size: number, value: bigint): void {
    const bytes = this.bytes(address, size);
    for (let at = 0; at < size; at++) bytes[at] = Number((value >> BigInt(8 * at)) & 255n);
  }

  copy(to: bigint, from: bigint, size: number): void {
    this.bytes(to, size).set(this.bytes(from, size).slice());
  }

  /** Runs a function as if nothing had run before, but for what earlier runs left in variables. */
  start(name: string): bigint {
    this.steps = this.program.steps ?? 2_000_000;
    return this.call(name, []);
  }

  call(name: string, args: readonly bigint[]): bigint {
    const ir = this.program.functions.get(name);
    if (ir) return this.run(ir, args);
    const native = this.program.natives?.get(name);
    if (!native) throw new Error(`nothing is known of ${name}()`);
    return native(this, args);
  }

  private functionAddress(name: string): bigint {
    const known = this.names.indexOf(name);
    return FUNCTIONS + BigInt(known >= 0 ? known : this.names.push(name) - 1);
  }

  private string(text: string): bigint {
    let at = this.strings.get(text);
    if (at === undefined) {
      at = BigInt(this.pool);
      this.pool += text.length + 1;
      this.strings.set(text, at);
      for (let index = 0; index < text.length; index++)
        this.view.setUint8(Number(at) + index, text.charCodeAt(index));
      this.view.setUint8(Number(at) + text.length, 0);
    }
    return at;
  }

  private run(ir: IrFunction, args: readonly bigint[]): bigint {
    const saved = this.top;
    const frame = new Frame(
      ir,
      ir.locals.map((local) => this.allocate(Math.max(local.size, 8))),
    );
    ir.locals.forEach((local, index) => {
      if (index >= ir.parameters) return;
      const at = frame.locals[index]!;
      if (local.kind === Scalar.Record) this.copy(at, args[index]!, local.size);
      else this.write(at, widthOf(local.kind) / 8, args[index]!);
    });
    for (;;) {
      if (--this.steps < 0) throw new Error('too many steps');
      const each = ir.code[frame.at];
      if (!each) throw new Error('ran past the end');
      if (each.op === Op.Return) {
        const value = each.a < 0 ? 0n : frame.registers[each.a]!;
        // A record that is returned lies in the frame; the caller copies it before anything else runs.
        this.top = saved;
        return value;
      }
      frame.at++;
      this.step(frame, each);
    }
  }

  private step(frame: Frame, each: Instruction): void {
    switch (each.op) {
      case Op.Const:
        frame.set(each, frame.ir.constants[each.a]!);
        return;
      case Op.LocalAddress:
        frame.set(each, frame.locals[each.a]!);
        return;
      case Op.GetLocal:
        frame.set(each, this.read(frame.locals[each.a]!, widthOf(each.kind) / 8));
        return;
      case Op.SetLocal:
        this.write(frame.locals[each.a]!, widthOf(each.kind) / 8, frame.get(each.b));
        return;
      case Op.GlobalAddress:
        frame.set(each, this.addresses.get(each.text) ?? fail(`no global ${each.text}`));
        return;
      case Op.FunctionAddress:
        frame.set(each, this.functionAddress(each.text));
        return;
      case Op.String:
        frame.set(each, this.string(each.text));
        return;
      case Op.Load:
        frame.set(each, this.read(frame.get(each.a), widthOf(each.kind) / 8));
        return;
      case Op.Store:
        this.write(frame.get(each.a), widthOf(each.kind) / 8, frame.get(each.b));
        return;
      case Op.LoadBits: {
        const { offset, width } = each.bits!;
        const unit = this.read(frame.get(each.a), Math.ceil((offset + width) / 8));
        frame.set(each, extractBits(each.from, unit, offset, width));
        return;
      }
      case Op.StoreBits: {
        const { offset, width } = each.bits!;
        const size = Math.ceil((offset + width) / 8);
        const mask = ((1n << BigInt(width)) - 1n) << BigInt(offset);
        const unit = this.read(frame.get(each.a), size) & ~mask;
        this.write(frame.get(each.a), size, unit | ((frame.get(each.b) << BigInt(offset)) & mask));
        return;
      }
      case Op.Copy:
        this.copy(frame.get(each.a), frame.get(each.b), each.c);
        return;
      case Op.Zero:
        return void this.bytes(frame.get(each.a), each.c).fill(0);
      case Op.FieldAddress:
        frame.set(each, frame.get(each.a) + BigInt(each.c));
        return;
      case Op.ElementAddress:
        frame.set(each, frame.get(each.a) + frame.get(each.b) * BigInt(each.c));
        return;
      case Op.ContainerOf:
        frame.set(each, frame.get(each.a) - BigInt(each.c));
        return;
      case Op.PointerDifference:
        frame.set(each, (frame.get(each.a) - frame.get(each.b)) / BigInt(each.c));
        return;
      case Op.Negate:
        frame.set(each, -frame.get(each.a));
        return;
      case Op.Complement:
        frame.set(each, ~frame.get(each.a));
        return;
      case Op.Not:
        frame.set(each, frame.get(each.a) === 0n ? 1n : 0n);
        return;
      case Op.Convert:
      case Op.Move:
        frame.set(each, frame.get(each.a));
        return;
      case Op.Branch:
        frame.at = frame.get(each.a) !== 0n ? each.b : each.c;
        return;
      case Op.Jump:
        frame.at = each.b;
        return;
      case Op.Switch: {
        const value = frame.get(each.a);
        const row = each.cases!.find(({ low, high }) => value >= low && value <= high);
        frame.at = row ? row.target : each.c;
        return;
      }
      case Op.Call:
      case Op.CallIndirect: {
        const name = each.op === Op.Call ? each.text : this.names[Number(frame.get(each.a) - FUNCTIONS)]!;
        const value = this.call(
          name,
          each.args.map((register) => frame.get(register)),
        );
        if (each.kind !== Scalar.Record) {
          each.dst < 0 ? undefined : frame.set(each, value);
          return;
        }
        const size = frame.ir.locals[each.c]!.size;
        const bytes = new Uint8Array(this.view.buffer, Number(value), size).slice();
        this.bytes(frame.locals[each.c]!, size).set(bytes);
        frame.registers[each.dst] = frame.locals[each.c]!;
        return;
      }
      case Op.ScopeEnter:
      case Op.ScopeExit:
        this.call(each.op === Op.ScopeEnter ? 'scope_enter' : 'scope_exit', [this.string(each.text)]);
        return;
      default: {
        if (each.op < Op.Add || each.op > Op.GreaterEqual)
          throw new Error(`cannot run ${Op[each.op]}: ${each.text}`);
        const value = compute(each.op, each.from, frame.get(each.a), frame.get(each.b));
        frame.set(each, value ?? fail(`undefined: ${Op[each.op]} ${frame.get(each.a)} ${frame.get(each.b)}`));
        return;
      }
    }
  }
}

class Frame {
  at = 0;
  readonly registers: (bigint | undefined)[] = [];
  constructor(
    readonly ir: IrFunction,
    readonly locals: readonly bigint[],
  ) {}

  get(register: number): bigint {
    const value = this.registers[register];
    if (value === undefined) throw new Error(`register %${register} is read before it is set`);
    return value;
  }

  set(each: Instruction, value: bigint): void {
    this.registers[each.dst] = wrap(each.kind, value);
  }
}

function fail(why: string): never {
  throw new Error(why);
}
