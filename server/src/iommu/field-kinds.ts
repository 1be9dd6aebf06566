/** What a member is for, by its type; its name decides only for plain integers. */
import type { FieldKind } from './facts.js';
import { CONTAINER_TYPES, LOCK_TYPES, REFCOUNT_TYPES } from './kernel-api.table.js';
import type { ShortType } from './scope.js';

const DOMAIN = 'struct iommu_domain';

/** Plain integers that people count references in. */
const COUNTING_NAME = /(?:^|_)(?:ref|refs|refcnt|refcount|users|usecount|use_count|holders)$/;

const INTEGER =
  /^(?:unsigned|int|unsigned int|unsigned short|unsigned long|u16|u32|s32|u64|uint16_t|uint32_t)$/;

/** `ssid` is Arm's word for a PASID. */
const PASID_NAME = /(?:^|_)(?:pasid|ssid)$/;

/** A limit of PASIDs is none. */
const LIMIT_NAME = /(?:^|_)(?:max|min|nr|num|first|last|limit|bits|width|mask|order)(?:_|$)/;

/** The kind of a member. */
export function fieldKind(type: ShortType, name: string): FieldKind {
  if (type.pointers === 0) return valueKind(type.base, name);
  if (type.pointers > 1) return 'other';
  if (type.base === 'struct mm_struct') return 'mm';
  if (type.base === DOMAIN) return 'domain';
  return type.base === 'struct device' ? 'device' : 'other';
}

function valueKind(base: string, name: string): FieldKind {
  if (REFCOUNT_TYPES.has(base)) return 'refcount';
  if (/^atomic(?:64|_long)?_t$/.test(base) && COUNTING_NAME.test(name)) return 'refcount';
  if (base === 'ioasid_t' || (INTEGER.test(base) && PASID_NAME.test(name)))
    return LIMIT_NAME.test(name) ? 'other' : 'pasid';
  if (LOCK_TYPES.has(base)) return 'lock';
  return CONTAINER_TYPES.has(base) ? 'container' : 'other';
}

/** Whether a member is named as a count of references is. */
export function isNamedAsCount(name: string): boolean {
  return COUNTING_NAME.test(name) || /(?:^|_)kref$/.test(name);
}
