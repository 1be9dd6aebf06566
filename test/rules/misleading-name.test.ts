/** Words for what a name should say, and objects that may be called so. */
import { twins } from './twins.js';

/** In a file as it stands the rule is a remark; a patch can still choose. */
twins('misleading-name', {
  bad: {
    counted: `
struct toy_cookie { //!
	refcount_t users;
};`,
    freed: `
struct toy_stuff { //!
	int a;
};

void toy_free(struct toy_stuff *stuff)
{
	kfree(stuff);
}`,
    'pointed to by a domain': `
struct iommu_domain {
	struct toy_blob *blob; //!
};

struct toy_blob {
	struct mm_struct *mm;
};`,
  },
  good: {
    'a number': `
struct toy_binding {
	u64 cookie;
	struct mm_struct *mm;
};`,
    'never looked into': `
struct toy_cookie;

struct iommu_domain {
	struct toy_cookie *cookie;
};`,
    'a layout on the wire': `
struct toy_cookie {
	__u64 low;
	__u64 high;
};`,
    'a word that only contains it': `
struct toy_something {
	refcount_t users;
};`,
  },
  patches: {
    'new': `
+struct toy_cookie { //!
+	refcount_t users;
+};`,
    'used, not named, by the patch': `
+static void toy_init(struct toy_cookie *cookie)
+{
+	refcount_set(&cookie->users, 1);
+}
+
 struct toy_cookie {
 	refcount_t users;
 };
+
+void toy_go(struct toy_cookie *cookie)
+{
+	toy_init(cookie);
+}`,
  },
});
