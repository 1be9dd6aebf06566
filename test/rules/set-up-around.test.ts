/** What a fresh object of a header's struct needs set up, where the files of its folder say whether somebody does. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { review } from '../../server/src/review/index.js';
import { memoryTree } from '../tree/source-tree-bench.js';

const FOLDER = 'drivers/iommu/toy';
const HEADER = `
struct toy {
	struct list_head node;
	struct mutex toy_mutex;
	int users;
};
void toy_open(struct toy *toy);
`;
const ALLOC = `
#include "toy.h"

struct toy *toy_alloc(void)
{
	struct toy *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (toy)
		toy->users = 1;
	return toy;
}
`;
const USER = `
#include "toy.h"

void toy_open(struct toy *toy)
{
	mutex_lock(&toy->toy_mutex);
	toy->users++;
	list_add(&toy->node, &toys);
	mutex_unlock(&toy->toy_mutex);
}
`;

/** The members that nobody is said to set up. */
function unset(more: string, alloc = ALLOC): string[] {
  const files = {
    [`${FOLDER}/toy.h`]: HEADER,
    [`${FOLDER}/alloc.c`]: alloc,
    [`${FOLDER}/user.c`]: USER + more,
  };
  const path = `${FOLDER}/alloc.c`;
  const { findings } = review([{ path, parts: [{ path, content: alloc }] }], { tree: memoryTree(files) });
  return findings.flatMap(({ message }) => /^Nobody calls \w+\(\) for `(\w+)`/.exec(message)?.[1] ?? []);
}

test('a lock that another file takes and none sets up is said', () => {
  assert.deepEqual(unset(''), ['toy_mutex']);
});

test('a lock that another file sets up is not', () => {
  assert.deepEqual(unset('\nvoid toy_ready(struct toy *toy)\n{\n\tmutex_init(&toy->toy_mutex);\n}\n'), []);
});

test('nor one that is set up where the object is made', () => {
  const alloc = ALLOC.replace('toy->users = 1;', 'mutex_init(&toy->toy_mutex);');
  assert.deepEqual(unset('', alloc), []);
});
