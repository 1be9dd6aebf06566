/** Design facts of small programs, for the tests of this room. */
import assert from 'node:assert/strict';
import {
  type DesignFacts,
  designFacts,
  type FunctionFact,
  Program,
  type StructFact,
  unitOf,
} from '../../server/src/iommu/index.js';
import { wholeFileImage } from '../../server/src/tree/index.js';

/** The facts of files under drivers/iommu, by name. */
export function factsOf(files: Readonly<Record<string, string>> | string): DesignFacts {
  const byName = typeof files === 'string' ? { 'toy.c': files } : files;
  const units = Object.entries(byName).map(([name, text]) =>
    unitOf(wholeFileImage(`drivers/iommu/${name}`, text), 0, true),
  );
  return designFacts(new Program(units));
}

/** The fact of one struct, by its tag. */
export function structIn(facts: DesignFacts, tag: string): StructFact {
  const found = facts.structs.find(({ name }) => name === `struct ${tag}`);
  assert.ok(found, `struct ${tag} is not known`);
  return found;
}

/** The fact of one function. */
export function functionIn(facts: DesignFacts, name: string): FunctionFact {
  const found = facts.functions.find((each) => each.name === name);
  assert.ok(found, `${name}() is not known`);
  return found;
}
