/** Objections to what a patch leaves behind, each beside the nearest patch that is fine. */
import { twins } from './twins.js';

twins('dead-store', {
  bad: {},
  good: {
    'read behind the loop that it is set in': `
int toy_sum(struct toy *toy, int count)
{
	int last = 0;

	while (count--)
		last = toy_next(toy, last);
	return last;
}`,
    'read by a label that is jumped back to': `
int toy_wait(struct toy *toy)
{
	int tries;

	tries = 3;
again:
	if (toy_ready(toy, tries))
		return 0;
	tries = toy_left(toy);
	goto again;
}`,
    'handed out by its address': `
int toy_ask(struct toy *toy)
{
	u32 answer;

	toy_expect(toy, &answer);
	answer = 0;
	return toy_go(toy);
}`,
  },
  patches: {
    'of a function that is cut off': `
 static int toy_map(struct toy *toy, unsigned long attrs)
 {
+	attrs |= TOY_SYNCED;
 	if (toy->is_ready) {`,
    'an initial value that a branch needs': `
+int toy_map(struct toy *toy)
+{
+	int ret = 0;
+
+	if (toy->is_ready)
+		ret = toy_sync(toy);
+	return ret;
+}`,
  },
});

twins('unused-code', {
  bad: {},
  good: {},
  patches: {
    'a table of registers': `
+#define TOY_REG_A	0x00
+#define TOY_REG_B	0x04
+#define TOY_REG_C	0x08
+#define TOY_REG_D	0x0c
+#define TOY_REG_E	0x10
 int toy_put(struct toy *toy);`,
    'changed, not added': `
 struct toy {
-	int bonds;
+	unsigned int bonds;
 };`,
    'what only pads': `
+struct toy_reply {
+	__u32 code;
+	__u32 reserved;
+};
+
+int toy_code(struct toy_reply *reply)
+{
+	return reply->code;
+}`,
  },
});

twins('errno-changed', {
  bad: {},
  good: {},
  patches: {
    'another failure, another line': `
 int toy_enable(struct toy *toy)
 {
-	if (!toy->is_there)
-		return -ENODEV;
+	if (toy->is_busy)
+		return -EBUSY; 
 	return 0;
 }`,
  },
});

twins('spurious-change', {
  bad: {},
  good: {},
  patches: {
    'nothing but blanks: that is what it is for': `
 int toy_enable(struct toy *toy)
 {
-
 	return 0;
 }`,
  },
});

twins('bug-on', {
  bad: {},
  good: {},
  patches: {
    'the condition of one that was there': `
 void toy_free(struct toy *toy)
 {
-	BUG_ON(toy->count);
+	BUG_ON(toy->users);
 	kfree(toy);
 }`,
    moved: `
-void toy_check(struct toy *toy)
-{
-	BUG_ON(toy->count);
-}
-
 void toy_free(struct toy *toy)
 {
+	BUG_ON(toy->count);
 	kfree(toy);
 }`,
  },
});

twins('message-without-newline', {
  bad: {},
  good: {},
  patches: {
    'the line goes on': `
+void toy_show(struct device *dev, int count)
+{
+	dev_warn(dev, "slots:");
+	while (count--)
+		pr_cont(" %d", count);
+}`,
    'only an argument changes': `
 void toy_show(struct device *dev, struct toy *toy)
 {
-	dev_warn(dev, "slots: %d", toy->count);
+	dev_warn(dev, "slots: %d", toy->slots);
 }`,
    'only an argument changes, on a line of its own': `
 void toy_show(struct device *dev, struct toy *toy)
 {
 	dev_warn(dev,
 		 "slots: %d",
-		 toy->count);
+		 toy->slots);
 }`,
    'the text changes': `
 void toy_show(struct device *dev, struct toy *toy)
 {
-	dev_warn(dev, "count: %d\\n", toy->count);
+	dev_warn(dev, "slots: %d", toy->slots); //!
 }`,
  },
});

twins('error-or-null-test', {
  bad: {},
  good: {},
  patches: {
    'a condition that the patch shortens': `
 int toy_use(struct toy *toy, int id)
 {
 	struct bond *bond = bond_find(toy, id);

-	if (IS_ERR_OR_NULL(bond) || bond->id == 0)
+	if (IS_ERR_OR_NULL(bond))
 		return -ENODEV;
 	return 0;
 }`,
    'a new one': `
 int toy_use(struct toy *toy, int id)
 {
 	struct bond *bond = bond_find(toy, id);

-	if (bond->id == 0)
+	if (IS_ERR_OR_NULL(bond)) //!
 		return -ENODEV;
 	return 0;
 }`,
  },
});

twins('sleep-in-atomic-context', {
  bad: {},
  good: {},
  patches: {
    'a callee that sleeps, in a function whose head is not shown': `
 static void toy_stop(struct toy *toy)
 {
 	mutex_lock(&toy->lock);
 	toy->nr--;
 	mutex_unlock(&toy->lock);
 }
@@ -90,4 +90,5 @@ static void toy_halt(struct toy *toy)
 	spin_lock(&toy->slock);
+	toy_stop(toy); //!
 	toy->is_off = true;
 	spin_unlock(&toy->slock);
 }`,
  },
});
