/** A test that comes after what it is to protect from. */
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const checkedAfterUse = defineRule({
  id: 'checked-after-use',
  classes: ['use-before-check-or-init', 'redundant-check'],
  since: '0.2.0',
  summary:
    'What a test is to protect from has been done before the test: a pointer followed, a domain taken for one of a type.',
  why: 'Either it can fail, and then the test comes too late, or it cannot, and misleads whoever reads it.',
  remedy: 'Test first, or drop the test.',
  source:
    'Documentation/process/deprecated.rst, and gcc -fdelete-null-pointer-checks as the kernel avoids it (Makefile, 6.12); drivers/iommu/iommu-sva.c, include/linux/iommu.h: the union of iommu_domain depends on its type (6.12)',
  bad: [
    {
      title: 'followed in an initialiser',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_id(struct toy *toy)
{
	struct bond *bond = toy->bond;
	int id = bond->id;
//               ^^^^^^^^ checked-after-use: tests it for NULL afterwards

	if (!bond)
		return -ENODEV;
	return id;
}`,
    },
    {
      title: 'read before the test',
      code: `
struct mm_struct;
struct iommu_domain { unsigned type; };
struct mm_struct *toy_domain_mm(struct iommu_domain *domain);
int toy_bind(struct mm_struct *mm);

int toy_attach(struct iommu_domain *domain)
{
	struct mm_struct *mm = toy_domain_mm(domain);
//                             ^^^^^^^^^^^^^^^^^^^^^ checked-after-use: tested

	if (domain->type != 4)
		return -EINVAL;
	return toy_bind(mm);
}`,
    },
    {
      title: 'a record read before its length is asked',
      code: `
struct head { __le16 type; __le16 length; };
struct limits { struct head head; __le64 sizes; };
struct toy { u64 sizes; };

int toy_set_sizes(struct toy *toy, struct limits *limits, size_t len)
{
	u64 sizes = le64_to_cpu(limits->sizes);
//                              ^^^^^^^^^^^^^ checked-after-use: before \`len\` says

	if (len < sizeof(*limits))
		return -EINVAL;
	toy->sizes = sizes;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'the length asked for first, and the head before the rest',
      code: `
struct head { __le16 type; __le16 length; };
struct limits { struct head head; __le64 sizes; };
struct toy { u64 sizes; };

int toy_set_sizes(struct toy *toy, struct limits *limits, size_t len)
{
	struct head *head = &limits->head;

	if (len < sizeof(*head))
		return -EINVAL;
	if (le16_to_cpu(limits->head.type) != 3)
		return -EOPNOTSUPP;
	if (len < sizeof(*limits))
		return -EINVAL;
	toy->sizes = le64_to_cpu(limits->sizes);
	return 0;
}`,
    },
    {
      title: 'tested first',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_id(struct toy *toy)
{
	struct bond *bond = toy->bond;

	if (!bond)
		return -ENODEV;
	return bond->id;
}`,
    },
    {
      title: 'tested first',
      code: `
struct mm_struct;
struct iommu_domain { unsigned type; };
struct mm_struct *toy_domain_mm(struct iommu_domain *domain);
int toy_bind(struct mm_struct *mm);

int toy_attach(struct iommu_domain *domain)
{
	if (domain->type != 4)
		return -EINVAL;
	return toy_bind(toy_domain_mm(domain));
}`,
    },
  ],
  forms: [
    {
      of: 'A pointer is followed before the same function tests it for NULL, whatever path leads to the test.',
      why: 'Either the pointer can be NULL, and the test comes too late, or it cannot, and the test misleads whoever reads it. Compilers may drop such a test, since the use has promised that it is not needed.',
      instead: 'Test it before it is followed, or drop the test.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) => breachesOf(input, ['LATECHECK'], 'Test it first, or drop the test.', 'info'),
    },
    {
      of: 'An initialiser calls an accessor of one type of domain, and the type is tested afterwards.',
      why: 'Of a domain of another type the accessor has read what is not there by then.',
      instead: 'Test the type first.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'type-tested-late',
          ({ subject, other }) =>
            `${subject}() has looked into ${other} before its type is tested. Test the type first.`,
        ),
    },
    {
      of: 'A member of a record that came with its length is read before the length is asked.',
      why: 'Of a record that is too short the member lies behind its end: in the next record, or in memory of somebody else.',
      instead: 'Ask for the length first.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'read-before-length',
          ({ subject, other }) =>
            `${subject} is read before \`${other}\` says that the record is so long. Test the length first.`,
        ),
    },
  ],
});
