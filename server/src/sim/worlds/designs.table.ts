/** The designs of shared virtual addressing that are shipped as C, to be read, run and held against each other. */

import type { Time } from './scenario.js';

export interface Design {
  readonly id: string;
  readonly title: string;
  /** What it is and where it comes from. */
  readonly story: string;
  /** Its file under server/simulated, and the operations of drivers that go with it. */
  readonly file: string;
  readonly operations: string;
  readonly time: Time;
}

export const DESIGNS: readonly Design[] = [
  {
    id: 'rfc-v2',
    title: 'one domain per PASID number',
    story: 'As proposed in March 2022: domains lie in one array by PASID, and count their users themselves.',
    file: 'designs/rfc-v2.c',
    operations: 'operations-2022.c',
    time: '2022',
  },
  {
    id: 'enclosing',
    title: 'an object of the mm around its domains',
    story: 'As reviewers asked for: the mm has one counted object with its PASID and all its domains.',
    file: 'designs/enclosing.c',
    operations: 'operations-proposal.c',
    time: '6.8',
  },
  {
    id: 'per-group',
    title: 'one domain per group and PASID',
    story: 'As in Linux 6.2 to 6.7: the PASID slot of a group holds the domain, which is never shared.',
    file: 'designs/per-group.c',
    operations: 'operations-6.2.c',
    time: '6.2',
  },
  {
    id: 'list-per-mm',
    title: 'a list of domains per mm',
    story:
      'As in Linux 6.8 and later: a device tries each domain of the mm, and gets a new one when none fits.',
    file: 'designs/list-per-mm.c',
    operations: 'operations-6.10.c',
    time: '6.8',
  },
];

/** The operations of the drivers by the time that code is written for. */
export const OPERATIONS: Readonly<Record<Time, string>> = {
  '2022': 'operations-2022.c',
  '6.2': 'operations-6.2.c',
  '6.8': 'operations-6.10.c',
};
