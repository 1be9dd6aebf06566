/** Lowering an edited text: the same as lowering it from scratch, whatever was taken over, and never an exception. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { DeclarationsOf, lower, printIr } from '../../server/src/ir/index.js';
import { CFile, DEFAULT_CONFIGURATION } from '../../server/src/syntax/index.js';

const FIXTURE = `#include <linux/iommu.h>

#define TOY_MAX 4
#define TOY_BUSY(toy) ((toy)->users > TOY_MAX)
#define for_each_toy(pos, head) \\
	list_for_each_entry(pos, head, node)

enum toy_mode { TOY_OFF, TOY_ON = 1 << 1, };

struct toy {
	struct list_head node;
	struct {
		u32 mode : 3;
		u32 users : 5;
	};
#ifdef CONFIG_TOY_PASID
	u32 pasid;
#endif
	struct iommu_domain domain;
	int (*flush)(struct toy *toy, unsigned long iova);
};

static LIST_HEAD(toys);
static DEFINE_MUTEX(toy_lock);

static struct toy *to_toy(struct iommu_domain *domain)
{
	return container_of(domain, struct toy, domain);
}

#ifdef CONFIG_X86
static int toy_kind(void)
{
	return 86;
}
#else
static int toy_kind(void) { return TOY_MAX; }
#endif

static int toy_flush(struct toy *toy, unsigned long iova)
{
	int i, sum = 0;

	for (i = 0; i < TOY_MAX; i++) {
#ifdef CONFIG_X86
		sum += i;
#elif IS_ENABLED(CONFIG_TOY_PASID)
		sum -= toy->pasid;
#else
		sum ^= i << 2;
#endif
	}
	while (sum > 0 && !TOY_BUSY(toy))
		sum--;
	do {
		sum += toy->flush ? toy->flush(toy, iova) : 0;
	} while (sum < -1);
	return sum;
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy *toy = to_toy(domain), *other;
	int ret = -EINVAL;

	guard(mutex)(&toy_lock);
	for_each_toy(other, &toys) {
		switch (other->mode) {
		case TOY_OFF:
			ret = -EBUSY;
			break;
		case 2 ... 5:
			goto out;
		default:
			continue;
		}
	}
	ret = toy_flush(toy,
#ifndef CONFIG_PCI
			0
#else
			toy_kind()
#endif
	);
out:
	return ret;
}

static const struct iommu_domain_ops toy_ops = {
	.attach_dev = toy_attach,
#ifdef CONFIG_TOY_PASID
	.set_dev_pasid = toy_set,
#endif
};
`;

/** Maps that take other arms than the default does; each is one object, as a session would keep it. */
const CONFIGURATIONS = [
  DEFAULT_CONFIGURATION,
  new Map([['CONFIG_X86', true]]),
  new Map([
    ['CONFIG_X86', false],
    ['CONFIG_TOY_PASID', false],
    ['CONFIG_PCI', false],
  ]),
];

const PIECES = [
  ...['', ' ', '\n', 'x', '0', '{', '}', '(', ')', ');', ';', '\n}\n', '->a', ' = ', '"', '/*', '*/', '\\'],
  ...[
    '#if 0\n',
    '\n#ifdef CONFIG_X86\n',
    '\n#else\n',
    '\n#elif CONFIG_PCI\n',
    '\n#endif\n',
    '\n#define A 1\n',
  ],
  ...['\nint f(void)\n{\n', 'goto out;', 'break;', 'if (x) ', 'u64 z;', 'for (;;) ', 'case 1: ', 'to_toy(x)'],
];

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const anyEdit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(FIXTURE.length),
  // Mostly a few characters, as one types; now and then a stretch.
  remove: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, fc.nat(80)),
  insert: fc.constantFrom(...PIECES),
});

function edited(text: string, { at, remove, insert }: Edit): string {
  const from = at % (text.length + 1);
  return text.slice(0, from) + insert + text.slice(from + remove);
}

function listing(file: CFile): string[] {
  const declarations = new DeclarationsOf([file]);
  return file.items.flatMap((item) =>
    item.kind === 'function' ? [printIr(lower(file, item, declarations))] : [],
  );
}

describe('an edited text', () => {
  test('is lowered as if it had never been another', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = FIXTURE;
        let file = new CFile(text);
        for (const edit of edits) {
          text = edited(text, edit);
          file = new CFile(text, [], file);
          // Asked after each edit, so that bodies are read, and kept, between the edits.
          const now = listing(file);
          assert.deepEqual(now, listing(new CFile(text)));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is so under a configuration that changes, too', () => {
    const step = fc.tuple(anyEdit, fc.constantFrom(...CONFIGURATIONS));
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
        let text = FIXTURE;
        let file = new CFile(text);
        for (const [edit, configuration] of steps) {
          text = edited(text, edit);
          file = new CFile(text, [], file, configuration);
          assert.deepEqual(listing(file), listing(new CFile(text, [], undefined, configuration)));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('takes over what was not touched', () => {
    const before = new CFile(FIXTURE);
    const after = new CFile(FIXTURE.replace('return ret;', 'return 0;'), [], before);
    const kept = after.items.filter((item) => before.items.includes(item)).map(({ name }) => name);
    assert.ok(kept.includes('toy_flush') && !kept.includes('toy_attach'));
  });
});

test('any prefix of the text is lowered, under any configuration', () => {
  for (const configuration of CONFIGURATIONS) {
    let file: CFile | undefined;
    // Typed from the first character to the last, three at a time.
    for (let end = 0; end <= FIXTURE.length; end += 3) {
      file = new CFile(FIXTURE.slice(0, end), [], file, configuration);
      listing(file);
    }
  }
});

test('the maps lower different arms of the same function', () => {
  const listings = CONFIGURATIONS.map((configuration) =>
    listing(new CFile(FIXTURE, [], undefined, configuration)).join('\n'),
  );
  assert.equal(new Set(listings).size, CONFIGURATIONS.length);
});
