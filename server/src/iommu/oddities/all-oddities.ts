/** All readers of oddities, asked of one function. */
import type { Bodies, Body } from '../body.js';
import { ATTACH } from './attach.js';
import { CHECKS } from './checks.js';
import { DMA } from './dma.js';
import { ERRORS } from './errors.js';
import { GRACE_PERIODS } from './grace-periods.js';
import { IMPLIED } from './implied.js';
import { INPUTS } from './inputs.js';
import { LEFT_MEMBERS } from './left-members.js';
import { LOCKS } from './locks.js';
import { OBJECTS } from './objects.js';
import type { OddityFact, OddityReader } from './oddity.js';
import { ORDERS } from './orders.js';
import { PATHS } from './paths.js';
import { REGISTRATIONS_LEFT } from './registrations.js';
import { ATOMIC_SLEEPS } from './sleeps.js';
import { TWICE } from './twice.js';
import { UNWINDS } from './unwinds.js';
import { VALUES } from './values.js';
import { WAYS_BACK } from './ways-back.js';

const READERS: readonly OddityReader[] = [
  ATTACH,
  CHECKS,
  DMA,
  ERRORS,
  GRACE_PERIODS,
  IMPLIED,
  INPUTS,
  LEFT_MEMBERS,
  LOCKS,
  OBJECTS,
  ORDERS,
  PATHS,
  REGISTRATIONS_LEFT,
  ATOMIC_SLEEPS,
  TWICE,
  UNWINDS,
  VALUES,
  WAYS_BACK,
];

/** What is odd in a body, family by family. */
export function odditiesOf(body: Body, bodies: Bodies): readonly OddityFact[] {
  return READERS.flatMap(({ words, read }) =>
    words === null || body.fn.words.meet(words) ? read(body, bodies) : [],
  );
}
