/**
 * Types that every kernel file takes for granted, for when their declaration
 * is not at hand (a declaration at hand wins). x86-64, LP64; types whose size
 * depends on the configuration have the size of a usual 64-bit one.
 */
import { Scalar } from './scalars.js';

const rows = (kind: Scalar, names: string): [string, Scalar][] =>
  names.split(' ').map((name) => [name, kind]);

/** C's own integers, words sorted. `int` may be left out beside any other word. */
export const C_INTEGERS: ReadonlyMap<string, Scalar> = new Map([
  ...rows(Scalar.I8, 'char'),
  ['char signed', Scalar.I8],
  ['char unsigned', Scalar.U8],
  ['short', Scalar.I16],
  ['short signed', Scalar.I16],
  ['short unsigned', Scalar.U16],
  ['', Scalar.I32],
  ['signed', Scalar.I32],
  ['unsigned', Scalar.U32],
  ['long', Scalar.I64],
  ['long signed', Scalar.I64],
  ['long unsigned', Scalar.U64],
  ['long long', Scalar.I64],
  ['long long signed', Scalar.I64],
  ['long long unsigned', Scalar.U64],
]);

/** Typedefs of integers. */
export const KERNEL_INTEGERS: ReadonlyMap<string, Scalar> = new Map([
  ...rows(Scalar.Bool, '_Bool bool'),
  ...rows(Scalar.I8, 's8 __s8 int8_t'),
  ...rows(Scalar.U8, 'u8 __u8 uint8_t u_char unchar'),
  ...rows(Scalar.I16, 's16 __s16 int16_t'),
  ...rows(Scalar.U16, 'u16 __u16 uint16_t u_short ushort __le16 __be16 umode_t __sum16 wchar_t'),
  ...rows(Scalar.I32, 's32 __s32 int32_t pid_t acpi_status_t irqreturn_t key_serial_t'),
  ...rows(Scalar.U32, 'u32 __u32 uint32_t u_int uint __le32 __be32 gfp_t ioasid_t dev_t uid_t gid_t'),
  ...rows(
    Scalar.U32,
    '__poll_t vm_fault_t fmode_t blk_status_t slab_flags_t __wsum acpi_status isolate_mode_t',
  ),
  ...rows(Scalar.U32, 'dma_cookie_t phandle cycles32_t depot_stack_handle_t vfio_iova_flags_t uint_t'),
  ...rows(Scalar.I64, 's64 __s64 int64_t ssize_t loff_t off_t ptrdiff_t intptr_t ktime_t time64_t'),
  ...rows(Scalar.I64, '__kernel_ssize_t __kernel_loff_t __kernel_time64_t'),
  ...rows(Scalar.U64, 'u64 __u64 uint64_t __le64 __be64 size_t dma_addr_t phys_addr_t resource_size_t'),
  ...rows(Scalar.U64, 'uintptr_t __kernel_size_t __kernel_ulong_t ulong u_long vm_flags_t pgoff_t sector_t'),
  ...rows(
    Scalar.U64,
    'cycles_t irq_hw_number_t __aligned_u64 __aligned_le64 acpi_size acpi_physical_address',
  ),
  ...rows(Scalar.U64, 'acpi_io_address kernel_ulong_t async_cookie_t netdev_features_t blkcnt_t'),
]);

/** Typedefs of structs, each as it would be declared. */
export const KERNEL_RECORDS: ReadonlyMap<string, string> = new Map([
  ['atomic_t', 'struct { int counter; }'],
  ['atomic64_t', 'struct { s64 counter; }'],
  ['atomic_long_t', 'struct { s64 counter; }'],
  ['refcount_t', 'struct refcount_struct { atomic_t refs; }'],
  ['guid_t', 'struct { __u8 b[16]; }'],
  ['uuid_t', 'struct { __u8 b[16]; }'],
  ['pgprot_t', 'struct { unsigned long pgprot; }'],
  ['local64_t', 'struct { atomic_long_t a; }'],
]);

/** Records that are everywhere, for when the header that defines them is not at hand. */
export const KERNEL_TAGS: ReadonlyMap<string, string> = new Map([
  ['struct list_head', 'struct list_head { struct list_head *next, *prev; }'],
  ['struct hlist_head', 'struct hlist_head { struct hlist_node *first; }'],
  ['struct hlist_node', 'struct hlist_node { struct hlist_node *next, **pprev; }'],
  ['struct llist_head', 'struct llist_head { struct llist_node *first; }'],
  ['struct llist_node', 'struct llist_node { struct llist_node *next; }'],
  [
    'struct rb_node',
    'struct rb_node { unsigned long __rb_parent_color; struct rb_node *rb_right, *rb_left; }',
  ],
  ['struct rb_root', 'struct rb_root { struct rb_node *rb_node; }'],
  ['struct kref', 'struct kref { refcount_t refcount; }'],
  ['struct refcount_struct', 'struct refcount_struct { atomic_t refs; }'],
  [
    'struct callback_head',
    'struct callback_head { struct callback_head *next; void (*func)(struct callback_head *head); }',
  ],
  ['struct rcu_head', 'struct rcu_head { struct rcu_head *next; void (*func)(struct rcu_head *head); }'],
]);
