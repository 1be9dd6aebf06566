/** Constant expressions: what each is worth, and of what type. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeclarationsOf, SCALAR_NAMES, worldOf } from '../../server/src/ir/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const AROUND = `
#define SHIFT 12
#define SIZE_OF(n) ((n) << SHIFT)
#define FIELD_MASK GENMASK(7, 4)
enum order { FIRST, SECOND = FIRST + 5, THIRD, LAST = -1 };
struct pair { u8 a; u32 b[4]; struct { u16 c; }; };
static long offset;
extern int tunable;
#define tunable (0)
`;

/** What an expression is worth, and of which kind. */
function worth(expression: string): string {
  const file = new CFile(`${AROUND}enum { VALUE = ${expression} };\n`);
  const item = file.items.find((each) => each.kind === 'enum' && each.members[0]?.name === 'VALUE');
  assert.ok(item?.kind === 'enum' && item.members[0]?.value, expression);
  const world = worldOf(new DeclarationsOf([file]), { configuration: CONFIGURATION });
  const constant = world.constants.evaluate(item.members[0].value, world.types.envOf(file, ''));
  return constant ? `${SCALAR_NAMES[constant.kind]} ${constant.value}` : 'nothing';
}

const CONFIGURATION = new Map([
  ['CONFIG_ON', true],
  ['CONFIG_OFF', false],
]);

const TABLE: readonly (readonly [string, string])[] = [
  ['BIT(3)', 'u64 8'],
  ['BIT_ULL(63)', 'u64 9223372036854775808'],
  ['GENMASK(7, 4)', 'u64 240'],
  ['GENMASK_ULL(63, 0)', 'u64 18446744073709551615'],
  ['FIELD_PREP(FIELD_MASK, 3)', 'u64 48'],
  ['FIELD_GET(FIELD_MASK, 0xabc)', 'u64 11'],
  ['SIZE_OF(3)', 'i32 12288'],
  ['THIRD', 'i32 6'],
  // Only where the kernel is configured without it is the variable a constant.
  ['tunable', 'nothing'],
  ['LAST', 'i32 -1'],
  ["'a'", 'i32 97'],
  ["'\\n'", 'i32 10'],
  ["'\\xff'", 'i32 -1'],
  ['0x80000000', 'u32 2147483648'],
  ['2147483648', 'i64 2147483648'],
  ['010', 'i32 8'],
  ['1ull << 40', 'u64 1099511627776'],
  ['-1 >> 1', 'i32 -1'],
  ['-1 / 2u', 'u32 2147483647'],
  // The type is that of both arms, though only one is a constant.
  ['1 ? 3u : offset', 'i64 3'],
  ['0 ? offset : 3u', 'i64 3'],
  ['sizeof(struct pair)', 'u64 24'],
  ['sizeof(((struct pair *)0)->b)', 'u64 16'],
  ['sizeof_field(struct pair, c)', 'u64 2'],
  ['sizeof("abc")', 'u64 4'],
  ['offsetof(struct pair, b[2])', 'u64 12'],
  ['offsetof(struct pair, c)', 'u64 20'],
  ['offsetofend(struct pair, c)', 'u64 22'],
  ['_Alignof(struct pair)', 'u64 4'],
  ['IS_ENABLED(CONFIG_ON)', 'i32 1'],
  ['IS_ENABLED(CONFIG_OFF)', 'i32 0'],
  ['min(3, 5u)', 'u32 3'],
  ['max_t(u8, 3, 257)', 'u8 3'],
  ['ALIGN(5, 8)', 'i32 8'],
  ['DIV_ROUND_UP(7, 2)', 'i32 4'],
  ['lower_32_bits(0x1234567890)', 'u32 878082192'],
  ['DMA_BIT_MASK(48)', 'u64 281474976710655'],
  ['(u64)-1', 'u64 18446744073709551615'],
  ['(u8)300 + 1', 'i32 45'],
  ['~0u', 'u32 4294967295'],
  ['!5', 'i32 0'],
  ['1 ? 2 : 3ull', 'u64 2'],
  ['FIRST || 1 / 0', 'nothing'],
  ['sizeof(struct unseen)', 'nothing'],
  ['1 << 32', 'nothing'],
  ['SECOND && 3 > 2', 'i32 1'],
  ['-EINVAL', 'i32 -22'],
  ['PAGE_SIZE', 'u64 4096'],
];

for (const [expression, expected] of TABLE) {
  test(`${expression} is ${expected}`, () => {
    assert.equal(worth(`(${expression})`), expected);
  });
}
