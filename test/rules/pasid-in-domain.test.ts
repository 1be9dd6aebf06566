/** PASIDs belong to attachments: what may remember one, and what may not. */
import { twins } from './twins.js';

twins('pasid-in-domain', {
  bad: {
    'a plain integer': `
struct toy_domain {
	struct iommu_domain domain;
	u32 pasid; //!
};`,
    "Arm's word for it": `
struct toy_domain {
	struct iommu_domain domain;
	int ssid; //!
};`,
    'an ioasid_t by any name': `
struct iommu_domain {
	ioasid_t number; //!
};`,
    'several of them': `
struct toy_domain {
	struct iommu_domain domain;
	ioasid_t ids[4]; //!
};`,
    'in a part that is freed with the domain': `
struct toy_part {
	ioasid_t id; //!
};

struct toy_domain {
	struct iommu_domain domain;
	struct toy_part *part;
};

static void toy_free(struct iommu_domain *domain)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	kfree(td->part);
	kfree(td);
}`,
    'in an anonymous union': `
struct iommu_domain {
	unsigned int type;
	union {
		void *iova_cookie;
		struct {
			struct mm_struct *mm;
			u32 pasid; //!
		};
	};
};`,
  },
  good: {
    'an attachment of the driver': `
struct toy_attachment {
	struct list_head node;
	struct device *dev;
	u32 pasid;
};

struct toy_domain {
	struct iommu_domain domain;
	struct list_head attachments;
};`,
    'a handle, an object of the mm, a group': `
struct toy_bond {
	struct device *dev;
	struct iommu_domain *domain;
	u32 pasid;
};

struct iommu_mm_data {
	u32 pasid;
	struct list_head sva_domains;
};

struct toy_group {
	struct iommu_domain *domain;
	u32 pasid;
};`,
    'a limit': `
struct toy_domain {
	struct iommu_domain domain;
	u32 max_pasids;
	ioasid_t max_pasid;
	int pasid_bits;
};`,
    'passed to attach': `
int toy_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct toy_attachment *attachment = kzalloc(sizeof(*attachment), GFP_KERNEL);

	if (!attachment)
		return -ENOMEM;
	attachment->pasid = pasid;
	dev_set_drvdata(dev, attachment);
	return 0;
}`,
  },
  patches: {
    'only the member is new': `
 struct toy_domain {
 	struct iommu_domain domain;
+	u32 pasid; //!
 };`,
    'only the store is new': `
 struct toy_domain {
 	struct iommu_domain domain;
 	u32 pasid;
 };

 void toy_set(struct toy_domain *td, u32 pasid)
 {
+	td->pasid = pasid;
 }`,
  },
});
