/** The same items further down or up in a text: an edit moves all that stands behind it. */

/**
 * A copy of plain data in which every span is moved by so much. What was one
 * object in several places is one object in the copy as well.
 */
export function shifted<T>(value: T, by: number): T {
  const seen = new Map<object, object>();
  const copy = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    const known = seen.get(part);
    if (known) return known;
    const made: object = Array.isArray(part) ? part.map(copy) : shiftedRecord({ ...part }, by, copy);
    seen.set(part, made);
    return made;
  };
  return copy(value) as T;
}

function shiftedRecord(
  record: Record<string, unknown>,
  by: number,
  copy: (part: unknown) => unknown,
): Record<string, unknown> {
  for (const key in record) {
    const part = record[key];
    if (typeof part === 'object') record[key] = copy(part);
    else if (typeof part === 'number' && (key === 'start' || key === 'end')) record[key] = part + by;
  }
  return record;
}
