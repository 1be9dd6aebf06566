export { Container, type Entry, RESERVED } from './containers.js';
export { type Held, type LockKind, type LockMode, LockState, Locks } from './locks.js';
export {
  type Cell,
  type Fill,
  Heap,
  type Lifetime,
  MemoryObject,
  type Region,
  type Site,
  WHOLE,
} from './memory.js';
export {
  type Cause,
  causeOf,
  ErrorValue,
  FunctionValue,
  identity,
  isSamePlace,
  Pointer,
  placeName,
  placeWords,
  type Relation,
  resolve,
  type Sort,
  type Term,
  Undefined,
  Unknown,
  type Value,
} from './values.js';
