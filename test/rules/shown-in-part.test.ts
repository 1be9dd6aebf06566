/** Functions that a hunk shows in part are run as far as it shows them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsInPatch } from './patches.js';

/** What is found by running the code of a hunk, as `rule:line`. */
function foundIn(body: string): string[] {
  return findingsInPatch(body)
    .filter(({ trace }) => trace !== undefined)
    .map(({ rule, region }) => `${rule}:${region?.line}`);
}

/** A hunk that shows the function from its first line on, and not to its end. */
const cut = (branch: string): string => `
 static int pad_show(struct seq_file *m, void *unused)
 {
 	struct pad *pad;
 
 	rcu_read_lock();
 	list_for_each_entry_rcu(pad, &pads, node) {
+		if (!pad->on) {
${branch}
+		}
 		seq_puts(m, pad->name);
 	}`;

test('a lock that an early return keeps', () => {
  assert.deepEqual(foundIn(cut('+			return 0;')), ['lock-imbalance:17']);
});

test('a lock that is given back before', () => {
  assert.deepEqual(foundIn(cut('+			rcu_read_unlock();\n+			return 0;')), []);
});

test('what gives it back may stand where the hunk does not show it', () => {
  assert.deepEqual(foundIn(cut('+			break;')), []);
  assert.deepEqual(foundIn(cut('+			goto out;')), []);
});

test('a loop that the hunk does not close has no second round', () => {
  const body = `
 void pad_free_all(struct pad *pad, int count)
 {
 	int i;
 
 	for (i = 0; i < count; i++) {
+		kfree(pad->buf);
 		if (i == 3)`;
  assert.deepEqual(foundIn(body), []);
});

test('a pointer that is followed before it is tested', () => {
  const body = `
 static int pad_attach(struct iommu_domain *domain, struct device *dev)
 {
 	struct pad *pad = dev_iommu_priv_get(dev);
+	struct device *paddev = pad->dev;
 	int ret;
 
 	if (!pad)
 		return -ENODEV;`;
  assert.deepEqual(foundIn(body), ['checked-after-use:13']);
});
