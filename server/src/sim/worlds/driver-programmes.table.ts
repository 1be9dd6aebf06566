/**
 * What is done with one operation of a driver, programme by programme: which
 * domain is attached to which device, in which order, and what may fail
 * meanwhile. D1 and D2 are behind one hardware instance, D3 is behind another;
 * A and B are two domains of the driver. A programme says what has to be
 * reached: runs that do not come that far say nothing.
 */

/** A and B are domains of the operation under review, P is one of the operation beside it. */
export type DomainName = 'A' | 'B' | 'P';
export type DeviceNumber = 1 | 2 | 3;

/** What a call of a programme does. */
export type Deed =
  /** The operation under review is given the domain for the device. */
  | 'attach'
  /** The driver's other operation is: attach_dev beside a set_dev_pasid, set_dev_pasid beside an attach_dev. */
  | 'attach-beside'
  /** remove_dev_pasid */
  | 'remove'
  /** enforce_cache_coherency, which fails where it gives false. */
  | 'enforce'
  /** The process ends: the driver's notifier is told. */
  | 'exit'
  /** The last user of the process goes, unless the driver has taken a reference meanwhile. */
  | 'last-user'
  /** release_device, with what the core does before it. */
  | 'release'
  /** probe_device */
  | 'probe';

/** What a driver has to have beside the operation for a programme to mean something. */
export type Need =
  /** Frees its domains, which its allocator made. */
  | 'free'
  /** Beside what stops translation, an attach_dev for domains that translate. */
  | 'paging'
  /** Beside a set_dev_pasid, an attach_dev. */
  | 'own'
  /** Beside an attach_dev, a set_dev_pasid. */
  | 'pasid'
  /** Puts each device into a group of its own, where hardware allows: else the lock of the group orders attaches. */
  | 'groups'
  | 'remove'
  | 'enforce'
  | 'notifier'
  | 'release'
  | 'probe'
  | 'dirty';

/** How a call came out, as far as the next one hangs on it. */
export type Outcome = 'done' | 'failed';

/** One call of a programme. */
export interface DriverCall {
  /** Left out for what most of them do, an attach. */
  readonly deed?: Deed;
  readonly domain: DomainName;
  readonly device: DeviceNumber;
  /** The next call is made only where this one came out so; that of the last call is what has to be reached. */
  readonly then: Outcome | 'either';
}

export interface DriverProgramme {
  /** What people read: what happens, in one sentence. */
  readonly story: string;
  readonly calls: readonly DriverCall[];
  /** What is done before calls that are made at the same time; each of it has to be done. */
  readonly first?: readonly DriverCall[];
  /** Which of the calls is made while one thing fails that may, from 0; null where nothing fails. */
  readonly failing: number | null;
  /** Whether one run that comes as far as it has to says all: what else is not known makes no difference to it. */
  readonly isSettledByOne?: boolean;
  /**
   * What is not known of the two instances, their features, is the same unless it is said to differ; one that is incapable
   * has none at all.
   */
  readonly instances?: 'unlike' | 'second-incapable';
  /** Whether a device is given a domain while it has one: what core and drivers do since no driver has a detach_dev. */
  readonly replaces?: boolean;
  /** Whether it is about a device of another instance that is refused, or one that is not; left out where that makes no difference. */
  readonly isAbout?: 'refused' | 'accepted';
  /** Whether its calls are made at the same time, each by a task of its own. */
  readonly isAtOnce?: boolean;
  /** Whether the domain is freed at the end. */
  readonly frees?: boolean;
  /** Whether the devices have no private data, as before a probe. */
  readonly isBare?: boolean;
  /** What of the driver it calls, or needs, beside the operation. */
  readonly needs?: readonly Need[];
  /** Whether the device has two stream ids, and loops that nobody bounds go round twice. */
  readonly hasTwoStreams?: boolean;
  /** What it is that fails, left out for any call that may: that no number is left, or that a device does not wake up. */
  readonly fails?: 'numbers' | 'power';
  /** What a driver does that keeps the contract, in words. */
  readonly wanted: string;
}

const attach = (domain: DomainName, device: DeviceNumber, then: DriverCall['then'] = 'done'): DriverCall => ({
  domain,
  device,
  then,
});

function beside(
  deed: Deed,
  device: DeviceNumber,
  domain: DomainName = 'P',
  then: DriverCall['then'] = 'done',
): DriverCall {
  return { deed, domain, device, then };
}

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
    instances: 'unlike',
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
  'other-after-failure': {
    story:
      'one call in the first attach of a domain fails, and the domain is attached to a device of another instance',
    calls: [attach('A', 1, 'failed'), attach('A', 3, 'either')],
    failing: 0,
    isAbout: 'refused',
    wanted: '0, or EINVAL where the domain was tied to the first instance before the failure',
  },
  'numbers-run-out': {
    story: 'a domain is attached for the first time, and there is no number left for it',
    calls: [attach('A', 1, 'failed')],
    failing: 0,
    fails: 'numbers',
    wanted: 'ENOSPC, and nothing attached',
  },
  'power-fails': {
    story: 'hardware does not wake up for an attach',
    calls: [attach('A', 1, 'failed')],
    failing: 0,
    fails: 'power',
    wanted: 'an error, nothing attached, and as many users of its power as before',
  },
  'two-streams': {
    story: 'a device has two stream ids, and what is done for the second one fails',
    calls: [attach('A', 1, 'failed')],
    failing: 0,
    hasTwoStreams: true,
    wanted: 'neither stream has the new domain, and nothing is counted for it',
  },
  'at-once': {
    story: 'a domain is attached to devices of two instances at the same time, for the first time',
    calls: [attach('A', 1, 'either'), attach('A', 3, 'either')],
    failing: null,
    isAtOnce: true,
    wanted: 'one of them makes it ready, under a lock',
  },
  'at-once-beside': {
    story: 'a domain is attached to two devices of one instance at the same time, each in a group of its own',
    calls: [attach('A', 1, 'either'), attach('A', 2, 'either')],
    failing: null,
    isAtOnce: true,
    needs: ['groups'],
    wanted: 'what both reach in the domain is under a lock',
  },
  'attach-over-pasid': {
    story: 'a device has a domain for a PASID, and is given one of its own',
    calls: [beside('attach-beside', 1), attach('A', 1, 'either')],
    failing: null,
    needs: ['pasid'],
    wanted: '0 and the PASID keeps its domain, or an error and nothing changed',
  },
  'pasid-over-attach': {
    story: 'a device has a domain of its own, and is given one for a PASID',
    calls: [beside('attach-beside', 1), attach('A', 1, 'either')],
    failing: null,
    needs: ['own'],
    wanted: '0, or an error that says why and nothing changed',
  },
  left: {
    story: 'a device has a domain that translates, and is given this one, which is there once and for all',
    calls: [beside('attach-beside', 1), attach('A', 1)],
    failing: null,
    isSettledByOne: true,
    replaces: true,
    needs: ['paging'],
    wanted: 'the domain that was left forgets the device',
  },
  removed: {
    story: 'a domain is attached for a PASID, and the PASID is taken away',
    calls: [attach('A', 1), beside('remove', 1, 'A')],
    failing: null,
    isSettledByOne: true,
    needs: ['remove'],
    wanted: 'domain and device forget each other',
  },
  'removed-unset': {
    story:
      'a PASID is taken away from a device that never had a domain for it, as when a group is rolled back',
    calls: [beside('remove', 1, 'A')],
    failing: null,
    isSettledByOne: true,
    needs: ['remove'],
    wanted: 'nothing is given back that was never taken',
  },
  exit: {
    story:
      'a domain of a process is attached, the process ends, the PASID is taken away and the domain freed',
    calls: [attach('A', 1), beside('exit', 1, 'A'), beside('remove', 1, 'A')],
    failing: null,
    isSettledByOne: true,
    frees: true,
    needs: ['notifier', 'remove', 'free'],
    wanted: 'nothing is torn down twice',
  },
  'exit-at-once': {
    story:
      'a domain of a process is attached, and the process ends while it is attached to a second device of the instance',
    first: [attach('A', 1)],
    calls: [attach('A', 2, 'either'), beside('last-user', 1, 'A', 'either')],
    failing: null,
    isAtOnce: true,
    needs: ['notifier'],
    wanted: 'the second device is refused, or its PASID is torn down as that of the first',
  },
  'forced-snoop': {
    story: 'a domain that was told to snoop is attached to a device of an instance with other features',
    calls: [attach('A', 1), beside('enforce', 1, 'A'), attach('A', 3, 'either')],
    failing: null,
    instances: 'second-incapable',
    needs: ['enforce'],
    isAbout: 'accepted',
    wanted: 'EINVAL where the instance cannot snoop',
  },
  'snoop-late': {
    story: 'a domain is attached to devices of two instances with different features, and is told to snoop',
    calls: [attach('A', 1), attach('A', 3), beside('enforce', 1, 'A', 'either')],
    failing: null,
    instances: 'second-incapable',
    needs: ['enforce'],
    isAbout: 'accepted',
    wanted: 'false and nothing changed where one of them cannot snoop',
  },
  dirty: {
    story: 'a domain that tracks dirty pages is attached to a device of an instance with other features',
    calls: [attach('A', 1), attach('A', 3, 'either')],
    failing: null,
    instances: 'second-incapable',
    needs: ['dirty'],
    isAbout: 'accepted',
    wanted: 'EINVAL where the instance cannot track them',
  },
  release: {
    story: 'a device that has a domain goes away',
    calls: [attach('A', 1), beside('release', 1, 'A')],
    failing: null,
    needs: ['release'],
    wanted: 'no domain knows it any more',
  },
  'release-beside': {
    story: 'two devices have a domain, and one of them goes away',
    calls: [attach('A', 1), attach('A', 2), beside('release', 1, 'A')],
    failing: null,
    needs: ['release'],
    wanted: 'the other one keeps it, as it was',
  },
  'probe-fails': {
    story: 'one call in the probe of a device fails, and it is probed again',
    calls: [beside('probe', 1, 'A', 'failed'), beside('probe', 1, 'A')],
    failing: 0,
    isBare: true,
    needs: ['probe'],
    wanted: 'nothing is freed twice, and the device can be probed again',
  },
} as const satisfies Record<string, DriverProgramme>;

export type ProgrammeName = keyof typeof PROGRAMMES;

/** The row of a programme, as what all rows are. */
export function programmeNamed(name: ProgrammeName): DriverProgramme {
  return PROGRAMMES[name];
}

/** Those that are made before its first call. */
export function domainsOf({ calls }: DriverProgramme): DomainName[] {
  const given = calls.filter(({ deed }) => deed !== 'probe');
  return [...new Set(given.map(({ domain }) => domain))].sort();
}

/** Whether one of its devices is behind the second instance. */
export const isOfTwoInstances = ({ calls }: DriverProgramme): boolean =>
  calls.some(({ device }) => device === 3);
