/** What a run learns of unknowns: tables of what is assumed and what is then known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeclarationsOf } from '../../server/src/ir/index.js';
import { LoweredCode } from '../../server/src/sim/code/index.js';
import { Machine, show } from '../../server/src/sim/engine/index.js';
import { settled } from '../../server/src/sim/engine/knowledge.js';
import { ALONE, runAlone } from '../../server/src/sim/scenarios/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const PATH = 'learn.c';
const PRELUDE = `typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32;
typedef unsigned long long u64; typedef long long s64; typedef signed char s8;
struct node { int count; struct node *next; };
`;

function loaded(text: string): LoweredCode {
  const files = [{ path: PATH, file: new CFile(PRELUDE + text) }];
  assert.deepEqual(files[0]!.file.errors, []);
  return new LoweredCode(new DeclarationsOf(files), files, {});
}

/** Every result that a function gives over all its paths, in order, without doubles. */
function results(parameters: string, body: string): string {
  const code = loaded(`int f(${parameters})\n{\n\t${body}\n}\n`);
  const procedure = code.procedure('f', PATH)!;
  const given = new Set<string>();
  const pending: number[][] = [[]];
  for (let runs = 0; pending.length > 0; runs++) {
    assert.ok(runs < 200, 'too many paths');
    const tape = pending.pop()!;
    const machine = new Machine(code, { ...ALONE, faults: false }, tape);
    const args = procedure.ir.locals
      .slice(0, procedure.ir.parameters)
      .map(({ kind, name, type }) => machine.anyInput(kind, name, type.replace(/\*$/, '')));
    machine.newTask('f', 'thread', [{ procedure, args }]);
    const { kind } = machine.run();
    if (kind === 'finished') given.add(show(settled(machine.results[0]!.value)));
    else if (kind !== 'impossible') given.add(kind);
    for (let index = tape.length; index < machine.choices.length; index++)
      for (let answer = 1; answer < machine.choices[index]!.count; answer++)
        pending.push([...machine.choices.slice(0, index).map(({ taken }) => taken), answer]);
  }
  return [...given].sort().join(' ');
}

interface Row {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
  /** All results over all paths. */
  readonly gives: string;
}

const row = (name: string, parameters: string, body: string, gives: string): Row => ({
  name,
  parameters,
  body,
  gives,
});

const ROWS: readonly Row[] = [
  row('an unknown may be anything', 'int a', 'return a == 3 ? 1 : 2;', '1 2'),
  // Equalities.
  row('an equality is learned', 'int a', 'if (a != 3) return 0; return a + 4;', '0 7'),
  row(
    'two that are equal are one',
    'int a, int b',
    'if (a != b) return 0; if (a != 5) return 1; return b;',
    '0 1 5',
  ),
  row(
    'what differs is not equal later',
    'int a, int b',
    'if (a == b) return 0; return a == b ? 1 : 2;',
    '0 2',
  ),
  row(
    'what differs may not both be the same',
    'int a, int b',
    'if (a == b || a != 5) return 0; return b == 5 ? 1 : 2;',
    '0 2',
  ),
  row(
    'bounds meet when unknowns do',
    'u32 a, u32 b',
    'if (a > 5 || b < 5 || a != b) return 0; return a;',
    '0 5',
  ),
  row(
    'bounds that do not meet keep unknowns apart',
    'u32 a, u32 b',
    'if (a > 4 || b < 5) return 0; return a == b;',
    '0',
  ),
  row(
    'exclusions are inherited',
    'int a, int b',
    'if (a == 3 || a != b) return 0; return b == 3 ? 1 : 2;',
    '0 2',
  ),
  // Intervals.
  row('an interval is learned', 'int a', 'if (a < 10) return 0; return a > 9 ? 1 : 2;', '0 1'),
  row('both bounds are learned', 'int a', 'if (a < 10 || a > 10) return 0; return a;', '0 10'),
  row('an unsigned number is not negative', 'u32 a', 'return a >= 0 ? 1 : 2;', '1'),
  row('a byte is no more than 255', 'u8 a', 'return a < 256 ? 1 : 2;', '1'),
  row('a signed byte is no less than -128', 's8 a', 'return a >= -128 ? 1 : 2;', '1'),
  row('the end of an interval may be excluded', 'u32 a', 'if (a > 1 || a == 0) return 0; return a;', '0 1'),
  row('order is kept between unknowns', 'int a, int b', 'if (a >= b) return 0; return b > a ? 1 : 2;', '0 1'),
  row('what is less is not equal', 'int a, int b', 'if (a >= b) return 0; return a == b ? 1 : 2;', '0 2'),
  row(
    'order holds when one becomes known',
    'int a, int b',
    'if (a >= b || b != 4) return 0; return a < 4 ? 1 : 2;',
    '0 1',
  ),
  row(
    'an impossible order is dropped',
    'int a, int b',
    'if (a <= b) return 0; if (b < 7) return 1; return a > 7 ? 2 : 3;',
    '0 1 2',
  ),
  // Exclusion.
  row('an exclusion is learned', 'int a', 'if (a == 3) return 0; return a == 3 ? 1 : 2;', '0 2'),
  row('what is true is not zero', 'int a', 'if (!a) return 0; return a == 0 ? 1 : 2;', '0 2'),
  row('what is false is zero', 'int a', 'if (a) return 1; return a;', '0 1'),
  // Null-ness.
  row(
    'a pointer that was tested is not NULL',
    'struct node *p',
    'if (!p) return 0; return p ? 1 : 2;',
    '0 1',
  ),
  row(
    'a pointer that was followed is not NULL, and to ask is late',
    'struct node *p',
    'p->count = 4; return p ? p->count : 2;',
    'violated',
  ),
  row('NULL is followed nowhere', 'struct node *p', 'if (p) return 1; return p->count;', '1 violated'),
  row(
    'a field is the same when it is read again',
    'struct node *p',
    'if (!p->next) return 0; return p->next ? 1 : 2;',
    '0 1',
  ),
  row(
    'a pointer that was a number is the same',
    'struct node *p',
    'if (!p) return 0; struct node *q = (struct node *)(unsigned long)p; return q == p ? 1 : 2;',
    '0 1',
  ),
  // Arithmetic.
  row('up and down is where it was', 'int a', 'int b = a; a++; a--; return a == b ? 1 : 2;', '1'),
  row(
    'x + 1 - 1 of different widths is not x',
    'u32 a',
    'u32 c = a + 1; u64 b = c; b--; if (a != 0xffffffffu) return 1; return b == a ? 2 : 3;',
    '1 3',
  ),
  row('a sum that wraps is one sum', 'u32 a', 'return (a + 0xffffffffu) + 1 == a ? 1 : 2;', '1'),
  row('a sum tells its part', 'int a', 'if (a + 2 != 7) return 0; return a;', '0 5'),
  row('a difference tells its part', 'int a', 'if (10 - a != 7) return 0; return a;', '0 3'),
  row('a part tells the sum', 'int a', 'int b = a + 2; if (a != 3) return 0; return b;', '0 5'),
  row('a part bounds the sum', 'u8 a', 'int b = a + 2; if (a > 3) return 0; return b < 6 ? 1 : 2;', '0 1'),
  row('x - x is zero', 'int a', 'return a - a;', '0'),
  row('x ^ x is zero', 'int a', 'return a ^ a;', '0'),
  row('x | 0 is x', 'int a', 'return (a | 0) == a ? 1 : 2;', '1'),
  row('complement tells its part', 'int a', 'if (~a != 4) return 0; return a;', '-5 0'),
  row('a value computed from itself is not followed', 'int a', 'if (a != !a) return 0; return 1;', '0 1'),
  // Masks.
  row('what is masked is no more than the mask', 'u32 a', 'return (a & 7) < 8 ? 1 : 2;', '1'),
  row('a mask of nothing is nothing', 'u32 a', 'return a & 0;', '0'),
  row(
    'a masked bit is the same when asked again',
    'u32 a',
    'if (a & 4) return 1; return a & 4 ? 2 : 3;',
    '1 3',
  ),
  row('a number with a bit is not zero', 'u32 a', 'if (!(a & 4)) return 0; return a ? 1 : 2;', '0 1'),
  row(
    'no bits in a sum of bits, none in its parts',
    'u32 a, u32 b',
    'if (a | b) return 1; return a == 0 && b == 0 ? 2 : 3;',
    '1 2',
  ),
  row(
    'bits in a sum of bits may be in either part',
    'u32 a, u32 b',
    'if (!(a | b)) return 0; return a ? 1 : 2;',
    '0 1 2',
  ),
  row('a shifted number is no more than what is left', 'u8 a', 'return (a >> 4) < 16 ? 1 : 2;', '1'),
  // Conversions.
  row(
    'a number that fits is the same in another kind',
    'u8 a',
    'u32 b = a; if (b != 200) return 0; return a;',
    '0 200',
  ),
  row(
    'a sign that changes tells its part',
    'int a',
    'u32 b = a; if (b != 0xffffffffu) return 0; return a;',
    '-1 0',
  ),
  row(
    'what is cut off tells nothing',
    'u32 a',
    'u8 b = a; if (b != 3) return 0; return a == 3 ? 1 : 2;',
    '0 1 2',
  ),
  row('what was converted follows', 'u32 a', 'u8 b = a; if (a != 259) return 0; return b;', '0 3'),
  row('a truth value is one or zero', 'int a', '_Bool b = a; return b <= 1 ? 1 : 2;', '1'),
  row('!! keeps the truth', 'int a', 'if (!a) return 0; return !!a;', '0 1'),
  // Contradictory paths.
  row(
    'a path that contradicts itself is dropped',
    'int a, int b',
    'int c = a == 1, d = a == 2; if (!c) return 0; return d ? 1 : 2;',
    '0 2',
  ),
  row(
    'a switch excludes what it did not take',
    'int a',
    'switch (a) { case 1: return 1; case 2: return 2; } return a == 1 ? 3 : 4;',
    '1 2 4',
  ),
  row('a switch learns what it took', 'int a', 'switch (a) { case 4: return a; } return 0;', '0 4'),
];

for (const { name, parameters, body, gives } of ROWS)
  test(name, () => {
    assert.equal(results(parameters, body), gives);
  });

test('a null pointer is no finding before it is tested', () => {
  const code = loaded('int f(struct node *p)\n{\n\treturn p->count;\n}\n');
  const { breaches, verdict } = runAlone(code, code.procedure('f', PATH)!);
  assert.deepEqual(breaches, []);
  assert.deepEqual(verdict, { kind: 'held', explored: 'completely', why: '' });
});
