/** Strings of the code: one object for each text, which can be asked for its text again. */
import { type Heap, type MemoryObject, Pointer, resolve, type Value, WHOLE } from '../model/index.js';

/** Longer ones are cut in memory; nothing reads them. */
const LONGEST = 64;

export class Strings {
  private readonly pointers = new Map<string, Pointer>();
  private readonly texts = new Map<MemoryObject, string>();

  constructor(private readonly heap: Heap) {}

  /** The address of a text. */
  pointerTo(text: string): Pointer {
    let known = this.pointers.get(text);
    if (!known) {
      const object = this.make(text);
      this.texts.set(object, text);
      known = new Pointer(object, WHOLE, 0, '');
      this.pointers.set(text, known);
    }
    return known;
  }

  private make(text: string): MemoryObject {
    const object = this.heap.make(0, {
      type: 'char',
      lifetime: 'static',
      size: text.length + 1,
      fill: 'zero',
      madeAt: null,
      words: `"${text}"`,
    });
    for (let at = 0; at < Math.min(text.length, LONGEST); at++)
      object.put(at, 1, BigInt(text.charCodeAt(at) & 255), '');
    return object;
  }

  /** The text behind a pointer; null for any other value. */
  textOf(value: Value): string | null {
    const known = resolve(value);
    return known instanceof Pointer ? (this.texts.get(known.object) ?? null) : null;
  }
}
