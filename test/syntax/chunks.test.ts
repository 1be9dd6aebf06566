/** Pieces of a text: where they are cut, what half typed code does to its neighbours, and what an edit costs. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { chunkStarts } from '../../server/src/syntax/chunks.js';
import { CFile } from '../../server/src/syntax/index.js';

const FIXTURE = `#include <linux/iommu.h>

#define TOY_MAX 4

struct toy {
	struct list_head list;
	struct {
		int a;
	} inner;
} __packed;

static const struct toy_id ids[] = {
{
	.name = "a }",
}, {
	.name = "b",
},
};

/* A comment with a { brace */
static int toy_first(struct toy *toy)
{
	if (toy) {
		list_for_each_entry(toy, &toys, list) {
			toy->inner.a++;
		}
	}
out:
	return 0;
}
EXPORT_SYMBOL_GPL(toy_first);

#ifdef CONFIG_TOY
int toy_second(struct toy *toy, int more)
{
#else
int toy_second(struct toy *toy)
{
#endif
	return toy->inner.a;
}

static inline void toy_nop(void) { }

int
toy_third(struct toy *toy,
	  int b)
{
	return b;
};

struct toy *toy_last(void);
`;

const names = (text: string): string[] => new CFile(text).items.map(({ kind, name }) => `${kind} ${name}`);

describe('pieces', () => {
  test('end where a function or a struct does', () => {
    const starts = chunkStarts(FIXTURE);
    const lines = starts.map((start, index) =>
      FIXTURE.slice(start, starts[index + 1])
        .trim()
        .split('\n'),
    );
    assert.deepEqual(
      lines.map((piece) => piece.at(-1)),
      [
        '} __packed;',
        '};',
        '}',
        '}',
        'static inline void toy_nop(void) { }',
        '};',
        'struct toy *toy_last(void);',
      ],
    );
  });

  test('begin again at the first column, whatever a half typed function leaves open', () => {
    const whole = names(FIXTURE);
    for (const typed of [
      'if (',
      '{ {',
      '}',
      ')',
      '(((',
      'toy->',
      '"',
      '= {',
      'for (;;) {',
      'do {',
      'case 1:',
      '\\',
    ]) {
      const text = FIXTURE.replace('\treturn 0;\n', `\t${typed}\n\treturn 0;\n`);
      const left = names(text).filter((name) => name !== 'function toy_first');
      assert.deepEqual(
        left,
        whole.filter((name) => name !== 'function toy_first'),
        `after ${typed}`,
      );
    }
  });

  test('of the text before are taken over by an edited text, item by item', () => {
    const before = new CFile(FIXTURE);
    const after = new CFile(FIXTURE.replace('return b;', 'return c;'), [], before);
    const same = after.items.filter((item) => before.items.includes(item)).map(({ name }) => name);
    assert.ok(same.includes('toy_first') && same.includes('toy_second'));
    assert.ok(!same.includes('toy_third'));
  });

  test('give the same as a text read from scratch, after any edits', () => {
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat(40),
      insert: fc.constantFrom(
        '',
        '{',
        '}',
        '\n',
        '(',
        ');',
        'x',
        '\n}\n',
        '#if 0\n',
        '/*',
        '"',
        '\nint f(void)\n{\n',
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = FIXTURE;
        let file = new CFile(text);
        for (const { at, remove, insert } of edits) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + insert + text.slice(from + remove);
          file = new CFile(text, [], file);
        }
        const fresh = new CFile(text);
        assert.deepEqual(file.items, fresh.items);
        assert.deepEqual(file.errors, fresh.errors);
        assert.deepEqual(file.marks, fresh.marks);
        const bodies = (each: CFile) =>
          each.items.map((item) => (item.kind === 'function' ? each.bodyOf(item) : null));
        assert.deepEqual(bodies(file), bodies(fresh));
      }),
      { numRuns: 150 },
    );
  });

  test('cover the text in order', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[{}();\n#a-z "/*\\]{0,120}$/), (text) => {
        const starts = chunkStarts(text);
        assert.equal(starts[0], 0);
        starts.reduce((before, start) => {
          assert.ok(start > before && start < Math.max(1, text.length));
          return start;
        });
      }),
    );
  });
});
