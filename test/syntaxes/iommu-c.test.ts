import { test } from 'node:test';
import { checkScopes } from './scopes.js';

test('IOMMU words in C', () =>
  checkScopes(
    'source.c',
    `
| struct iommu_domain *domain;
  ^^^^^^ storage.type.built-in.c
         ^^^^^^^^^^^^ support.type.iommu.c
| const struct iommu_ops *ops = dev_iommu_ops(dev);
               ^^^^^^^^^ support.type.iommu.c
                                ^^^^^^^^^^^^^ support.function.iommu.c
| ioasid_t pasid = IOMMU_PASID_INVALID;
  ^^^^^^^^ support.type.iommu.c
                   ^^^^^^^^^^^^^^^^^^^ support.constant.iommu.c
| int iommu_domain;
      ^^^^^^^^^^^^ !support.type.iommu.c
| my_iommu_map(x);
     ^^^^^^^^^ !support.function.iommu.c
| /* struct iommu_domain and iommu_map() */
            ^^^^^^^^^^^^ !support
                             ^^^^^^^^^ !support
| x = "iommu_map(1)";
       ^^^^^^^^^ !support
`,
  ));

test('IOMMU words in the C of a patch', () =>
  checkScopes(
    'source.kernel-patch',
    `
| diff --git a/drivers/iommu/sample.c b/drivers/iommu/sample.c
| @@ -1,2 +1,3 @@
|  	ret = iommu_attach_device(domain, dev);
   	      ^^^^^^^^^^^^^^^^^^^ support.function.iommu.c
| +	struct iommu_group *group;
   	       ^^^^^^^^^^^ support.type.iommu.c markup.inserted.diff
`,
  ));

test('IOMMU words in the words of a mail stay plain', () =>
  checkScopes(
    'source.kernel-patch',
    `
| Subject: say it
|
| It calls iommu_attach_device(domain, dev) with a struct iommu_domain.
           ^^^^^^^^^^^^^^^^^^^ !support
                                                          ^^^^^^^^^^^^ !support
`,
  ));
