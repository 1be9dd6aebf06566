/** Functions of their arguments, and what looks at or fills bits, bytes and characters. */
import type { BitsEffect, Computed, Effect } from './effects.js';
import { NO_MEMORY, NO_MEMORY_ERRNO, type Options, type Primitive, primitives } from './primitive.js';
import {
  argument,
  BOOL,
  constant,
  FRESH,
  failsWith,
  forget,
  INTEGER,
  NOTHING,
  POINTER,
  POINTER_OR_NULL,
  PURE,
  UNSIGNED,
} from './rows.js';

const bit = (what: BitsEffect['what']): Effect => ({ do: 'bits', what, bit: 0, map: 1 });
const map = (what: BitsEffect['what']): Effect => ({ do: 'bits', what, map: 0 });

const computes = (what: Computed): Effect => ({ do: 'pure', computes: what });

const ORDER: Options = {
  ...UNSIGNED,
  simplified: 'The machine is little-endian, and nothing is cut to the width.',
};
const SWAPPED: Options = {
  ...UNSIGNED,
  simplified: 'The bytes are not swapped: any number, the same for the same.',
};
const IDENTITY = 'The address of memory is the memory: numbers and pointers to it are the same.';
const ADDRESS: Options = { ...UNSIGNED, simplified: IDENTITY };
const MEMORY: Options = { ...POINTER, simplified: IDENTITY };
const CONTENTS = 'What is compared is not looked at.';
const OVERFLOW = 'The result is not computed.';
const array: Effect = { do: 'alloc', lifetime: 'heap', fill: 'zero', size: [] };
const arrayOfAnything: Effect = { do: 'alloc', lifetime: 'heap', fill: 'undefined', size: [] };
const managed: Effect = { do: 'alloc', lifetime: 'managed', fill: 'zero', size: [] };
const gfp = (number: number): Options => ({
  context: { gfp: number },
  returns: 'pointer-or-null',
  fails: NO_MEMORY,
});

export const ARITHMETIC: readonly Primitive[] = [
  ...primitives('include/linux/byteorder/generic.h', [
    ['cpu_to_le16 cpu_to_le32 cpu_to_le64 le16_to_cpu le32_to_cpu le64_to_cpu', 'value', argument(0), ORDER],
    [
      '__cpu_to_le16 __cpu_to_le32 __cpu_to_le64 __le16_to_cpu __le32_to_cpu __le64_to_cpu',
      'value',
      argument(0),
      ORDER,
    ],
    [
      'cpu_to_be16 cpu_to_be32 cpu_to_be64 be16_to_cpu be32_to_cpu be64_to_cpu',
      'value',
      argument(0),
      { ...UNSIGNED, simplified: 'The bytes are not swapped: a number stays itself.' },
    ],
    [
      '__cpu_to_be16 __cpu_to_be32 __cpu_to_be64 __be16_to_cpu __be32_to_cpu __be64_to_cpu',
      'value',
      argument(0),
      { ...UNSIGNED, simplified: 'The bytes are not swapped: a number stays itself.' },
    ],
    ['le16_to_cpup be16_to_cpup', 'place', { do: 'load', from: 0, width: 2 }, ORDER],
    ['le32_to_cpup be32_to_cpup', 'place', { do: 'load', from: 0, width: 4 }, ORDER],
    ['le64_to_cpup be64_to_cpup', 'place', { do: 'load', from: 0, width: 8 }, ORDER],
    ['le32_to_cpus le64_to_cpus cpu_to_le32s cpu_to_le64s', 'place', NOTHING],
    ['swab16 swab32 swab64', 'value', PURE, SWAPPED],
  ]),
  ...primitives('include/linux/unaligned.h', [
    ['get_unaligned', 'place', FRESH, UNSIGNED],
    ['get_unaligned_le16 get_unaligned_le32 get_unaligned_le64 get_unaligned_be32', 'place', FRESH, UNSIGNED],
    ['put_unaligned put_unaligned_le16 put_unaligned_le32 put_unaligned_le64', 'value place', forget(1)],
  ]),
  ...primitives('include/linux/bitops.h', [
    ['__ffs __ffs64', 'value', computes('lowest-bit'), UNSIGNED],
    ['__fls', 'value', computes('highest-bit'), UNSIGNED],
    ['ffs', 'value', computes('lowest-bit-from-1'), UNSIGNED],
    ['fls64 fls_long', 'value', computes('highest-bit-from-1'), UNSIGNED],
    ['ffz fls', 'value', PURE, UNSIGNED],
    ['ffs_val', 'value', PURE, UNSIGNED],
    ['hweight8 hweight16 hweight32 hweight64 hweight_long', 'value', PURE, UNSIGNED],
    ['set_bit __set_bit', 'bit map', bit('set')],
    ['clear_bit __clear_bit clear_bit_unlock __clear_bit_unlock', 'bit map', bit('clear')],
    ['assign_bit __assign_bit', 'bit map value', bit('assign')],
    ['change_bit __change_bit', 'bit map', forget(1)],
    ['test_bit test_bit_acquire', 'bit map', bit('test'), BOOL],
    [
      'test_and_set_bit test_and_set_bit_lock',
      'bit map',
      bit('test-and-set'),
      { returns: 'bool', mustCheck: true },
    ],
    ['__test_and_set_bit', 'bit map', bit('test-and-set'), BOOL],
    ['test_and_clear_bit __test_and_clear_bit', 'bit map', bit('test-and-clear'), BOOL],
    ['get_count_order get_count_order_long', 'value', PURE, INTEGER],
    ['sign_extend32 sign_extend64', 'value index', PURE, INTEGER],
    ['rol32 ror32 rol64 ror64', 'value shift', PURE, UNSIGNED],
  ]),
  ...primitives('include/linux/log2.h', [
    ['ilog2', 'value', computes('highest-bit'), UNSIGNED],
    ['order_base_2 bits_per', 'value', PURE, UNSIGNED],
    ['roundup_pow_of_two __roundup_pow_of_two', 'value', computes('power-above'), UNSIGNED],
    ['rounddown_pow_of_two __rounddown_pow_of_two', 'value', computes('power-below'), UNSIGNED],
    ['is_power_of_2', 'value', computes('is-power'), BOOL],
  ]),
  ...primitives('include/asm-generic/getorder.h', [['get_order', 'size', PURE, UNSIGNED]]),
  ...primitives('include/linux/find.h', [
    ['find_first_bit find_last_bit', 'map size', FRESH, UNSIGNED],
    ['find_next_bit', 'map size start', FRESH, UNSIGNED],
    ['find_first_zero_bit', 'map size', map('find-zero'), UNSIGNED],
    ['find_next_zero_bit', 'map size start', map('find-zero'), UNSIGNED],
    ['find_next_and_bit', 'map other size start', FRESH, UNSIGNED],
    ['find_first_and_bit', 'map other size', FRESH, UNSIGNED],
  ]),
  ...primitives('include/linux/bitmap.h', [
    ['bitmap_zero', 'map size', map('zero')],
    ['bitmap_fill', 'map size', map('fill')],
    ['bitmap_set bitmap_clear', 'map start count', map('forget')],
    ['bitmap_or bitmap_xor', 'map left right size', map('forget')],
    ['bitmap_and bitmap_andnot', 'map left right size', forget(0), BOOL],
    ['bitmap_copy bitmap_complement', 'map from size', map('forget')],
    ['bitmap_shift_left bitmap_shift_right', 'map from shift size', map('forget')],
    ['bitmap_empty bitmap_full', 'map size', FRESH, BOOL],
    ['bitmap_equal bitmap_subset bitmap_intersects', 'map other size', FRESH, BOOL],
    ['bitmap_weight', 'map size', FRESH, UNSIGNED],
    ['bitmap_find_next_zero_area', 'map size start count mask', FRESH, UNSIGNED],
    ['bitmap_find_free_region', 'map size order', forget(0), { returns: 'id', fails: NO_MEMORY_ERRNO }],
    ['bitmap_allocate_region', 'map start order', forget(0), { returns: 'errno', fails: failsWith('EBUSY') }],
    ['bitmap_release_region', 'map start order', map('forget')],
    ['bitmap_alloc', 'size flags', arrayOfAnything, gfp(1)],
    ['bitmap_zalloc', 'size flags', array, gfp(1)],
    ['bitmap_alloc_node', 'size flags node', arrayOfAnything, gfp(1)],
    ['bitmap_zalloc_node', 'size flags node', array, gfp(1)],
    ['bitmap_free', 'map', { do: 'free', what: 0, lifetime: 'heap' }],
    ['devm_bitmap_zalloc devm_bitmap_alloc', 'device size flags', managed, gfp(2)],
  ]),
  ...primitives('include/linux/cpumask.h', [['DECLARE_BITMAP', 'name size', NOTHING]]),
  ...primitives('include/linux/bitfield.h', [
    [
      'u32p_replace_bits u64p_replace_bits le32p_replace_bits le64p_replace_bits',
      'place value mask',
      forget(0),
    ],
    [
      'u8_get_bits u16_get_bits u32_get_bits u64_get_bits le32_get_bits le64_get_bits',
      'value mask',
      PURE,
      UNSIGNED,
    ],
    [
      'u8_encode_bits u16_encode_bits u32_encode_bits u64_encode_bits le64_encode_bits',
      'value mask',
      PURE,
      UNSIGNED,
    ],
    ['u32_replace_bits u64_replace_bits', 'old value mask', PURE, UNSIGNED],
  ]),
  ...primitives('include/linux/overflow.h', [
    [
      'check_add_overflow check_sub_overflow check_mul_overflow',
      'left right out',
      forget(2),
      { ...BOOL, simplified: OVERFLOW },
    ],
    ['check_shl_overflow', 'value shift out', forget(2), { ...BOOL, simplified: OVERFLOW }],
    ['overflows_type', 'value type', PURE, BOOL],
    ['type_min', 'type', PURE, INTEGER],
    ['struct_size struct_size_t flex_array_size', 'object member count', PURE, UNSIGNED],
    ['array_size size_mul size_add size_sub', 'left right', PURE, UNSIGNED],
    ['array3_size', 'first second third', PURE, UNSIGNED],
    ['castable_to_type', 'value type', PURE, BOOL],
  ]),
  ...primitives('include/linux/minmax.h', [
    ['min3 max3', 'first second third', PURE, INTEGER],
    ['min_not_zero', 'left right', PURE, UNSIGNED],
    ['in_range', 'value start length', PURE, BOOL],
  ]),
  ...primitives('include/linux/math.h', [
    ['abs', 'value', PURE, UNSIGNED],
    ['abs_diff', 'left right', PURE, UNSIGNED],
    ['mult_frac', 'value by shift', PURE, UNSIGNED],
  ]),
  ...primitives('include/linux/math64.h', [
    ['div_u64 div64_u64 div64_ul mul_u32_u32', 'left right', PURE, UNSIGNED],
    ['div_s64 div64_s64', 'left right', PURE, INTEGER],
    ['div_u64_rem', 'left right rest', forget(2), UNSIGNED],
    ['mul_u64_u32_shr', 'value by shift', PURE, UNSIGNED],
  ]),
  ...primitives('include/asm-generic/div64.h', [
    ['do_div', 'value by', FRESH, { ...UNSIGNED, simplified: 'The value is not divided.' }],
  ]),
  ...primitives('include/linux/nospec.h', [['array_index_nospec', 'index size', argument(0), UNSIGNED]]),
  ...primitives('arch/x86/include/asm/io.h', [
    ['virt_to_phys __pa __virt_to_phys', 'address', argument(0), ADDRESS],
    ['phys_to_virt __va', 'address', argument(0), MEMORY],
  ]),
  ...primitives('include/linux/mm.h', [
    ['__pa_symbol', 'address', argument(0), ADDRESS],
    ['virt_to_page virt_to_head_page virt_to_folio', 'address', argument(0), MEMORY],
    ['page_address lowmem_page_address page_to_virt folio_address', 'page', argument(0), MEMORY],
    ['page_to_phys', 'page', argument(0), ADDRESS],
    ['phys_to_page', 'address', argument(0), MEMORY],
    ['page_to_pfn folio_pfn vmalloc_to_pfn', 'page', PURE, UNSIGNED],
    ['pfn_to_page pfn_to_kaddr', 'number', PURE, POINTER],
    ['nth_page', 'page index', PURE, POINTER],
    ['PageReserved', 'page', FRESH, BOOL],
    ['page_to_nid page_mapcount page_shift compound_order', 'page', FRESH, INTEGER],
    ['page_size', 'page', FRESH, UNSIGNED],
    ['page_pgdat', 'page', PURE, POINTER],
    ['set_page_dirty set_page_dirty_lock', 'page', FRESH, BOOL],
    ['pte_offset_map', 'table address', FRESH, POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/mem_encrypt.h', [['__sme_clr __sme_set', 'value', argument(0), ADDRESS]]),
  ...primitives('arch/x86/include/asm/mem_encrypt.h', [
    ['__sme_pa', 'value', argument(0), ADDRESS],
    ['sme_me_mask', '', constant(0), UNSIGNED],
  ]),
  ...primitives('include/linux/page-flags.h', [
    ['compound_head page_folio', 'address', argument(0), MEMORY],
    ['PageHighMem PageCompound PageHuge', 'page', FRESH, BOOL],
  ]),
  ...primitives('include/linux/highmem-internal.h', [
    ['kmap kmap_local_page kmap_atomic', 'page', argument(0), MEMORY],
    ['kunmap kunmap_local kunmap_atomic', 'address', NOTHING],
    ['kmap_to_page', 'address', argument(0), MEMORY],
  ]),
  ...primitives('include/linux/mmzone.h', [['pfn_valid', 'number', PURE, BOOL]]),
  ...primitives('include/linux/page_ref.h', [['page_count page_ref_count', 'page', FRESH, INTEGER]]),
  ...primitives('include/linux/pfn_t.h', [['__pfn_to_pfn_t', 'number flags', PURE]]),
  ...primitives('include/linux/uaccess.h', [
    ['untagged_addr', 'address', argument(0), UNSIGNED],
    ['untagged_addr_remote', 'mm address', argument(1), UNSIGNED],
  ]),
  ...primitives('include/linux/pgtable.h', [
    [
      'pgprot_noncached pgprot_device pgprot_decrypted pgprot_encrypted pgprot_writecombine',
      'protection',
      argument(0),
    ],
    ['mk_pte', 'page protection', PURE],
    ['pte_val pmd_val pud_val pgd_val', 'entry', FRESH, UNSIGNED],
    ['pud_offset pmd_offset p4d_offset pte_offset_kernel', 'table address', FRESH, POINTER_OR_NULL],
    ['pgd_offset', 'mm address', FRESH, POINTER],
    ['vm_fault_enum', 'value', argument(0), UNSIGNED],
  ]),
  ...primitives('include/linux/string.h', [
    ['memset', 'to value size', { do: 'fill', to: 0, value: 1, size: 2 }, POINTER],
    ['memcpy memmove __memcpy', 'to from size', { do: 'copy', to: 0, from: 1, size: 2 }, POINTER],
    [
      'memset16 memset32 memset64',
      'to value count',
      forget(0),
      { ...POINTER_OR_NULL, simplified: 'The values are not told.' },
    ],
    ['memzero_explicit', 'to size', forget(0), { simplified: 'The bytes become unknown.' }],
    ['memcmp bcmp crypto_memneq', 'left right size', FRESH, { ...INTEGER, simplified: CONTENTS }],
    ['memchr_inv memchr', 'from value size', FRESH, POINTER_OR_NULL],
    ['strlen', 'text', PURE, UNSIGNED],
    ['strnlen', 'text most', PURE, UNSIGNED],
    ['strcmp strcasecmp', 'left right', PURE, INTEGER],
    ['strncmp strncasecmp', 'left right most', PURE, INTEGER],
    ['strcspn strspn', 'text set', PURE, UNSIGNED],
    ['strchr strrchr', 'text character', FRESH, POINTER_OR_NULL],
    ['strstr strpbrk', 'text part', FRESH, POINTER_OR_NULL],
    ['str_has_prefix', 'text prefix', PURE, UNSIGNED],
    ['strstarts sysfs_streq', 'text other', PURE, BOOL],
    ['strcpy strcat', 'to from', forget(0), POINTER_OR_NULL],
    ['strncpy strncat', 'to from most', forget(0), POINTER_OR_NULL],
    ['strscpy strscpy_pad', 'to from most', forget(0), INTEGER],
    ['strlcpy strlcat', 'to from most', forget(0), UNSIGNED],
    ['strsep', 'text set', forget(0), POINTER_OR_NULL],
    ['strim', 'text', FRESH, POINTER],
    ['match_string', 'table count text', PURE, { returns: 'id' }],
    ['sysfs_match_string', 'table text', PURE, { returns: 'id' }],
  ]),
  ...primitives('include/linux/string_choices.h', [
    ['str_yes_no str_on_off str_enable_disable str_enabled_disabled str_read_write', 'value', PURE, POINTER],
  ]),
  ...primitives('include/linux/sprintf.h', [
    ['sprintf vsprintf', 'to format', forget(0), INTEGER],
    ['snprintf scnprintf vsnprintf vscnprintf', 'to size format', forget(0), INTEGER],
    ['sscanf', 'text format first second third fourth', forget(2, 3, 4, 5), INTEGER],
  ]),
  ...primitives('include/linux/kstrtox.h', [
    ['kstrtobool', 'text out', forget(1), { returns: 'errno', fails: failsWith('EINVAL') }],
    [
      'kstrtoint kstrtouint kstrtou8 kstrtou16 kstrtou32 kstrtou64 kstrtol kstrtoul kstrtoull',
      'text base out',
      forget(2),
      { returns: 'errno', fails: failsWith('EINVAL') },
    ],
  ]),
  ...primitives('include/linux/uuid.h', [
    ['uuid_equal guid_equal', 'left right', FRESH, BOOL],
    ['uuid_copy guid_copy', 'to from', forget(0)],
    ['uuid_parse guid_parse', 'text to', forget(1), { returns: 'errno', fails: failsWith('EINVAL') }],
    ['uuid_gen guid_gen', 'to', forget(0)],
  ]),
  ...primitives('include/linux/timekeeping.h', [
    ['ktime_get ktime_get_boottime ktime_get_real', '', FRESH, INTEGER],
    ['ktime_get_ns ktime_get_real_seconds ktime_get_boottime_ns', '', FRESH, UNSIGNED],
  ]),
  ...primitives('include/linux/timex.h', [['get_cycles', '', FRESH, UNSIGNED]]),
  ...primitives('include/linux/sched/clock.h', [['local_clock', '', FRESH, UNSIGNED]]),
  ...primitives('include/linux/ktime.h', [
    ['ktime_to_ns ktime_to_us ktime_to_ms ns_to_ktime us_to_ktime ms_to_ktime', 'time', PURE, INTEGER],
    [
      'ktime_add_us ktime_add_ns ktime_add_ms ktime_add ktime_sub ktime_us_delta ktime_ms_delta',
      'left right',
      PURE,
      INTEGER,
    ],
    ['ktime_compare', 'left right', FRESH, INTEGER],
    ['ktime_after ktime_before', 'left right', FRESH, BOOL],
  ]),
  ...primitives('include/linux/jiffies.h', [
    ['msecs_to_jiffies usecs_to_jiffies nsecs_to_jiffies', 'time', PURE, UNSIGNED],
    ['jiffies_to_msecs jiffies_to_usecs', 'time', PURE, UNSIGNED],
    ['time_before time_after time_after_eq time_before_eq', 'left right', FRESH, BOOL],
  ]),
  ...primitives('include/linux/random.h', [
    ['get_random_u32 get_random_u64 get_random_long', '', FRESH, UNSIGNED],
    ['get_random_u32_below', 'ceiling', FRESH, UNSIGNED],
    ['get_random_bytes', 'to size', forget(0)],
  ]),
  ...primitives('include/linux/kernel.h', [
    ['u64_to_user_ptr', 'value', argument(0), POINTER_OR_NULL],
    ['_IOC_NR _IOC_TYPE _IOC_SIZE _IOC_DIR', 'number', PURE, UNSIGNED],
  ]),
  ...primitives('include/linux/sched/signal.h', [
    ['rlimit', 'limit', FRESH, UNSIGNED],
    ['task_rlimit', 'task limit', FRESH, UNSIGNED],
  ]),
  ...primitives('include/linux/compiler_types.h', [['__same_type', 'left right', PURE, BOOL]]),
  ...primitives('include/linux/stdarg.h', [
    ['va_start va_copy', 'list last', NOTHING],
    ['va_end', 'list', NOTHING],
    ['va_arg', 'list', FRESH, { simplified: 'Lists of arguments are not followed.' }],
  ]),
  ...primitives('include/linux/kdev_t.h', [
    ['MAJOR MINOR', 'number', PURE, UNSIGNED],
    ['MKDEV', 'major minor', PURE, UNSIGNED],
  ]),
];
