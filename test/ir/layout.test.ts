/** Sizes and offsets, compared with what a C compiler says of the same structs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DeclarationsOf, type RecordType, worldOf } from '../../server/src/ir/index.js';
import { CFile } from '../../server/src/syntax/index.js';
import { PRELUDE, Random } from './random-programs.js';

const HAS_CC = spawnSync('cc', ['--version']).status === 0;
const SEED = Number(process.env.IR_SEED ?? Date.now() & 0x7fffffff);
const TYPES = ['u8', 's16', 'u32', 's64', 'bool', 'char *', 'u64', 'struct plain'];
const BITS = { u8: 8, u16: 16, u32: 32, s32: 32, u64: 64, bool: 1 };

const FIXED = `
struct plain { u8 a; u32 b; u16 c; };
struct packed { u8 a; u32 b; u16 c; } __attribute__((packed));
struct aligned { u8 a; u32 b __attribute__((aligned(16))); } __attribute__((aligned(32)));
struct flexible { u16 count; u64 entries[]; };
union either { u8 bytes[9]; u32 word; };
struct nested { struct plain in[3]; union either either; struct { u8 x; u64 y; }; void (*call)(int); };
struct bits { u32 a : 3; u32 : 0; u8 b : 5; u16 c : 12; u64 d : 40; s32 e : 20; bool f : 1; };
struct packed_bits { u8 a : 3; u16 b : 11; u32 c : 20; u8 d; } __attribute__((packed));
`;

function randomStruct(random: Random, name: string): string {
  const body = Array.from({ length: 1 + random.below(8) }, (_, index) => {
    if (random.chance(45)) {
      const base = random.pick(Object.keys(BITS)) as keyof typeof BITS;
      const width = random.below(BITS[base] + 1);
      return width === 0 ? `${base} : 0;` : `${base} ${random.chance(15) ? '' : `f${index}`} : ${width};`;
    }
    const array = random.chance(20) ? `[${1 + random.below(5)}]` : '';
    return `${random.pick(TYPES)} f${index}${array};`;
  });
  const packed = random.chance(25) ? ' __attribute__((packed))' : '';
  return `struct ${name} { ${body.join(' ')} char end; }${packed};`;
}

test('every struct is laid out as the compiler does', {
  skip: HAS_CC ? false : 'no cc is installed',
}, (t) => {
  const random = new Random(SEED);
  const structs = Array.from({ length: 300 }, (_, index) => randomStruct(random, `r${index}`));
  const text = `${PRELUDE}${FIXED}${structs.join('\n')}\n`;
  const file = new CFile(text);
  const { types } = worldOf(new DeclarationsOf([file]));
  const mine: string[] = [];
  const prints: string[] = [];
  for (const item of file.items) {
    if (item.kind !== 'struct' && item.kind !== 'union') continue;
    const record = types.record(item, types.envOf(file, '')) as RecordType;
    const name = `${item.kind} ${item.name}`;
    mine.push(`${name} ${record.size} ${record.align}`);
    prints.push(`printf("${name} %zu %zu\\n", sizeof(${name}), _Alignof(${name}));`);
    for (const { name: field, offset, bits } of record.members) {
      if (bits || field === '') continue;
      mine.push(`${name}.${field} ${offset}`);
      prints.push(`printf("${name}.${field} %zu\\n", __builtin_offsetof(${name}, ${field}));`);
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'ir-layout-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const source = join(folder, 'layout.c');
  writeFileSync(source, `#include <stdio.h>\n${text}int main(void)\n{\n${prints.join('\n')}\nreturn 0;\n}\n`);
  const built = spawnSync('cc', ['-w', '-std=gnu11', source, '-o', join(folder, 'layout')], {
    encoding: 'utf8',
  });
  assert.equal(built.status, 0, built.stderr);
  const said = spawnSync(join(folder, 'layout'), { encoding: 'utf8' }).stdout.trim().split('\n');
  t.diagnostic(`seed ${SEED}: ${said.length} sizes and offsets`);
  assert.deepEqual(mine, said, `IR_SEED=${SEED}`);
});

test('what is not at hand makes sizes unknown, not wrong', () => {
  const file = new CFile(
    'struct a { int x; struct unseen u; int y; };\nstruct b { struct unseen *p; int z; };\n',
  );
  const { types } = worldOf(new DeclarationsOf([file]));
  const [a, b] = file.items.map((item) => types.record(item as never, types.envOf(file, '')) as RecordType);
  assert.deepEqual(
    [a!.size, a!.find('x')!.offset, a!.find('u')!.offset, a!.find('y')!.offset],
    [-1, 0, -1, -1],
  );
  assert.deepEqual([b!.size, b!.find('z')!.offset], [16, 8]);
});
