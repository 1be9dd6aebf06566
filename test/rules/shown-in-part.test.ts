/** Functions that a hunk shows in part are run as far as it shows them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { review } from '../../server/src/review/index.js';
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

/** A mail with these hunks of one file. */
const mailOf = (hunks: string): string => `From: A <a@example.com>
Subject: [PATCH] iommu: Do it

---
diff --git a/drivers/iommu/example.c b/drivers/iommu/example.c
index 111111111111..222222222222 100644
--- a/drivers/iommu/example.c
+++ b/drivers/iommu/example.c
${hunks}
-- 
2.43.0
`;

/** A mail with two hunks, of which the second lies in the function that the first begins. */
const inTwoParts = (declared: string, later: string): string =>
  mailOf(`@@ -10,4 +10,5 @@
 static void pad_free_all(void)
 {
 	struct tag *tag, *tags;
+${declared}
 
@@ -60,4 +61,${later.split('\n').length + 4} @@ static void pad_free_all(void)
 		list_del(&tag->list);
 		kfree(tag);
 	}
${later}
 }`);

function foundInMail(content: string): string[] {
  return review([{ path: 'a.patch', parts: [{ path: 'a.patch', content }] }], { tree: null })
    .findings.filter(({ trace }) => trace !== undefined)
    .map(({ rule, region }) => `${rule}:${region?.line}`);
}

const WALK = `+	list_for_each_entry_safe(pad, next, &pads, list) {
+		list_del(&pad->list);
+		pad_clean(&pad->buf);
+		kfree(pad);
+	}`;

test('what an earlier part declares is known in a later one', () => {
  const declared = '	struct pad *pad, *next;';
  assert.deepEqual(foundInMail(inTwoParts(declared, WALK)), []);
  const used = WALK.replace('+		kfree(pad);', '+		kfree(pad);\n+		pad->on = false;');
  assert.deepEqual(foundInMail(inTwoParts(declared, used)), ['use-after-free:68']);
});

test('of what nobody declares it is not guessed where its list hangs', () => {
  assert.deepEqual(foundInMail(inTwoParts('	int ret;', WALK)), []);
});

test('a node is off its list wherever it lies in a struct that is not shown', () => {
  const body = `
+void pad_free_all(void)
+{
+	struct pad *pad, *next;
+
+	list_for_each_entry_safe(pad, next, &pads, list) {
+		list_del(&pad->list);
+		kfree(pad);
+	}
+}`;
  assert.deepEqual(foundIn(body), []);
  assert.deepEqual(foundIn(body.replace(/.*list_del.*\n/, '')), ['use-after-free:15']);
});

/** A mail with one hunk in the middle of a function, of which nothing is shown but these lines. */
function inTheMiddle(body: string): string {
  const lines = body.replace(/^\n/, '').split('\n');
  const of = (signs: string): number => lines.filter((line) => signs.includes(line[0] ?? ' ')).length;
  return mailOf(`@@ -60,${of(' -')} +60,${of(' +')} @@ static int pad_map(struct pad *pad, unsigned long iova)
${lines.join('\n')}`);
}

/** The same with how bad each finding is. */
function foundInMiddle(body: string): string[] {
  const input = { path: 'example.patch', parts: [{ path: 'example.patch', content: inTheMiddle(body) }] };
  return review([input], { tree: null })
    .findings.filter(({ trace }) => trace !== undefined)
    .map(({ rule, severity, region }) => `${severity} ${rule}:${region?.line}`);
}

test('a variable that is declared out of sight is what its use says', () => {
  const body = `
 	spin_lock(&pad->lock);
+	slot = pad_find_slot(pad, iova);
+	if (IS_ERR(slot))
+		return PTR_ERR(slot);
 	*slot = PAD_VALID;
 	spin_unlock(&pad->lock);
 	pad_sync(pad);`;
  assert.deepEqual(foundInMiddle(body), ['warning lock-imbalance:63']);
});

test('memory in a variable that is declared out of sight is lost for a guess only', () => {
  const body = `
 
+	buf = kzalloc(64, GFP_KERNEL);
+	if (!buf)
+		return -ENOMEM;
+	ret = pad_send(pad, buf);
+	if (ret)
+		return ret;
+	kfree(buf);
 	return 0;
 }`;
  assert.deepEqual(foundInMiddle(body), ['info memory-leak:61']);
  assert.deepEqual(foundInMiddle(body.replace('+		return ret;', '+		goto free;')), []);
});

test('a name in capitals is a number that is not at hand, and takes nothing from what runs show', () => {
  const body = `
 	struct device *dev = pad->dev;
 	int ret;
 
+	ret = pm_runtime_get_sync(dev);
+	if (ret < 0)
+		return ret;
 	writel(PAD_ON, pad->base + PAD_CONTROL);
+	pm_runtime_put(dev);
 	return 0;
 }`;
  assert.deepEqual(foundInMiddle(body), ['warning reference-leak:63']);
});

const inAttach = (lines: string): string =>
  inTheMiddle(`
 	if (!pad->on)
 		return -ENODEV;
 
${lines}
 	return 0;`);

test('a local that an unseen part declares is told by what is done with it', () => {
  const made = '+	tag = kzalloc(sizeof(*tag), GFP_KERNEL);';
  assert.deepEqual(foundInMail(inAttach(`${made}\n+	tag->pad = pad;`)), [
    'memory-leak:63',
    'null-dereference:64',
  ]);
  const tested = `${made}\n+	if (!tag)\n+		return -ENOMEM;`;
  const left = '+	ret = pad_on(dev);\n+	if (ret)\n+		return ret;\n+	tag->pad = pad;\n+	pad->tag = tag;';
  assert.deepEqual(foundInMail(inAttach(`${tested}\n${left}`)), ['memory-leak:63']);
  const kept = '+	tag->pad = pad;\n+	pad->tag = tag;';
  assert.deepEqual(foundInMail(inAttach(`${tested}\n${kept}`)), []);
});

test('what may be a variable of the file keeps what it is given', () => {
  const made =
    '+	pad_tags = kzalloc(sizeof(*pad_tags), GFP_KERNEL);\n+	if (!pad_tags)\n+		return -ENOMEM;';
  const left = '+	ret = pad_on(dev);\n+	if (ret)\n+		return ret;\n+	pad_tags->pad = pad;';
  assert.deepEqual(foundInMail(inAttach(`${made}\n${left}`)), []);
});

test('of a block that begins out of sight both ways are gone', () => {
  const body = `
 		pad_queue(pad);
 	} else {
 		spin_lock(&pad->lock);
+		mutex_lock(&pad->mutex);
 		pad_clear(pad);
+		mutex_unlock(&pad->mutex);
 		spin_unlock(&pad->lock);
 	}`;
  assert.deepEqual(foundInMiddle(body), ['warning sleep-in-atomic-context:63']);
});

test('what stands behind a way out whose condition is out of sight', () => {
  const body = `
 		return -EINVAL;
 	}
 
+	spin_lock(&pad->lock);
+	mutex_lock(&pad->mutex);
+	pad_clear(pad);
+	mutex_unlock(&pad->mutex);
+	spin_unlock(&pad->lock);
 	return 0;`;
  assert.deepEqual(foundInMiddle(body), ['warning sleep-in-atomic-context:64']);
});

/** A function of two hunks: what fails in the first goes to a label of the second. */
const withUnwind = (failed: string, label: string): string =>
  mailOf(`@@ -20,6 +20,${6 + failed.split('\n').length} @@ static int pad_open(struct pad *pad, struct device *dev)
 	int rc;
 
 	rc = pad_set(pad, 1);
 	if (rc < 0) {
${failed}
 	}
 	pad_show(pad);
@@ -40,4 +41,${4 + label.split('\n').length} @@ static int pad_open(struct pad *pad, struct device *dev)
 	return 0;
 
${label}
 	return rc;
 }`);

test('a goto leads on to a label of a later hunk, over what no hunk shows', () => {
  const failed = '+		kfree(pad->buf);\n+		goto free;';
  assert.deepEqual(foundInMail(withUnwind(failed, '+free:\n+	kfree(pad->buf);')), ['invalid-free:44']);
  assert.deepEqual(foundInMail(withUnwind('+		goto free;', '+free:\n+	kfree(pad->buf);')), []);
  // Where the label is out of sight, nobody knows.
  assert.deepEqual(foundInMail(withUnwind(failed, '+other:\n+	kfree(pad->buf);')), []);
});
