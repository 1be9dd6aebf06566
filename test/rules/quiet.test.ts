/**
 * What is true and nobody would say: for each such kind the nearest patch in
 * which it is shown as a hint at most, beside one in which it is said aloud.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Around, findingsInPatch } from './patches.js';

interface Case extends Around {
  readonly code: string;
}

/** Whether a rule says anything in a patch that is shown unless hints are asked for. */
function isSaid(rule: string, { code, ...around }: Case): boolean {
  return findingsInPatch(code, around).some((each) => each.rule === rule && each.severity !== 'hint');
}

function pairs(rule: string, table: Readonly<Record<string, { quiet: Case; loud: Case }>>): void {
  describe(`${rule} keeps its voice down`, () => {
    for (const [title, { quiet, loud }] of Object.entries(table))
      test(title, () => {
        assert.equal(isSaid(rule, quiet), false, 'the quiet one');
        assert.equal(isSaid(rule, loud), true, 'the loud one');
      });
  });
}

/** The same code in two mails. */
const mails = (code: string, quiet: Around, loud: Around): { quiet: Case; loud: Case } => ({
  quiet: { code, ...quiet },
  loud: { code, ...loud },
});

const twice = (quiet: string, loud: string): { quiet: Case; loud: Case } => ({
  quiet: { code: quiet },
  loud: { code: loud },
});

const OLD = 'Date: Tue, 2 Feb 2021 10:00:00 +0000';
const NEW = 'Date: Tue, 2 Jan 2024 10:00:00 +0000';

pairs('message-without-newline', {
  'in what a stable kernel takes over': mails(
    `
 void toy_stop(struct toy *toy)
 {
+	dev_warn(toy->dev, "still busy");
 	toy->users = 0;
 }`,
    { tag: 'PATCH AUTOSEL 5.11 09/52' },
    { tag: 'PATCH 09/52' },
  ),
});

pairs('config-stub', {
  'in what a stable kernel takes over': mails(
    `
 #ifdef CONFIG_TOY
 void toy_start(void);
+void toy_stop(void);
 #else
 static inline void toy_start(void) { }
+static void toy_stop(void) { }
 #endif`,
    { path: 'include/linux/toy.h', tag: 'PATCH 5.10 3/9' },
    { path: 'include/linux/toy.h', tag: 'PATCH 3/9' },
  ),
});

pairs('unused-code', {
  'with patches to come, of which none is at hand': mails(
    `
+#define toy_wants(toy) ((toy)->users > toy_limit)
+
 void toy_stop(struct toy *toy)
 {
 	toy->users = 0;
 }`,
    { tag: 'PATCH 1/3' },
    { tag: 'PATCH 3/3' },
  ),
  'an export with patches to come': mails(
    `
+int toy_start(struct toy *toy)
+{
+	return toy->users++;
+}
+EXPORT_SYMBOL_GPL(toy_start);`,
    { tag: 'PATCH 1/3' },
    { tag: 'PATCH 3/3' },
  ),
  'an export of what was there': twice(
    `
 int toy_start(struct toy *toy)
 {
 	return toy->users++;
 }
+EXPORT_SYMBOL_GPL(toy_start);`,
    `
+int toy_start(struct toy *toy)
+{
+	return toy->users++;
+}
+EXPORT_SYMBOL_GPL(toy_start);`,
  ),
  'a hook of an architecture': mails(
    `
+#define __arch_toy_address(toy, at) ((toy)->base + (at))
+
 static inline void toy_stop(struct toy *toy)
 {
 	toy->users = 0;
 }`,
    { path: 'arch/arm/include/asm/toy.h' },
    { path: 'drivers/iommu/toy.h' },
  ),
  "a driver's own member with patches to come": mails(
    `
 struct toy {
 	int users;
+	bool is_pinned;
 };
 
 static inline void toy_stop(struct toy *toy)
 {
 	toy->users = 0;
 }`,
    { tag: 'PATCH 1/3', path: 'drivers/iommu/toy.h' },
    { tag: 'PATCH 1/3', path: 'include/linux/toy.h' },
  ),
});

test('unused-code asks of several new members of an interface once, while patches follow', () => {
  const code = `
+struct toy_range {
+	unsigned long iova;
+	unsigned long first;
+	unsigned long second;
+};
+
+static inline unsigned long toy_start(struct toy_range *range)
+{
+	return range->iova;
+}`;
  const levels = (tag: string): readonly string[] =>
    findingsInPatch(code, { tag, path: 'include/linux/toy.h' }).flatMap(({ rule, severity }) =>
      rule === 'unused-code' ? [severity] : [],
    );

  assert.deepEqual(levels('PATCH 1/3'), ['info', 'hint']);
  assert.deepEqual(levels('PATCH 3/3'), ['info', 'info']);
});

pairs('needless-message', {
  'what is told of a lack': twice(
    `
 void toy_fill(struct toy *toy, unsigned int count)
 {
+	if (count > toy->limit)
+		dev_info(toy->dev, "insufficient space, limited to %u\\n", toy->limit);
 	toy->users = 0;
 }`,
    `
 void toy_fill(struct toy *toy, unsigned int count)
 {
+	if (count > toy->limit)
+		dev_info(toy->dev, "%u toys filled\\n", count);
 	toy->users = 0;
 }`,
  ),
  'a message that was there, with a value for a word': twice(
    `
 void toy_map(struct toy *toy, bool all)
 {
-	dev_info(toy->dev, "Using the direct mapping\\n");
+	dev_info(toy->dev, "Using the %s mapping\\n", all ? "direct" : "other");
 }`,
    `
 void toy_map(struct toy *toy, bool all)
 {
-	dev_info(toy->dev, "Ready\\n");
+	dev_info(toy->dev, "Using the %s mapping\\n", all ? "direct" : "other");
 }`,
  ),
});

pairs('message-without-device', {
  'words about something else': twice(
    `
+int toy_attach(struct device *dev, int id)
+{
+	if (id < 0) {
+		pr_warn("bad table %d\\n", id);
+		return -ENODEV;
+	}
+	return 0;
+}`,
    `
+int toy_attach(struct device *dev, int id)
+{
+	if (id < 0) {
+		pr_warn("device without table %d\\n", id);
+		return -ENODEV;
+	}
+	return 0;
+}`,
  ),
});

pairs('spurious-change', {
  'a tidy line in a function that changes': twice(
    `
 int toy_a(struct toy *toy)
 {
+	toy->users++;
 	toy->seen = 0;
 	toy->lost = 0;
 	toy->found = 0;
+
 	return 0;
 }`,
    `
 int toy_a(struct toy *toy)
 {
+	toy->users++;
 	toy->seen = 0;
 	toy->lost = 0;
 	toy->found = 0;
 
+
 	return 0;
 }`,
  ),
});

pairs('undocumented-interface', {
  'a body that says it all': twice(
    `
+/**
+ * toy_enable() - Let a device use the toy
+ * @dev: the device, held by the caller
+ */
+int toy_enable(struct device *dev)
+{
+	return toy_set(dev, true);
+}
+EXPORT_SYMBOL_GPL(toy_enable);
+
+void toy_disable(struct device *dev)
+{
+	toy_set(dev, false);
+}
+EXPORT_SYMBOL_GPL(toy_disable);`,
    `
+/**
+ * toy_enable() - Let a device use the toy
+ * @dev: the device, held by the caller
+ */
+int toy_enable(struct device *dev)
+{
+	return toy_set(dev, true);
+}
+EXPORT_SYMBOL_GPL(toy_enable);
+
+void toy_disable(struct device *dev)
+{
+	if (!toy_is_set(dev))
+		return;
+	toy_flush(dev);
+	toy_set(dev, false);
+}
+EXPORT_SYMBOL_GPL(toy_disable);`,
  ),
});

pairs('conditional-code', {
  'beside others of its kind': twice(
    `
 int toy_init(void)
 {
 #ifdef CONFIG_PCI
 	toy_register(&pci_bus_type);
 #endif
+#ifdef CONFIG_TOY_BUS
+	toy_register(&toy_bus_type);
+#endif
 	return 0;
 }`,
    `
 int toy_init(void)
 {
 	toy_register(&pci_bus_type);
+#ifdef CONFIG_TOY_BUS
+	toy_register(&toy_bus_type);
+#endif
 	return 0;
 }`,
  ),
});

const REFUSES = (log: string): string => `
+int toy_ioctl(struct toy *toy, void __user *arg)
+{
+	struct toy_request request;
+
+	if (copy_from_user(&request, arg, sizeof(request)))
+		return -EFAULT;
+	if (request.flags) {
+		${log}("bad flags %x\\n", request.flags);
+		return -EINVAL;
+	}
+	return 0;
+}`;

pairs('log-flood', {
  'a message with a limit': twice(REFUSES('pr_warn_ratelimited'), REFUSES('pr_warn')),
});

const FINDS = (head: string): string => `
+${head}
+{
+	struct toy *toy, *found = NULL;
+
+	mutex_lock(&toy_lock);
+	list_for_each_entry(toy, &toys, node) {
+		if (toy->id == id) {
+			found = toy;
+			break;
+		}
+	}
+	mutex_unlock(&toy_lock);
+	return found;
+}
+
+int toy_use(int id)
+{
+	return toy_find(id) ? 0 : -ENOENT;
+}`;

pairs('lookup-without-reference', {
  'for callers in the same file': twice(
    FINDS('static struct toy *toy_find(int id)'),
    FINDS('struct toy *toy_find(int id)'),
  ),
});

/** A count that is set to one where something is `made`, and every use of which is under one lock. */
const COUNTED = (made: string): string => `
+struct toy {
+	struct mutex lock;
+	refcount_t users;
+};
+
+struct toy *toy_open(struct toy *toy)
+{
+	${made}
+	mutex_lock(&toy->lock);
+	refcount_set(&toy->users, 1);
+	mutex_unlock(&toy->lock);
+	return toy;
+}
+
+void toy_get(struct toy *toy)
+{
+	mutex_lock(&toy->lock);
+	refcount_inc(&toy->users);
+	mutex_unlock(&toy->lock);
+}
+
+void toy_put(struct toy *toy)
+{
+	mutex_lock(&toy->lock);
+	if (refcount_dec_and_test(&toy->users))
+		toy_close(toy);
+	mutex_unlock(&toy->lock);
+}`;

const STATUS = (more: string): string =>
  ['alloc', 'free']
    .map(
      (verb) => `
+int toy_${verb}(struct toy *toy)
+{
+	toy_${verb}_command(toy);
+	toy_wait_for_response(toy, TOY_RESPONSE_REGISTER,
+			      !(toy->response & TOY_IN_PROGRESS));${more}
+	raw_spin_unlock_irqrestore(&toy->lock, flags);
+	status = toy_status(toy->response);
+	switch (status) {
+	case TOY_STATUS_SUCCESS:
+		return toy_${verb}_done(toy);
+	default:
+		return -EIO;
+	}
+}`,
    )
    .join('\n+');

pairs('dead-store', {
  'a zero to be on the safe side': twice(
    `
+int toy_map(struct toy *toy)
+{
+	int ret = 0;
+
+	if (!toy->users)
+		return -EINVAL;
+	ret = toy_sync(toy);
+	return ret;
+}`,
    `
+int toy_map(struct toy *toy)
+{
+	int ret = -ENOMEM;
+
+	if (!toy->users)
+		return -EINVAL;
+	ret = toy_sync(toy);
+	return ret;
+}`,
  ),
  'a value that the declaration had': twice(
    `
 int toy_map(struct toy *toy)
 {
-	int err, ret = 0;
+	int ret = 0;
 
 	ret = toy_sync(toy);
 	return ret;
 }`,
    `
 int toy_map(struct toy *toy)
 {
-	int err, ret;
+	int ret = 0;
 
 	ret = toy_sync(toy);
 	return ret;
 }`,
  ),
});

pairs('bare-barrier', {
  'one that was there': twice(
    `
 void toy_publish(struct toy *toy)
 {
-	toy->table = toy->next;
-	smp_wmb();
+	toy_set_table(toy);
+	smp_wmb();
+	trace_toy(toy);
 	toy->is_ready = true;
 }`,
    `
 void toy_publish(struct toy *toy)
 {
-	toy->table = toy->next;
+	toy_set_table(toy);
+	smp_wmb();
+	trace_toy(toy);
 	toy->is_ready = true;
 }`,
  ),
});

const RESETS = (call: string): string => `
+static int toy_reset(struct toy *toy)
+{
+	toy->users = 0;
+	toy->seen = 0;
+	return 0;
+}
+
+int toy_start(struct toy *toy)
+{
+	${call}
+}`;

pairs('always-zero', {
  'what is only handed on': twice(
    RESETS('return toy_reset(toy);'),
    RESETS('return toy_reset(toy) ? -EIO : 0;'),
  ),
});

const FLUSHES = (leaf: string): string => `
+static int toy_flush(struct toy *toy, bool leaf, bool sync)
+{
+	return toy_submit(toy, leaf ? 1 : 0, sync ? 1 : 0);
+}
+
+int toy_stop(struct toy *toy)
+{
+	return toy_flush(toy, ${leaf}, toy->is_slow);
+}`;

pairs('boolean-arguments', {
  'with names in all calls': twice(FLUSHES('toy->has_leaf'), FLUSHES('true')),
});

pairs('kernel-doc-form', {
  'of a comment that was there': twice(
    `
+/* Nothing of note. */
+static int toys;
+
+/**
  * Module support, in the words of old
  */
 static int toy_init(void)
 {
 	return 0;
 }`,
    `
+/**
+ * Module support, in new words
+ */
 static int toy_init(void)
 {
 	return 0;
 }`,
  ),
});

pairs('bug-on', {
  'beside another in its file': twice(
    `
 void toy_map(struct toy *toy, int dir)
 {
 	if (dir > 3)
 		BUG();
 	toy->dir = dir;
 }
 
+void toy_unmap(struct toy *toy, int dir)
+{
+	if (dir > 3)
+		BUG();
+	toy->dir = 0;
+}`,
    `
 void toy_map(struct toy *toy, int dir)
 {
 	toy->dir = dir;
 }
 
+void toy_unmap(struct toy *toy, int dir)
+{
+	if (dir > 3)
+		BUG();
+	toy->dir = 0;
+}`,
  ),
});

const ASKS = (test: string): string => `
+int toy_find(int id)
+{
+	struct toy *toy = ioasid_find(NULL, id, NULL);
+
+	if (IS_ERR_OR_NULL(toy))
+		return ${test};
+	return toy->users;
+}`;

pairs('error-or-null-test', {
  'of what can be both': twice(ASKS('-ENOENT'), ASKS('PTR_ERR(toy)')),
});

pairs('attach-failure-message', {
  'beside another of the kind': twice(
    `
 static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
 {
 	if (!domain->pgsize_bitmap) {
 		dev_err(dev, "no page size\\n");
 		return -ENXIO;
 	}
+	if (domain->type == IOMMU_DOMAIN_IDENTITY) {
+		dev_err(dev, "not for this type\\n");
+		return -EINVAL;
+	}
 	return 0;
 }
 
 const struct iommu_domain_ops toy_ops = {
 	.attach_dev = toy_attach_dev,
 };`,
    `
 static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
 {
 	if (!domain->pgsize_bitmap)
 		return -ENXIO;
+	if (domain->type == IOMMU_DOMAIN_IDENTITY) {
+		dev_err(dev, "not for this type\\n");
+		return -EINVAL;
+	}
 	return 0;
 }
 
 const struct iommu_domain_ops toy_ops = {
 	.attach_dev = toy_attach_dev,
 };`,
  ),
});

pairs('bus-iommu-ops', {
  'when there was nothing else': mails(
    `
 int toy_probe(struct device *dev)
 {
+	const struct iommu_ops *ops = dev->bus->iommu_ops;
+
+	return ops ? 0 : -ENODEV;
 }`,
    { header: OLD },
    { header: NEW },
  ),
});

pairs('per-bus-interface', {
  'when there was nothing else': mails(
    `
+int toy_open(struct toy *toy, struct device *dev)
+{
+	if (!iommu_capable(dev->bus, IOMMU_CAP_CACHE_COHERENCY))
+		return -EINVAL;
+	return 0;
+}`,
    { header: OLD },
    { header: NEW },
  ),
});

pairs('stale-translation', {
  'where the end of the process is seen to, and patches follow': mails(
    `
+static const struct mmu_notifier_ops toy_mn_ops = {
+	.release = toy_release,
+	.free_notifier = toy_free,
+};`,
    { tag: 'PATCH 1/3' },
    { tag: 'PATCH 3/3' },
  ),
});

pairs('needless-synchronisation', {
  'a count of references': twice(
    COUNTED('toy = kzalloc(sizeof(*toy), GFP_KERNEL);'),
    COUNTED('toy_reset(toy);'),
  ),
});

pairs('repeated-block', {
  'the frame of a switch': twice(
    STATUS(''),
    STATUS(
      '\n+	toy->head = toy_next(toy, toy->head, TOY_QUEUE_MASK);\n+	toy->tail = toy_next(toy, toy->tail, TOY_QUEUE_MASK);\n+	toy->pending = toy->head - toy->tail;\n+	toy->seen = toy->pending;',
    ),
  ),
});

pairs('needless-parameter', {
  'one that a later patch may read': mails(
    `
+static int toy_size(struct toy *toy, int level, struct toy_config *config)
+{
+	if (!toy->users)
+		return 0;
+	return toy->sizes[level];
+}
+
+int toy_map(struct toy *toy, struct toy_config *config)
+{
+	return toy_size(toy, 1, config);
+}`,
    { tag: 'PATCH 1/3' },
    { tag: 'PATCH 3/3' },
  ),
});

pairs('detach-op', {
  'in the ops of a kernel that asks for it': twice(
    `
+static const struct iommu_ops toy_ops = {
+	.attach_dev = toy_attach,
+	.detach_dev = toy_detach,
+};`,
    `
+static const struct iommu_domain_ops toy_ops = {
+	.attach_dev = toy_attach,
+	.detach_dev = toy_detach,
+};`,
  ),
  'an op that another patch of the series asks for': mails(
    `
+static const struct iommu_domain_ops toy_ops = {
+	.attach_dev_pasid = toy_attach,
+	.detach_dev_pasid = toy_detach,
+};`,
    { tag: 'PATCH 5/9' },
    { tag: 'PATCH' },
  ),
  'what is detached is no device': {
    quiet: {
      path: 'include/linux/iommu.h',
      code: `
 struct iommu_ops {
+	void (*detach_toy_table)(struct iommu_domain *domain);
 };`,
    },
    loud: {
      path: 'include/linux/iommu.h',
      code: `
 struct iommu_ops {
+	void (*detach_dev)(struct iommu_domain *domain, struct device *dev);
 };`,
    },
  },
});

const GATHERED = `
 void toy_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather)
 {
+	size_t size = gather->end - gather->start;
+
+	toy_flush(domain, gather->start, size);
 }`;

pairs('mistaken-count', {
  'the end of what is gathered, before it was part of the range': {
    quiet: { code: GATHERED, header: 'Date: Tue, 1 Oct 2019 18:14:55 +0200' },
    loud: { code: GATHERED, header: 'Date: Tue, 1 Mar 2022 18:14:55 +0200' },
  },
});
