/** The drivers of our own in drivers/, a file each: what is to be said of it. */
import type { InstanceVerdict } from '../../../server/src/findings/index.js';

export interface ToyDriver {
  readonly verdict: InstanceVerdict;
  readonly errno?: string;
  readonly why: RegExp;
  /** What it is objected to for: `HALF retry`; and what else a programme comes to. */
  readonly faults?: readonly string[];
  readonly rows?: Readonly<Record<string, RegExp>>;
}

export const TOY_DRIVERS: Readonly<Record<string, ToyDriver>> = {
  checked: { verdict: 'checked', errno: 'EINVAL', why: /one of the same is not/ },
  'checked-late': { verdict: 'half attached', errno: 'EINVAL', why: /leaves domain and device tied/ },
  'wrong-errno': { verdict: 'wrong errno', errno: 'ENXIO', why: /one of the same is not/ },
  'one-device': { verdict: 'checked', errno: 'EINVAL', why: /a domain has one device/ },
  shared: { verdict: 'shared', why: /iommu2->base/ },
  'shared-with-flush': { verdict: 'shared', why: /iommu2->base/ },
  features: { verdict: 'shared', why: /iommu2->base/ },
  foreign: { verdict: 'accepted although foreign', why: /second instance `iommu1->base` is written/ },
  'foreign-silent': { verdict: 'accepted although foreign', why: /tells the second instance nothing/ },
  'foreign-half-told': { verdict: 'accepted although foreign', why: /`iommu2->base` is not written/ },
  half: { verdict: 'checked', errno: 'EINVAL', why: /one of the same is not/, faults: ['HALF retry'] },
  'half-undone': { verdict: 'checked', errno: 'EINVAL', why: /one of the same is not/ },
  'moved-silently': { verdict: 'shared', why: /iommu2->base/, faults: ['NOTDONE move'] },
  moved: { verdict: 'shared', why: /iommu2->base/, rows: { move: /^held: each attach does something/ } },
  'no-memory-einval': {
    ...{ verdict: 'shared', why: /iommu2->base/, faults: ['ERRNO retry'] },
    rows: { retry: /^violated: returns EINVAL where kzalloc\(\) found no memory/ },
  },
  'refusal-marks': {
    ...{ verdict: 'half attached', errno: 'EINVAL', why: /leaves domain and device tied/ },
    faults: ['HALF foreign', 'HALF after-refusal'],
  },
  'kept-for-good': {
    ...{ verdict: 'checked', errno: 'EINVAL', why: /a domain has one device/, faults: ['HALF restore'] },
    rows: { again: /^not-modelled: no run comes that far: an attach fails with EINVAL/ },
  },
  'changes-domain-pages': { verdict: 'shared', why: /iommu2->base/, faults: ['MUT narrow'] },
  'changes-domain': { verdict: 'shared', why: /iommu2->base/, faults: ['MUT narrow'] },
  'logged-late': {
    verdict: 'checked',
    errno: 'EINVAL',
    why: /one of the same is not/,
    faults: ['EINVLOG foreign'],
  },
  logged: { verdict: 'checked', errno: 'EINVAL', why: /one of the same is not/, faults: ['EINVLOG foreign'] },
  'freed-twice': {
    ...{ verdict: 'shared', why: /iommu2->base/ },
    rows: { 'free-after-failure': /^violated: .*, once kzalloc\(\) fails in the only attach/ },
  },
  'counted-again': {
    ...{ verdict: 'shared', why: /iommu2->base/ },
    rows: { again: /^violated: 0, but `domain->users` is counted up again/ },
  },
  'list-of-instances': { verdict: 'shared', why: /iommu2->base/ },
  pasid: { verdict: 'checked', errno: 'EINVAL', why: /one of the same is not/ },
  'failed-for-good': {
    ...{ verdict: 'checked', errno: 'EINVAL', why: /one of the same is not/, faults: ['HALF retry'] },
    rows: { 'other-after-failure': /^violated: ENXIO for the other instance, once kzalloc\(\) fails/ },
  },
  'failed-once': {
    ...{ verdict: 'checked', errno: 'EINVAL', why: /one of the same is not/ },
    rows: { 'other-after-failure': /^held: it is attached there, after 1 failures/ },
  },
  'held-device': {
    ...{ verdict: 'not modelled', why: /no struct for an instance/ },
    rows: { again: /^held/, move: /^held/, foreign: /^not-modelled/ },
  },
  unknown: { verdict: 'not modelled', why: /hangs on `toy_firmware_allows\(toy, dev\)`/ },
};
