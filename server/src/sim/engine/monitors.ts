/**
 * What is watched while code runs: every monitor with what it holds, how bad a
 * breach is, and what keeps it from crying wolf. Where each looks is in
 * checks/ and in the effects of primitives; they report by these ids.
 */

export interface Monitor {
  /** What always holds in code that is right. */
  readonly statement: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** Short, for the trace: what happened. */
  readonly title: string;
  /** When it stays silent although it saw something. */
  readonly silentWhen: readonly string[];
}

export const MONITORS = {
  UAF: {
    title: 'use after free',
    statement: 'No object is read, written, locked or counted after it was freed.',
    severity: 'error',
    silentWhen: ['a freed RCU object is still within a read section that began before'],
  },
  FAULTUAF: {
    title: 'page request outlives its domain',
    statement:
      'What a page request needs is there until it is answered: who frees it waits, or the request holds it.',
    severity: 'error',
    silentWhen: ['the request is only still out, and looks at nothing that is gone'],
  },
  DF: {
    title: 'invalid free',
    statement:
      'What is freed was allocated, is freed once, and by the address that the allocator gave: not a member of it.',
    severity: 'error',
    silentWhen: [
      'the pointer is NULL and the primitive allows it',
      'the object was there before the code ran',
    ],
  },
  LEAK: {
    title: 'memory leak',
    statement:
      'When the code has ended, what it allocated is freed, or somebody can still reach it: the caller, a global, an object that was there before.',
    severity: 'error',
    silentWhen: [
      'the object or one that holds it was given to code that is not at hand',
      'the memory is managed by a device',
      'the run was cut short',
    ],
  },
  REFLEAK: {
    title: 'reference leak',
    statement:
      'A reference that was taken is put on every path that does not keep it, and a number that was taken out of a bitmap is given back on every path that fails.',
    severity: 'error',
    silentWhen: [
      'no path of the function puts it or all keep it',
      'the object was handed on',
      'of a number: one is given back that is not known to be another',
    ],
  },
  R01: {
    title: 'reference taken on a dead object',
    statement: 'A reference is never taken on a count of zero, and what could not be got is not used.',
    severity: 'error',
    silentWhen: ['the count was there before the code ran: then it is at least one'],
  },
  RIGN: {
    title: 'ignored result',
    statement: 'The result of a conditional get, insert or exchange is looked at.',
    severity: 'warning',
    silentWhen: [],
  },
  RNEG: {
    title: 'reference count below zero',
    statement: 'A reference is not put more often than it was taken.',
    severity: 'error',
    silentWhen: ['the count was there before the code ran'],
  },
  STALE: {
    title: 'stale pointer left behind',
    statement:
      'After a call, no container, global or object that outlives it refers to a freed object; after the remove of a driver, no list that outlives the device has memory that the device manages.',
    severity: 'error',
    silentWhen: [
      'the object that refers to it is unreachable itself',
      'the run was cut short',
      'of remove: its file has two probes, or some function that probe does not call takes the node off',
    ],
  },
  DUP: {
    title: 'live entry overwritten',
    statement: 'A store into a shared slot does not hide a live object that nothing else refers to.',
    severity: 'warning',
    silentWhen: ['the old entry is returned and looked at', 'somebody else refers to the old entry'],
  },
  DEREF: {
    title: 'bad pointer followed',
    statement: 'NULL and error pointers are not followed.',
    severity: 'error',
    silentWhen: [
      'the pointer came from the caller or a getter, and the function that follows it did not test it',
      'a search may find nothing, or a callee may come to its `return NULL`, but nobody there asks',
    ],
  },
  UNINIT: {
    title: 'uninitialised value used',
    statement: 'Nothing is decided, followed, locked or returned by memory that nobody wrote.',
    severity: 'warning',
    silentWhen: [
      'code that is not at hand was given its address',
      'of what is returned: a loop that has no round on this path sets it',
    ],
  },
  LIST: {
    title: 'list corrupted',
    statement:
      'A node is added to one list at a time, deleted from one that it is on, and a cursor is no element after its loop.',
    severity: 'error',
    silentWhen: ['the node was there before the code ran'],
  },
  LOCKBAL: {
    title: 'locks not balanced',
    statement: 'A function returns with the locks it was entered with, and unlocks what it holds.',
    severity: 'error',
    silentWhen: [
      'all paths agree: it is made to lock or to unlock',
      'an unlock without a lock means that the caller held it',
    ],
  },
  SELFDEAD: {
    title: 'self-deadlock',
    statement: 'A task does not take a lock that it holds.',
    severity: 'error',
    silentWhen: ['the lock is one that may be taken twice for reading'],
  },
  ABBA: {
    title: 'lock order inverted',
    statement: 'Two locks are taken in one order everywhere.',
    severity: 'warning',
    silentWhen: ['both orders were never seen in one configuration', 'an outer lock is held both times'],
  },
  FLUSHDEAD: {
    title: 'deadlock while waiting',
    statement: 'Who waits for work or a completion holds no lock that it needs.',
    severity: 'error',
    silentWhen: [],
  },
  ATOMSLEEP: {
    title: 'sleep in atomic context',
    statement: 'Nothing sleeps under a spinlock, in a read section, or with interrupts off.',
    severity: 'error',
    silentWhen: [
      'the gfp argument is not known, unless it is a parameter that no caller at hand is seen to keep atomic',
    ],
  },
  LOCKREQ: {
    title: 'lock not held',
    statement: 'What lockdep_assert_held() says holds.',
    severity: 'error',
    silentWhen: ['the function was entered alone: its caller holds the lock'],
  },
  OVERLAP: {
    title: 'unprotected concurrent access',
    statement:
      'Two tasks do not reach one plain field at the same time, one of them writing, without a lock in common.',
    severity: 'warning',
    silentWhen: ['both accesses are marked (READ_ONCE, WRITE_ONCE) or atomic'],
  },
  CHECKSET: {
    title: 'checked and set without a lock',
    statement:
      'Who finds a pointer in a shared object empty and fills it holds one lock over the two, and not one of what it stores.',
    severity: 'info',
    silentWhen: [
      'no function of the file takes a lock of such an object, or of the one that has the array',
      'every caller at hand holds a lock, or the function says by lockdep_assert_held() that its caller does',
      'callers in other files are not seen, and no table names the function',
      'it runs before anybody else has the device: a probe, or what is annotated __init',
    ],
  },
  LATESET: {
    title: 'set after the lock was given back',
    statement:
      'What goes with a pointer that tells others that an object is ready is set before the lock of the object is given back.',
    severity: 'info',
    silentWhen: ['it is published by smp_store_release()', 'another lock of the object is held'],
  },
  LATECHECK: {
    title: 'checked after use',
    statement: 'A pointer is tested for NULL before it is followed, or not at all.',
    severity: 'warning',
    silentWhen: ['it was tested before, too', 'the test is in another function than the use'],
  },
  WARNHIT: {
    title: 'kernel warning',
    statement: 'No WARN_ON() comes true.',
    severity: 'warning',
    silentWhen: ['its condition depends on a value that the run made up'],
  },
  ERRNO: {
    title: 'wrong error',
    statement:
      'Who returns NULL on failure is asked for NULL, who returns an error pointer by IS_ERR(); an injected failure comes out with its own error number, and what must succeed does; an operation of a table gives what its caller asks for.',
    severity: 'error',
    silentWhen: [
      'both are asked',
      'another file has the table',
      'several calls failed: any of their error numbers will do',
    ],
  },
  INC: {
    title: 'domain of another instance',
    statement:
      'A domain is given to a device only where somebody decided that it fits: what does not fit one domain gets another.',
    severity: 'error',
    silentWhen: ['the driver shares its domains over all instances and somebody asked it'],
  },
  INC2: {
    title: 'operations disagree',
    statement:
      'What an operation says of a domain and a device holds when the device is attached: what fits is not refused, what does not fit is not taken.',
    severity: 'warning',
    silentWhen: ['it was asked again since, and said something else'],
  },
  OWN: {
    title: 'device of another driver',
    statement: "A driver's operation is only given devices of that driver.",
    severity: 'error',
    silentWhen: [],
  },
  FREEATT: {
    title: 'attached domain freed',
    statement: 'A domain is freed only when no device has it for any PASID.',
    severity: 'error',
    silentWhen: [],
  },
  HALF: {
    title: 'half attached',
    statement: 'A call that fails leaves the devices attached as they were.',
    severity: 'error',
    silentWhen: ['a device was blocked by the failing call'],
  },
  HALFOK: {
    title: 'group attached in part',
    statement: 'A call that succeeds leaves all devices of a group that have PASIDs with the same domain.',
    severity: 'error',
    silentWhen: [],
  },
  MUT: {
    title: 'domain changed under a device',
    statement: 'An attach does not change, without a lock, what of a domain another device depends on.',
    severity: 'warning',
    silentWhen: ['the change is to a counter, or made under a lock'],
  },
  EINVLOG: {
    title: 'misfit logged as an error',
    statement: 'That a domain does not fit a device is no error: callers try the next one.',
    severity: 'info',
    silentWhen: ['the message is a debugging one'],
  },
  NOTDONE: {
    title: 'success without effect',
    statement: 'A bind or attach that succeeds leaves the device with a domain.',
    severity: 'warning',
    silentWhen: ['the scenario does not say what the call attaches'],
  },
  PASIDFREE: {
    title: 'PASID freed while in use',
    statement: 'A PASID is given back only when no device has a domain for it.',
    severity: 'error',
    silentWhen: ['another pool of numbers gave out the same one'],
  },
  PASIDRANGE: {
    title: 'PASID out of range',
    statement: 'A device is only given PASIDs that it has, and never 0 for the address space of a process.',
    severity: 'error',
    silentWhen: [],
  },
  XMM: {
    title: 'address space of another process',
    statement: 'A device that is bound to an mm gets a domain of that mm.',
    severity: 'error',
    silentWhen: [],
  },
  MMDEAD: {
    title: 'address space without users',
    statement:
      'A work item looks at an address space only while it keeps a user of it, so that it is not torn down.',
    severity: 'error',
    silentWhen: ['how many users there are is not known'],
  },
  UNPINMAP: {
    title: 'page given back while mapped',
    statement:
      'A page is unpinned only when no domain translates to it, and IOTLBs were told that none does.',
    severity: 'error',
    silentWhen: ['the page is still pinned by somebody else', 'the domain was freed with its page table'],
  },
  PINBAL: {
    title: 'page not unpinned once',
    statement: 'Every page that is pinned is unpinned, and only once.',
    severity: 'error',
    silentWhen: ['of a page that stays pinned: the run was cut short'],
  },
  NORESP: {
    title: 'page request not answered once',
    statement: 'Every page request is answered, and only once.',
    severity: 'error',
    silentWhen: [],
  },
} as const satisfies Record<string, Monitor>;

export type MonitorId = keyof typeof MONITORS;
