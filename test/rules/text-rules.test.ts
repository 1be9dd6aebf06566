/** What rules about text, stubs and messages object to, each beside the nearest patch that is fine. */
import { describe, test } from 'node:test';
import { checkExample, type Example } from './annotated.js';

function examples(rule: string, table: Readonly<Record<string, Example | string>>): void {
  describe(`${rule} in patches`, () => {
    for (const [title, example] of Object.entries(table))
      test(title, () => {
        checkExample(typeof example === 'string' ? { form: 'patch', code: example } : example, rule);
      });
  });
}

const header = (code: string): Example => ({ form: 'header', code });

examples('needless-stub', {
  'asks about the first stub of a header': header(`
+#ifdef CONFIG_TOY
+void toy_stop(struct device *dev);
+#else
+static inline void toy_stop(struct device *dev)
+//                 ^^^^^^^^ needless-stub: Who calls
+{
+}
+#endif`),
  'allows one among stubs that were there': header(`
 #ifdef CONFIG_TOY
 int toy_start(struct device *dev);
+void toy_stop(struct device *dev);
 #else
 static inline int toy_start(struct device *dev)
 {
 	return -ENODEV;
 }
+
+static inline void toy_stop(struct device *dev)
+{
+}
 #endif`),
});

examples('config-stub', {
  'misses the second of two stubs': header(`
 #ifdef CONFIG_TOY
+int toy_start(struct device *dev);
+int toy_stop(struct device *dev);
+//  ^^^^^^^^ config-stub: has none
 #else
+static inline int toy_start(struct device *dev)
+{
+	return -ENODEV;
+}
 #endif`),
  'sees a stub whose first word is misspelt': header(`
 #ifdef CONFIG_TOY
+int toy_start(struct device *dev);
+int toy_stop(struct device *dev);
 #else
+static inline int toy_start(struct device *dev)
+{
+	return -ENODEV;
+}
+
+sttic inline int toy_stop(struct device *dev)
+{
+	return -ENODEV;
+}
 #endif`),
});

examples('undocumented-interface', {
  'objects to a member when those that were there are documented': header(`
 /**
  * struct iommu_device - one of them
  * @list: links them
  */
 struct iommu_device {
 	struct list_head list;
+	u32 max_toys;
+//	    ^^^^^^^^ undocumented-interface: @max_toys
 };`),
  'allows a member when no member is documented': header(`
 /**
  * struct iommu_device - one of them
  */
 struct iommu_device {
 	struct list_head list;
+	u32 max_toys;
 };`),
  'allows a member with a comment of its own': header(`
 struct iommu_device {
 	struct list_head list;
+	/* As many as the hardware tells */
+	u32 max_toys;
 };`),
  'objects to one export of a patch': `
 /**
  * toy_get() - Take a toy
  */
 int toy_get(struct toy *toy)
 {
 	return toy_take(toy, 1);
 }
 EXPORT_SYMBOL_GPL(toy_get);
 
+void toy_mend(struct toy *toy)
+//   ^^^^^^^^ undocumented-interface: toy_mend()
+{
+	toy->broken = 0;
+	toy_wake(toy);
+}
+EXPORT_SYMBOL_GPL(toy_mend);
+
+void toy_break(struct toy *toy)
+{
+	toy->broken = 1;
+	toy_wake(toy);
+}
+EXPORT_SYMBOL_GPL(toy_break);`,
  'allows an export where the file documents none': `
 int toy_get(struct toy *toy)
 {
 	return toy_take(toy, 1);
 }
 EXPORT_SYMBOL_GPL(toy_get);
 
+void toy_mend(struct toy *toy)
+{
+	toy->broken = 0;
+	toy_wake(toy);
+}
+EXPORT_SYMBOL_GPL(toy_mend);`,
  'allows what only calls an op, or hands out a value': `
 /**
  * toy_get() - Take a toy
  */
 int toy_get(struct toy *toy)
 {
 	return toy_take(toy, 1);
 }
 EXPORT_SYMBOL_GPL(toy_get);
 
+int toy_mend(struct toy *toy)
+{
+	if (!toy->ops->mend)
+		return -ENODEV;
+
+	return toy->ops->mend(toy);
+}
+EXPORT_SYMBOL_GPL(toy_mend);
+
+u32 toy_flags(void)
+{
+	return all_flags;
+}
+EXPORT_SYMBOL_GPL(toy_flags);`,
});

examples('needless-message', {
  'objects to telling that all is well': `
+static int __init toy_start(void)
+{
+	pr_info("toys are ready\\n");
+//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-message: Who needs
+	toys_ready = true;
+	return 0;
+}`,
  'allows telling that something is switched off': `
+static int __init toy_start(void)
+{
+	if (toy_is_old()) {
+		pr_info("no toys on this machine\\n");
+		toys_disabled = true;
+	}
+	return 0;
+}`,
  'allows telling of an erratum when the kernel starts': `
+static int __init toy_start(void)
+{
+	if (toy_is_old())
+		pr_info("erratum 12: toys are flushed twice\\n");
+	return 0;
+}`,
});

examples('message-without-device', {
  'objects where a local device is set': `
+static int toy_check(struct toy *toy)
+{
+	struct device *dev;
+
+	dev = toy->dev;
+	if (toy->broken) {
+		pr_err("broken\\n");
+//              ^^^^^^ message-without-device: dev_err(dev
+		return -EIO;
+	}
+	return toy_ask(dev);
+}`,
  'allows it where the local is set later': `
+static int toy_check(struct toy *toy)
+{
+	struct device *dev;
+
+	if (toy->broken) {
+		pr_err("broken\\n");
+		return -EIO;
+	}
+	dev = toy->dev;
+	return toy_ask(dev);
+}`,
  'allows it where the local is set on one of two ways': `
+static int toy_check(struct toy *toy)
+{
+	struct device *dev = NULL;
+
+	if (toy->has_dev)
+		dev = toy->dev;
+	if (toy->broken) {
+		pr_err("broken\\n");
+		return -EIO;
+	}
+	return toy_ask(dev);
+}`,
  'allows it where there is no device': `
+static int toy_check(struct device *dev)
+{
+	if (!dev) {
+		pr_err("no device\\n");
+		return -EIO;
+	}
+	return toy_ask(dev);
+}`,
});

examples('unused-code', {
  'objects to a macro that nothing names': `
+#define cap_quick(c)	(((c) >> 4) & 1)
+//      ^^^^^^^^^ unused-code: cap_quick
 
 #define TOY_AGREE(a, b, field)	((a)->field == (b)->field)
 
 int toy_agree(struct toy *a, struct toy *b)
 {
 	return TOY_AGREE(a, b, quick);
 }`,
  'allows a macro whose name another one pastes together': `
+#define cap_quick(c)	(((c) >> 4) & 1)
 
+#define TOY_AGREE(a, b, reg, what)	(reg##_##what((a)->reg) == reg##_##what((b)->reg))
 
 int toy_agree(struct toy *a, struct toy *b)
 {
+	return TOY_AGREE(a, b, cap, quick);
 }`,
});

examples('repeated-block', {
  'allows the same declarations and locks': `
+static int toy_start(struct toy_container *container, unsigned int number)
+{
+	struct toy_controller *controller = container->controller;
+	unsigned long remaining_time = 0;
+	int ret = 0;
+
+	mutex_lock(&container->big_lock_of_all);
+	if (!toy_container_is_usable(container)) {
+		ret = -EFAULT;
+		goto out_unlock;
+	}
+	toy_controller_start(controller, number);
+out_unlock:
+	mutex_unlock(&container->big_lock_of_all);
+	return ret;
+}
+
+static int toy_stop(struct toy_container *container, unsigned int number)
+{
+	struct toy_controller *controller = container->controller;
+	unsigned long remaining_time = 0;
+	int ret = 0;
+
+	mutex_lock(&container->big_lock_of_all);
+	if (!toy_container_is_usable(container)) {
+		ret = -EFAULT;
+		goto out_unlock;
+	}
+	toy_controller_stop(controller, number);
+out_unlock:
+	mutex_unlock(&container->big_lock_of_all);
+	return ret;
+}`,
});

examples('missing-fixes-tag', {
  'asks for the commit of a fault': {
    form: 'patch',
    subject: 'iommu/toy: Fix some leaks of toys',
    code: `
 int toy_a(struct toy *toy)
 {
+	kfree(toy->domain);
+//      ^^^^^^^^^^^^^^^^^^^ missing-fixes-tag: Fixes
 	return 0;
 }`,
  },
  'allows the conversion of code that is often got wrong': {
    form: 'patch',
    subject: 'iommu/toy: Fix common slips with tables of toys',
    code: `
 int toy_a(struct toy *toy)
 {
-	return toy_map(toy->list, toy->count);
+	return toy_map_table(toy);
 }`,
  },
});
