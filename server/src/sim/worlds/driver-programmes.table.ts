/**
 * What is done with one operation of a driver, programme by programme: which
 * domain is attached to which device, in which order, and what may fail
 * meanwhile. D1 and D2 are behind one hardware instance, D3 is behind another;
 * A and B are two domains of the driver. A programme says what has to be
 * reached: runs that do not come that far say nothing.
 */

export type DomainName = 'A' | 'B';
export type DeviceNumber = 1 | 2 | 3;

/** How a call came out, as far as the next one hangs on it. */
export type Outcome = 'done' | 'failed';

/** One attach of a programme. */
export interface DriverCall {
  readonly domain: DomainName;
  readonly device: DeviceNumber;
  /** The next call is made only where this one came out so; that of the last call is what has to be reached. */
  readonly then: Outcome | 'either';
}

export interface DriverProgramme {
  /** What people read: what happens, in one sentence. */
  readonly story: string;
  readonly calls: readonly DriverCall[];
  /** Which of the calls is made while one thing fails that may, from 0; null where nothing fails. */
  readonly failing: number | null;
  /** Whether one run that comes as far as it has to says all: what else is not known makes no difference to it. */
  readonly isSettledByOne?: boolean;
  /** Whether what is not known of the two instances may differ: their features. */
  readonly areUnlike?: boolean;
  /** Whether a device is given a domain while it has one: what core and drivers do since no driver has a detach_dev. */
  readonly replaces?: boolean;
  /** Whether it is about a device of another instance that is refused, or one that is not; left out where that makes no difference. */
  readonly isAbout?: 'refused' | 'accepted';
  /** Whether the domain is freed at the end. */
  readonly frees?: boolean;
  /** Whether the devices have no private data, as before a probe. */
  readonly isBare?: boolean;
  /** What a driver does that keeps the contract, in words. */
  readonly wanted: string;
}

const attach = (domain: DomainName, device: DeviceNumber, then: DriverCall['then'] = 'done'): DriverCall => ({
  domain,
  device,
  then,
});

export const PROGRAMMES = {
  foreign: {
    story: 'a domain is attached to a device of one instance, then to a device of another',
    calls: [attach('A', 1), attach('A', 3, 'either')],
    failing: null,
    wanted: 'EINVAL and nothing changed, or the second instance is told as the first was',
  },
  same: {
    story: 'a domain is attached to two devices of one instance',
    calls: [attach('A', 1), attach('A', 2, 'either')],
    failing: null,
    wanted: 'the domain is shared, or refused because it takes one device',
  },
  'other-way': {
    story: 'a domain is attached to a device of the second instance, then to one of the first',
    calls: [attach('A', 3), attach('A', 1, 'either')],
    failing: null,
    isSettledByOne: true,
    wanted: 'the same as the other way round',
  },
  'after-refusal': {
    story:
      'a domain that a device of another instance was refused is attached to a second device of its own instance',
    calls: [attach('A', 1), attach('A', 3, 'failed'), attach('A', 2, 'either')],
    failing: null,
    isSettledByOne: true,
    isAbout: 'refused',
    wanted: 'the refusal leaves no trace: the second device gets what it would have got without',
  },
  move: {
    story: 'a device is moved from one domain to another and back',
    calls: [attach('A', 1), attach('B', 1), attach('A', 1)],
    failing: null,
    isSettledByOne: true,
    replaces: true,
    wanted: 'each attach succeeds and does something, and the domain that was left forgets the device',
  },
  again: {
    story: 'a device is given the domain that it has already',
    calls: [attach('A', 1), attach('A', 1)],
    failing: null,
    isSettledByOne: true,
    replaces: true,
    wanted: '0, and no counter changes',
  },
  retry: {
    story: 'one call in the attach fails, then the same attach is made again',
    calls: [attach('A', 1, 'failed'), attach('A', 1)],
    failing: 0,
    wanted: 'the error that happened and nothing left behind, then 0',
  },
  restore: {
    story: 'a device has a domain, another one cannot be attached, and the core attaches the old one again',
    calls: [attach('B', 1), attach('A', 1, 'failed'), attach('B', 1)],
    failing: 1,
    replaces: true,
    wanted: 'the old domain can always be attached again',
  },
  'free-after-failure': {
    story: 'one call in the first attach of a domain fails, and the domain is freed',
    calls: [attach('A', 1, 'failed')],
    failing: 0,
    frees: true,
    wanted: 'nothing is given back that was never taken',
  },
  narrow: {
    story: 'a domain of one instance is attached to a device of another, whose features are not the same',
    calls: [attach('A', 1), attach('A', 3, 'either')],
    failing: null,
    areUnlike: true,
    isAbout: 'accepted',
    wanted: 'what the first device depends on stays as it is',
  },
  bare: {
    story: 'a device without private data is attached',
    calls: [attach('A', 1, 'failed')],
    failing: null,
    isBare: true,
    isSettledByOne: true,
    wanted: 'an error, and no crash',
  },
} as const satisfies Record<string, DriverProgramme>;

export type ProgrammeName = keyof typeof PROGRAMMES;

/** The row of a programme, as what all rows are. */
export function programmeNamed(name: ProgrammeName): DriverProgramme {
  return PROGRAMMES[name];
}

/** Those that need a second domain. */
export function needsTwoDomains({ calls }: DriverProgramme): boolean {
  return calls.some(({ domain }) => domain === 'B');
}
