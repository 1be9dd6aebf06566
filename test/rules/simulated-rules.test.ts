/** The examples of the rules that simulated runs speak for are in the rules; here is that runs are quiet where they cannot know. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsIn } from './annotated.js';

const rulesIn = (code: string): string[] =>
  findingsIn(code).map(({ rule, severity }) => `${rule} ${severity}`);

test('a function that is made to return with the lock is no imbalance', () => {
  const code = `
struct toy { struct mutex lock; int id; };

int toy_lock(struct toy *toy)
{
	mutex_lock(&toy->lock);
	if (toy->id) {
		mutex_unlock(&toy->lock);
		return -EBUSY;
	}
	return 0;
}`;
  assert.deepEqual(rulesIn(code), []);
});
