// Generated from server/simulated by `npm run docs`: change it there.

/** The files of server/simulated, by path. */
export const TEXTS: Readonly<Record<string, string>> = {
  'designs/list-per-mm.c':
    '// SPDX-License-Identifier: MIT\n' +
    '/*\n' +
    ' * The design of Linux 6.8 and later: an mm keeps a list of its SVA domains.\n' +
    ' * A device tries each of them and gets one of its own when none fits. A bond\n' +
    " * is found again in the PASID slot of the device's group.\n" +
    ' */\n' +
    '#include "../kernel.h"\n' +
    '\n' +
    'struct iommu_domain_ops {\n' +
    '\tint (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,\n' +
    '\t\t\t     struct iommu_domain *old);\n' +
    '\tvoid (*free)(struct iommu_domain *domain);\n' +
    '};\n' +
    '\n' +
    'struct iommu_ops {\n' +
    '\tstruct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);\n' +
    '\tvoid (*remove_dev_pasid)(struct device *dev, ioasid_t pasid, struct iommu_domain *domain);\n' +
    '\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n' +
    '\tconst struct iommu_domain_ops *default_domain_ops;\n' +
    '};\n' +
    '\n' +
    'struct iopf_group;\n' +
    '\n' +
    'struct iommu_domain {\n' +
    '\tunsigned int type;\n' +
    '\tconst struct iommu_domain_ops *ops;\n' +
    '\tconst struct iommu_ops *owner;\n' +
    '\tint (*iopf_handler)(struct iopf_group *group);\n' +
    '\tstruct mm_struct *mm;\n' +
    '\tint users;\n' +
    '\tstruct list_head next;\n' +
    '};\n' +
    '\n' +
    'struct iommu_attach_handle {\n' +
    '\tstruct iommu_domain *domain;\n' +
    '};\n' +
    '\n' +
    'struct iommu_sva {\n' +
    '\tstruct iommu_attach_handle handle;\n' +
    '\tstruct device *dev;\n' +
    '\trefcount_t users;\n' +
    '};\n' +
    '\n' +
    'struct iommu_mm_data {\n' +
    '\tioasid_t pasid;\n' +
    '\tstruct list_head sva_domains;\n' +
    '};\n' +
    '\n' +
    'struct iopf_group {\n' +
    '\tstruct work_struct work;\n' +
    '\tstruct iommu_attach_handle *attach_handle;\n' +
    '\tstruct device *dev;\n' +
    '\tstruct iommu_fault fault;\n' +
    '};\n' +
    '\n' +
    '/* ---- PASIDs */\n' +
    '\n' +
    'static DEFINE_IDA(iommu_global_pasid_ida);\n' +
    '\n' +
    'static ioasid_t iommu_alloc_global_pasid(struct device *dev)\n' +
    '{\n' +
    '\tint ret;\n' +
    '\n' +
    '\tif (!dev->iommu || !dev->iommu->max_pasids)\n' +
    '\t\treturn IOMMU_PASID_INVALID;\n' +
    '\tret = ida_alloc_range(&iommu_global_pasid_ida, IOMMU_FIRST_GLOBAL_PASID,\n' +
    '\t\t\t      dev->iommu->max_pasids - 1, GFP_KERNEL);\n' +
    '\treturn ret < 0 ? IOMMU_PASID_INVALID : ret;\n' +
    '}\n' +
    '\n' +
    'static void iommu_free_global_pasid(ioasid_t pasid)\n' +
    '{\n' +
    '\tida_free(&iommu_global_pasid_ida, pasid);\n' +
    '}\n' +
    '\n' +
    '/* ---- attaching to the PASIDs of a group */\n' +
    '\n' +
    'static bool dev_has_iommu(struct device *dev)\n' +
    '{\n' +
    '\treturn dev->iommu && dev->iommu->iommu_dev;\n' +
    '}\n' +
    '\n' +
    'static void remove_group_pasid(struct iommu_group *group, struct group_device *past, ioasid_t pasid,\n' +
    '\t\t\t       struct iommu_domain *domain)\n' +
    '{\n' +
    '\tstruct group_device *member;\n' +
    '\n' +
    '\tlist_for_each_entry(member, &group->devices, list) {\n' +
    '\t\tif (member == past)\n' +
    '\t\t\tbreak;\n' +
    '\t\tif (member->dev->iommu->max_pasids > 0)\n' +
    '\t\t\tdev_iommu_ops(member->dev)->remove_dev_pasid(member->dev, pasid, domain);\n' +
    '\t}\n' +
    '}\n' +
    '\n' +
    'static int set_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)\n' +
    '{\n' +
    '\tstruct group_device *member;\n' +
    '\tint ret;\n' +
    '\n' +
    '\tlist_for_each_entry(member, &group->devices, list) {\n' +
    '\t\tif (member->dev->iommu->max_pasids == 0)\n' +
    '\t\t\tcontinue;\n' +
    '\t\tret = domain->ops->set_dev_pasid(domain, member->dev, pasid, NULL);\n' +
    '\t\tif (ret) {\n' +
    '\t\t\tremove_group_pasid(group, member, pasid, domain);\n' +
    '\t\t\treturn ret;\n' +
    '\t\t}\n' +
    '\t}\n' +
    '\treturn 0;\n' +
    '}\n' +
    '\n' +
    'int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,\n' +
    '\t\t\t      struct iommu_attach_handle *handle)\n' +
    '{\n' +
    '\tstruct iommu_group *group = dev->iommu_group;\n' +
    '\tstruct group_device *member;\n' +
    '\tint ret;\n' +
    '\n' +
    '\tif (!domain->ops->set_dev_pasid)\n' +
    '\t\treturn -EOPNOTSUPP;\n' +
    '\tif (!group)\n' +
    '\t\treturn -ENODEV;\n' +
    '\tif (!dev_has_iommu(dev) || dev_iommu_ops(dev) != domain->owner || pasid == IOMMU_NO_PASID)\n' +
    '\t\treturn -EINVAL;\n' +
    '\n' +
    '\tmutex_lock(&group->mutex);\n' +
    '\tlist_for_each_entry(member, &group->devices, list) {\n' +
    '\t\tif (member->dev->iommu->max_pasids > 0 && pasid >= member->dev->iommu->max_pasids) {\n' +
    '\t\t\tret = -EINVAL;\n' +
    '\t\t\tgoto out_unlock;\n' +
    '\t\t}\n' +
    '\t}\n' +
    '\thandle->domain = domain;\n' +
    '\tret = xa_insert(&group->pasid_array, pasid, handle, GFP_KERNEL);\n' +
    '\tif (ret)\n' +
    '\t\tgoto out_unlock;\n' +
    '\tret = set_group_pasid(group, domain, pasid);\n' +
    '\tif (ret)\n' +
    '\t\txa_erase(&group->pasid_array, pasid);\n' +
    'out_unlock:\n' +
    '\tmutex_unlock(&group->mutex);\n' +
    '\treturn ret;\n' +
    '}\n' +
    '\n' +
    'void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n' +
    '{\n' +
    '\tstruct iommu_group *group = dev->iommu_group;\n' +
    '\n' +
    '\tmutex_lock(&group->mutex);\n' +
    '\tremove_group_pasid(group, NULL, pasid, domain);\n' +
    '\txa_erase(&group->pasid_array, pasid);\n' +
    '\tmutex_unlock(&group->mutex);\n' +
    '}\n' +
    '\n' +
    'static struct iommu_attach_handle *iommu_attach_handle_get(struct iommu_group *group, ioasid_t pasid,\n' +
    '\t\t\t\t\t\t\t   unsigned int type)\n' +
    '{\n' +
    '\tstruct iommu_attach_handle *handle;\n' +
    '\n' +
    '\txa_lock(&group->pasid_array);\n' +
    '\thandle = xa_load(&group->pasid_array, pasid);\n' +
    '\tif (!handle)\n' +
    '\t\thandle = ERR_PTR(-ENOENT);\n' +
    '\telse if (type && handle->domain->type != type)\n' +
    '\t\thandle = ERR_PTR(-EBUSY);\n' +
    '\txa_unlock(&group->pasid_array);\n' +
    '\treturn handle;\n' +
    '}\n' +
    '\n' +
    'static void iommu_domain_free(struct iommu_domain *domain)\n' +
    '{\n' +
    '\tif (domain->type == IOMMU_DOMAIN_SVA)\n' +
    '\t\tmmdrop(domain->mm);\n' +
    '\tdomain->ops->free(domain);\n' +
    '}\n' +
    '\n' +
    '/* ---- page requests */\n' +
    '\n' +
    'static void iopf_group_response(struct iopf_group *group, int status)\n' +
    '{\n' +
    '\tdev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);\n' +
    '}\n' +
    '\n' +
    'static void iommu_sva_handle_iopf(struct work_struct *work)\n' +
    '{\n' +
    '\tstruct iopf_group *group = container_of(work, struct iopf_group, work);\n' +
    '\tstruct mm_struct *mm = group->attach_handle->domain->mm;\n' +
    '\tint status = IOMMU_PAGE_RESP_INVALID;\n' +
    '\n' +
    '\tif (mmget_not_zero(mm)) {\n' +
    '\t\tmmap_read_lock(mm);\n' +
    '\t\tstatus = IOMMU_PAGE_RESP_SUCCESS;\n' +
    '\t\tmmap_read_unlock(mm);\n' +
    '\t\tmmput(mm);\n' +
    '\t}\n' +
    '\tiopf_group_response(group, status);\n' +
    '\tkfree(group);\n' +
    '}\n' +
    '\n' +
    'static int iommu_sva_iopf_handler(struct iopf_group *group)\n' +
    '{\n' +
    '\tINIT_WORK(&group->work, iommu_sva_handle_iopf);\n' +
    '\tschedule_work(&group->work);\n' +
    '\treturn 0;\n' +
    '}\n' +
    '\n' +
    'int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)\n' +
    '{\n' +
    '\tstruct iommu_attach_handle *handle;\n' +
    '\tstruct iopf_group *group;\n' +
    '\n' +
    '\tsimulated_ask(dev, fault->grpid);\n' +
    '\thandle = iommu_attach_handle_get(dev->iommu_group, fault->pasid, IOMMU_DOMAIN_SVA);\n' +
    '\tif (IS_ERR(handle))\n' +
    '\t\tgoto err_answer;\n' +
    '\tgroup = kzalloc(sizeof(*group), GFP_KERNEL);\n' +
    '\tif (!group)\n' +
    '\t\tgoto err_answer;\n' +
    '\tgroup->attach_handle = handle;\n' +
    '\tgroup->dev = dev;\n' +
    '\tgroup->fault = *fault;\n' +
    '\treturn handle->domain->iopf_handler(group);\n' +
    '\n' +
    'err_answer:\n' +
    '\tdev_iommu_ops(dev)->page_response(dev, fault->grpid);\n' +
    '\treturn -EINVAL;\n' +
    '}\n' +
    '\n' +
    '/* ---- shared virtual addressing */\n' +
    '\n' +
    'static DEFINE_MUTEX(iommu_sva_lock);\n' +
    '\n' +
    'static struct iommu_mm_data *iommu_alloc_mm_data(struct mm_struct *mm, struct device *dev)\n' +
    '{\n' +
    '\tstruct iommu_mm_data *iommu_mm = mm->iommu_mm;\n' +
    '\n' +
    '\tlockdep_assert_held(&iommu_sva_lock);\n' +
    '\n' +
    '\tif (iommu_mm) {\n' +
    '\t\tif (iommu_mm->pasid >= dev->iommu->max_pasids)\n' +
    '\t\t\treturn ERR_PTR(-EOVERFLOW);\n' +
    '\t\treturn iommu_mm;\n' +
    '\t}\n' +
    '\tiommu_mm = kzalloc(sizeof(*iommu_mm), GFP_KERNEL);\n' +
    '\tif (!iommu_mm)\n' +
    '\t\treturn ERR_PTR(-ENOMEM);\n' +
    '\tiommu_mm->pasid = iommu_alloc_global_pasid(dev);\n' +
    '\tif (iommu_mm->pasid == IOMMU_PASID_INVALID) {\n' +
    '\t\tkfree(iommu_mm);\n' +
    '\t\treturn ERR_PTR(-ENOSPC);\n' +
    '\t}\n' +
    '\tINIT_LIST_HEAD(&iommu_mm->sva_domains);\n' +
    '\tsmp_store_release(&mm->iommu_mm, iommu_mm);\n' +
    '\treturn iommu_mm;\n' +
    '}\n' +
    '\n' +
    'static struct iommu_domain *iommu_sva_domain_alloc(struct device *dev, struct mm_struct *mm)\n' +
    '{\n' +
    '\tconst struct iommu_ops *ops = dev_iommu_ops(dev);\n' +
    '\tstruct iommu_domain *domain;\n' +
    '\n' +
    '\tdomain = ops->domain_alloc_sva(dev, mm);\n' +
    '\tif (IS_ERR(domain))\n' +
    '\t\treturn domain;\n' +
    '\tdomain->type = IOMMU_DOMAIN_SVA;\n' +
    '\tmmgrab(mm);\n' +
    '\tdomain->mm = mm;\n' +
    '\tdomain->owner = ops;\n' +
    '\tdomain->iopf_handler = iommu_sva_iopf_handler;\n' +
    '\treturn domain;\n' +
    '}\n' +
    '\n' +
    'struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n' +
    '{\n' +
    '\tstruct iommu_group *group = dev->iommu_group;\n' +
    '\tstruct iommu_attach_handle *attach_handle;\n' +
    '\tstruct iommu_mm_data *iommu_mm;\n' +
    '\tstruct iommu_domain *domain;\n' +
    '\tstruct iommu_sva *handle;\n' +
    '\tint ret;\n' +
    '\n' +
    '\tif (!group || !dev_has_iommu(dev))\n' +
    '\t\treturn ERR_PTR(-ENODEV);\n' +
    '\n' +
    '\tmutex_lock(&iommu_sva_lock);\n' +
    '\tiommu_mm = iommu_alloc_mm_data(mm, dev);\n' +
    '\tif (IS_ERR(iommu_mm)) {\n' +
    '\t\tret = PTR_ERR(iommu_mm);\n' +
    '\t\tgoto out_unlock;\n' +
    '\t}\n' +
    '\n' +
    '\tattach_handle = iommu_attach_handle_get(group, iommu_mm->pasid, IOMMU_DOMAIN_SVA);\n' +
    '\tif (!IS_ERR(attach_handle)) {\n' +
    '\t\thandle = container_of(attach_handle, struct iommu_sva, handle);\n' +
    '\t\tif (attach_handle->domain->mm != mm) {\n' +
    '\t\t\tret = -EBUSY;\n' +
    '\t\t\tgoto out_unlock;\n' +
    '\t\t}\n' +
    '\t\trefcount_inc(&handle->users);\n' +
    '\t\tmutex_unlock(&iommu_sva_lock);\n' +
    '\t\treturn handle;\n' +
    '\t}\n' +
    '\tif (PTR_ERR(attach_handle) != -ENOENT) {\n' +
    '\t\tret = PTR_ERR(attach_handle);\n' +
    '\t\tgoto out_unlock;\n' +
    '\t}\n' +
    '\n' +
    '\thandle = kzalloc(sizeof(*handle), GFP_KERNEL);\n' +
    '\tif (!handle) {\n' +
    '\t\tret = -ENOMEM;\n' +
    '\t\tgoto out_unlock;\n' +
    '\t}\n' +
    '\n' +
    '\tlist_for_each_entry(domain, &mm->iommu_mm->sva_domains, next) {\n' +
    '\t\tret = iommu_attach_device_pasid(domain, dev, iommu_mm->pasid, &handle->handle);\n' +
    '\t\tif (!ret) {\n' +
    '\t\t\tdomain->users++;\n' +
    '\t\t\tgoto out;\n' +
    '\t\t}\n' +
    '\t}\n' +
    '\n' +
    '\tdomain = iommu_sva_domain_alloc(dev, mm);\n' +
    '\tif (IS_ERR(domain)) {\n' +
    '\t\tret = PTR_ERR(domain);\n' +
    '\t\tgoto out_free_handle;\n' +
    '\t}\n' +
    '\tret = iommu_attach_device_pasid(domain, dev, iommu_mm->pasid, &handle->handle);\n' +
    '\tif (ret)\n' +
    '\t\tgoto out_free_domain;\n' +
    '\tdomain->users = 1;\n' +
    '\tlist_add(&domain->next, &mm->iommu_mm->sva_domains);\n' +
    'out:\n' +
    '\trefcount_set(&handle->users, 1);\n' +
    '\thandle->dev = dev;\n' +
    '\tmutex_unlock(&iommu_sva_lock);\n' +
    '\treturn handle;\n' +
    '\n' +
    'out_free_domain:\n' +
    '\tiommu_domain_free(domain);\n' +
    'out_free_handle:\n' +
    '\tkfree(handle);\n' +
    'out_unlock:\n' +
    '\tmutex_unlock(&iommu_sva_lock);\n' +
    '\treturn ERR_PTR(ret);\n' +
    '}\n' +
    '\n' +
    'void iommu_sva_unbind_device(struct iommu_sva *handle)\n' +
    '{\n' +
    '\tstruct iommu_domain *domain = handle->handle.domain;\n' +
    '\tstruct iommu_mm_data *iommu_mm = domain->mm->iommu_mm;\n' +
    '\tstruct device *dev = handle->dev;\n' +
    '\n' +
    '\tmutex_lock(&iommu_sva_lock);\n' +
    '\tif (!refcount_dec_and_test(&handle->users)) {\n' +
    '\t\tmutex_unlock(&iommu_sva_lock);\n' +
    '\t\treturn;\n' +
    '\t}\n' +
    '\tiommu_detach_device_pasid(domain, dev, iommu_mm->pasid);\n' +
    '\tif (--domain->users == 0) {\n' +
    '\t\tlist_del(&domain->next);\n' +
    '\t\tiommu_domain_free(domain);\n' +
    '\t}\n' +
    '\tmutex_unlock(&iommu_sva_lock);\n' +
    '\tkfree(handle);\n' +
    '}\n' +
    '\n' +
    'void mm_pasid_drop(struct mm_struct *mm)\n' +
    '{\n' +
    '\tstruct iommu_mm_data *iommu_mm = mm->iommu_mm;\n' +
    '\n' +
    '\tif (!iommu_mm)\n' +
    '\t\treturn;\n' +
    '\tiommu_free_global_pasid(iommu_mm->pasid);\n' +
    '\tkfree(iommu_mm);\n' +
    '\tmm->iommu_mm = NULL;\n' +
    '}\n',
  'driver.c':
    '// SPDX-License-Identifier: MIT\n' +
    '/*\n' +
    ' * The drivers of the simulated hardware. What each of them does about a domain\n' +
    ' * that was made for another instance is what they differ in; the rest is the\n' +
    ' * contract of the operations.\n' +
    ' */\n' +
    '#include "kernel.h"\n' +
    '\n' +
    'enum instance_policy {\n' +
    '\t/* A domain belongs to the instance of the device that it was made for, or first attached to. */\n' +
    '\tINSTANCE_CHECKED,\n' +
    '\t/* A domain serves every instance of the driver. */\n' +
    '\tINSTANCE_SHARED,\n' +
    '\t/* A domain serves instances that can do what it needs. */\n' +
    '\tINSTANCE_BY_FEATURES,\n' +
    '};\n' +
    '\n' +
    'struct model_iommu {\n' +
    '\tstruct iommu_device iommu;\n' +
    '\tenum instance_policy policy;\n' +
    '\tunsigned int features;\n' +
    '\t/* Waits for the page requests of a PASID when it is taken away. */\n' +
    '\tbool drains;\n' +
    '\tstruct workqueue_struct *faults;\n' +
    '};\n' +
    '\n' +
    'struct model_device {\n' +
    '\tconst struct model_driver *driver;\n' +
    '\tstruct model_iommu *iommu;\n' +
    '};\n' +
    '\n' +
    'struct model_domain {\n' +
    '\tunsigned int features;\n' +
    '\tstruct iommu_domain domain;\n' +
    '\tconst struct model_driver *driver;\n' +
    '\tstruct model_iommu *iommu;\n' +
    '\tstruct mmu_notifier notifier;\n' +
    '\tbool is_notified;\n' +
    '};\n' +
    '\n' +
    'struct model_driver {\n' +
    '\tconst char *name;\n' +
    '};\n' +
    '\n' +
    'static const struct model_driver main_driver = { .name = "main" };\n' +
    'static const struct model_driver other_driver = { .name = "other" };\n' +
    '\n' +
    'static struct model_domain *to_model_domain(struct iommu_domain *domain)\n' +
    '{\n' +
    '\treturn container_of(domain, struct model_domain, domain);\n' +
    '}\n' +
    '\n' +
    '/* The process is gone: its page table is no longer walked. */\n' +
    'static void model_release(struct mmu_notifier *notifier, struct mm_struct *mm)\n' +
    '{\n' +
    '}\n' +
    '\n' +
    'static const struct mmu_notifier_ops model_notifier_ops = {\n' +
    '\t.release = model_release,\n' +
    '};\n' +
    '\n' +
    'static struct model_domain *make_domain(const struct model_driver *driver)\n' +
    '{\n' +
    '\tstruct model_domain *own = kzalloc(sizeof(*own), GFP_KERNEL);\n' +
    '\n' +
    '\tif (own)\n' +
    '\t\town->driver = driver;\n' +
    '\treturn own;\n' +
    '}\n' +
    '\n' +
    '/* Whether an instance can take a domain. One that nobody took yet is tied to it. */\n' +
    'static bool model_takes(struct model_iommu *iommu, struct model_domain *own)\n' +
    '{\n' +
    '\tif (iommu->policy == INSTANCE_SHARED)\n' +
    '\t\treturn true;\n' +
    '\tif (iommu->policy == INSTANCE_BY_FEATURES)\n' +
    '\t\treturn (own->features & iommu->features) == own->features;\n' +
    '\treturn !own->iommu || own->iommu == iommu;\n' +
    '}\n' +
    '\n' +
    'static bool model_device_compatible(struct iommu_domain *domain, struct device *dev)\n' +
    '{\n' +
    '\tstruct model_device *master = dev_iommu_priv_get(dev);\n' +
    '\n' +
    '\treturn model_takes(master->iommu, to_model_domain(domain));\n' +
    '}\n' +
    '\n' +
    'static int model_attach(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n' +
    '{\n' +
    '\tstruct model_device *master = dev_iommu_priv_get(dev);\n' +
    '\tstruct model_domain *own = to_model_domain(domain);\n' +
    '\n' +
    '\tif (master->driver != own->driver) {\n' +
    '\t\tsimulated_foreign(dev, domain);\n' +
    '\t\treturn -EINVAL;\n' +
    '\t}\n' +
    '\tif (!model_takes(master->iommu, own)) {\n' +
    '\t\tsimulated_refuse(dev, domain);\n' +
    '\t\treturn -EINVAL;\n' +
    '\t}\n' +
    '\tif (simulated_command())\n' +
    '\t\treturn -ENOMEM;\n' +
    '\tif (!own->iommu && master->iommu->policy == INSTANCE_CHECKED) {\n' +
    '\t\town->iommu = master->iommu;\n' +
    '\t\tsimulated_made(domain, &master->iommu->iommu);\n' +
    '\t}\n' +
    '\tsimulated_program(dev, pasid, domain, &master->iommu->iommu);\n' +
    '\treturn 0;\n' +
    '}\n' +
    '\n' +
    'static void model_detach(struct device *dev, ioasid_t pasid)\n' +
    '{\n' +
    '\tstruct model_device *master = dev_iommu_priv_get(dev);\n' +
    '\n' +
    '\tWARN_ON(!simulated_domain(dev, pasid));\n' +
    '\tsimulated_block(dev, pasid);\n' +
    '\tif (master->iommu->drains)\n' +
    '\t\tflush_workqueue(master->iommu->faults);\n' +
    '}\n' +
    '\n' +
    'static void model_free(struct iommu_domain *domain)\n' +
    '{\n' +
    '\tstruct model_domain *own = to_model_domain(domain);\n' +
    '\n' +
    '\tif (own->is_notified)\n' +
    '\t\tmmu_notifier_unregister(&own->notifier, own->notifier.mm);\n' +
    '\tkfree(own);\n' +
    '}\n' +
    '\n' +
    'static void model_page_response(struct device *dev, unsigned int grpid)\n' +
    '{\n' +
    '\tsimulated_answer(dev, grpid);\n' +
    '}\n' +
    '\n' +
    'static void start_iommu(struct model_iommu *iommu, const struct iommu_ops *ops,\n' +
    '\t\t\tenum instance_policy policy, bool drains, struct workqueue_struct *faults)\n' +
    '{\n' +
    '\tiommu->iommu.ops = ops;\n' +
    '\tiommu->iommu.max_pasids = 1 << 20;\n' +
    '\tiommu->policy = policy;\n' +
    '\tiommu->drains = drains;\n' +
    '\tiommu->faults = faults;\n' +
    '}\n',
  'kernel.h':
    '/* SPDX-License-Identifier: MIT */\n' +
    '/*\n' +
    ' * What the simulated code sees of the kernel: the structures that it reaches\n' +
    ' * into, with the members that matter. Locks, counters and containers are\n' +
    ' * played by the machine; their members are never looked at.\n' +
    ' */\n' +
    '#ifndef SIMULATED_KERNEL_H\n' +
    '#define SIMULATED_KERNEL_H\n' +
    '\n' +
    '#define INVALID_IOASID\t\t((ioasid_t)-1)\n' +
    '#define IOMMU_NO_PASID\t\t0\n' +
    '#define IOMMU_FIRST_GLOBAL_PASID 1\n' +
    '#define IOMMU_PASID_INVALID\t((ioasid_t)-1)\n' +
    '\n' +
    '#define IOMMU_DOMAIN_BLOCKED\t0\n' +
    '#define IOMMU_DOMAIN_UNMANAGED\t1\n' +
    '#define IOMMU_DOMAIN_SVA\t16\n' +
    '\n' +
    '#define IOMMU_PAGE_RESP_SUCCESS\t0\n' +
    '#define IOMMU_PAGE_RESP_INVALID\t1\n' +
    '\n' +
    'typedef unsigned int ioasid_t;\n' +
    '\n' +
    'struct list_head { struct list_head *next, *prev; };\n' +
    'struct mutex { int owner; };\n' +
    'typedef struct { int owner; } spinlock_t;\n' +
    'struct rw_semaphore { int owner; };\n' +
    'typedef struct { int counter; } atomic_t;\n' +
    'typedef struct { int refs; } refcount_t;\n' +
    'struct kref { refcount_t refcount; };\n' +
    'struct xarray { void *head; };\n' +
    'struct ida { void *head; };\n' +
    'struct rcu_head { void *next; };\n' +
    'struct workqueue_struct;\n' +
    'struct work_struct { void *data; void (*func)(struct work_struct *work); };\n' +
    '\n' +
    'struct iommu_domain;\n' +
    'struct iommu_domain_ops;\n' +
    'struct iommu_ops;\n' +
    'struct iommu_sva;\n' +
    'struct iommu_fault;\n' +
    'struct mmu_notifier;\n' +
    '\n' +
    'struct mm_struct {\n' +
    '\tatomic_t mm_users;\n' +
    '\tatomic_t mm_count;\n' +
    '\tstruct rw_semaphore mmap_lock;\n' +
    '\tstruct list_head notifiers;\n' +
    '\t/* Each design keeps its PASID in one of these. */\n' +
    '\tioasid_t pasid;\n' +
    '\tstruct iommu_mm_data *iommu_mm;\n' +
    '\tstruct iommu_sva_space *sva_space;\n' +
    '};\n' +
    '\n' +
    'struct mmu_notifier_ops {\n' +
    '\tvoid (*release)(struct mmu_notifier *notifier, struct mm_struct *mm);\n' +
    '};\n' +
    '\n' +
    'struct mmu_notifier {\n' +
    '\tconst struct mmu_notifier_ops *ops;\n' +
    '\tstruct mm_struct *mm;\n' +
    '\tstruct list_head node;\n' +
    '};\n' +
    '\n' +
    'struct iommu_device {\n' +
    '\tconst struct iommu_ops *ops;\n' +
    '\tioasid_t max_pasids;\n' +
    '};\n' +
    '\n' +
    'struct dev_iommu {\n' +
    '\tstruct mutex lock;\n' +
    '\tstruct iommu_device *iommu_dev;\n' +
    '\tvoid *priv;\n' +
    '\tioasid_t max_pasids;\n' +
    '\tunsigned int pasid_bits;\n' +
    '};\n' +
    '\n' +
    'struct iommu_group {\n' +
    '\tstruct kref ref;\n' +
    '\tstruct mutex mutex;\n' +
    '\tstruct list_head devices;\n' +
    '\tstruct xarray pasid_array;\n' +
    '\tstruct iommu_domain *domain;\n' +
    '\tstruct iommu_domain *default_domain;\n' +
    '\tunsigned int owner_cnt;\n' +
    '\tbool singleton_lockdown;\n' +
    '};\n' +
    '\n' +
    'struct group_device {\n' +
    '\tstruct list_head list;\n' +
    '\tstruct device *dev;\n' +
    '};\n' +
    '\n' +
    'struct bus_type {\n' +
    '\tconst char *name;\n' +
    '\tconst struct iommu_ops *iommu_ops;\n' +
    '};\n' +
    '\n' +
    'struct device {\n' +
    '\tstruct bus_type *bus;\n' +
    '\tstruct dev_iommu *iommu;\n' +
    '\tstruct iommu_group *iommu_group;\n' +
    '};\n' +
    '\n' +
    'struct iommu_fault {\n' +
    '\tioasid_t pasid;\n' +
    '\tunsigned int grpid;\n' +
    '\tunsigned long addr;\n' +
    '};\n' +
    '\n' +
    '/* world.c */\n' +
    'void mmput(struct mm_struct *mm);\n' +
    'void mmdrop(struct mm_struct *mm);\n' +
    'int mmu_notifier_register(struct mmu_notifier *notifier, struct mm_struct *mm);\n' +
    'void mmu_notifier_unregister(struct mmu_notifier *notifier, struct mm_struct *mm);\n' +
    'const struct iommu_ops *dev_iommu_ops(struct device *dev);\n' +
    'struct iommu_group *iommu_group_get(struct device *dev);\n' +
    'void iommu_group_put(struct iommu_group *group);\n' +
    '\n' +
    '/* Given by the design: called when the PASID of an mm ends. */\n' +
    'void mm_pasid_drop(struct mm_struct *mm);\n' +
    '\n' +
    '/* Played by the machine: what hardware knows, and what a scenario says of its calls. */\n' +
    'void simulated_begin(const char *what, struct device *dev, struct mm_struct *mm);\n' +
    'void simulated_end(const void *result, int wants);\n' +
    'void simulated_member(struct iommu_group *group, struct device *dev, ioasid_t max_pasids);\n' +
    'void simulated_made(struct iommu_domain *domain, struct iommu_device *iommu);\n' +
    'void simulated_program(struct device *dev, ioasid_t pasid, struct iommu_domain *domain,\n' +
    '\t\t       struct iommu_device *iommu);\n' +
    'void simulated_block(struct device *dev, ioasid_t pasid);\n' +
    'void simulated_refuse(struct device *dev, struct iommu_domain *domain);\n' +
    'void simulated_foreign(struct device *dev, struct iommu_domain *domain);\n' +
    'struct iommu_domain *simulated_domain(struct device *dev, ioasid_t pasid);\n' +
    'ioasid_t simulated_pasid(struct device *dev);\n' +
    'void simulated_answer(struct device *dev, unsigned int grpid);\n' +
    'void simulated_ask(struct device *dev, unsigned int grpid);\n' +
    'void simulated_gone(struct mm_struct *mm);\n' +
    'int simulated_command(void);\n' +
    '\n' +
    '#endif\n',
  'operations-2022.c':
    '// SPDX-License-Identifier: MIT\n' +
    '/* The operations that the drivers offer, as of the proposals of spring 2022: a domain op attaches to a PASID. */\n' +
    '#include "kernel.h"\n' +
    '\n' +
    'static struct iommu_domain *main_domain_alloc(unsigned int type);\n' +
    'static struct iommu_domain *other_domain_alloc(unsigned int type);\n' +
    '\n' +
    'static int model_attach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n' +
    '{\n' +
    '\treturn model_attach(domain, dev, pasid);\n' +
    '}\n' +
    '\n' +
    'static void model_detach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n' +
    '{\n' +
    '\tmodel_detach(dev, pasid);\n' +
    '}\n' +
    '\n' +
    'static const struct iommu_domain_ops model_domain_ops = {\n' +
    '\t.attach_dev_pasid = model_attach_dev_pasid,\n' +
    '\t.detach_dev_pasid = model_detach_dev_pasid,\n' +
    '\t.free = model_free,\n' +
    '};\n' +
    '\n' +
    'static const struct iommu_ops main_ops = {\n' +
    '\t.domain_alloc = main_domain_alloc,\n' +
    '\t.page_response = model_page_response,\n' +
    '};\n' +
    '\n' +
    'static const struct iommu_ops other_ops = {\n' +
    '\t.domain_alloc = other_domain_alloc,\n' +
    '\t.page_response = model_page_response,\n' +
    '};\n' +
    '\n' +
    'static struct iommu_domain *main_domain_alloc(unsigned int type)\n' +
    '{\n' +
    '\tstruct model_domain *own = make_domain(&main_driver);\n' +
    '\n' +
    '\tif (!own)\n' +
    '\t\treturn NULL;\n' +
    '\town->domain.ops = &model_domain_ops;\n' +
    '\tsimulated_made(&own->domain, NULL);\n' +
    '\treturn &own->domain;\n' +
    '}\n' +
    '\n' +
    'static struct iommu_domain *other_domain_alloc(unsigned int type)\n' +
    '{\n' +
    '\tstruct model_domain *own = make_domain(&other_driver);\n' +
    '\n' +
    '\tif (!own)\n' +
    '\t\treturn NULL;\n' +
    '\town->domain.ops = &model_domain_ops;\n' +
    '\tsimulated_made(&own->domain, NULL);\n' +
    '\treturn &own->domain;\n' +
    '}\n',
  'operations-6.10.c':
    '// SPDX-License-Identifier: MIT\n' +
    '/* The operations that the drivers offer, as of Linux 6.10: SVA domains are made for a device and an mm. */\n' +
    '#include "kernel.h"\n' +
    '\n' +
    'static struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\n' +
    'static struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\n' +
    '\n' +
    'static int model_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,\n' +
    '\t\t\t       struct iommu_domain *old)\n' +
    '{\n' +
    '\treturn model_attach(domain, dev, pasid);\n' +
    '}\n' +
    '\n' +
    'static void model_remove_dev_pasid(struct device *dev, ioasid_t pasid, struct iommu_domain *domain)\n' +
    '{\n' +
    '\tmodel_detach(dev, pasid);\n' +
    '}\n' +
    '\n' +
    'static const struct iommu_domain_ops model_domain_ops = {\n' +
    '\t.set_dev_pasid = model_set_dev_pasid,\n' +
    '\t.free = model_free,\n' +
    '};\n' +
    '\n' +
    'static const struct iommu_ops main_ops = {\n' +
    '\t.domain_alloc_sva = main_domain_alloc_sva,\n' +
    '\t.remove_dev_pasid = model_remove_dev_pasid,\n' +
    '\t.page_response = model_page_response,\n' +
    '\t.default_domain_ops = &model_domain_ops,\n' +
    '};\n' +
    '\n' +
    'static const struct iommu_ops other_ops = {\n' +
    '\t.domain_alloc_sva = other_domain_alloc_sva,\n' +
    '\t.remove_dev_pasid = model_remove_dev_pasid,\n' +
    '\t.page_response = model_page_response,\n' +
    '\t.default_domain_ops = &model_domain_ops,\n' +
    '};\n' +
    '\n' +
    'static struct iommu_domain *make_sva_domain(const struct model_driver *driver, struct device *dev,\n' +
    '\t\t\t\t\t    struct mm_struct *mm)\n' +
    '{\n' +
    '\tstruct model_device *master = dev_iommu_priv_get(dev);\n' +
    '\tstruct model_domain *own = make_domain(driver);\n' +
    '\tint ret;\n' +
    '\n' +
    '\tif (!own)\n' +
    '\t\treturn ERR_PTR(-ENOMEM);\n' +
    '\town->notifier.ops = &model_notifier_ops;\n' +
    '\tret = mmu_notifier_register(&own->notifier, mm);\n' +
    '\tif (ret) {\n' +
    '\t\tkfree(own);\n' +
    '\t\treturn ERR_PTR(ret);\n' +
    '\t}\n' +
    '\town->is_notified = true;\n' +
    '\town->domain.ops = &model_domain_ops;\n' +
    '\tif (master->iommu->policy == INSTANCE_CHECKED)\n' +
    '\t\town->iommu = master->iommu;\n' +
    '\tsimulated_made(&own->domain, own->iommu ? &own->iommu->iommu : NULL);\n' +
    '\treturn &own->domain;\n' +
    '}\n' +
    '\n' +
    'static struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n' +
    '{\n' +
    '\treturn make_sva_domain(&main_driver, dev, mm);\n' +
    '}\n' +
    '\n' +
    'static struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n' +
    '{\n' +
    '\treturn make_sva_domain(&other_driver, dev, mm);\n' +
    '}\n',
  'operations-6.2.c':
    '// SPDX-License-Identifier: MIT\n' +
    '/* The operations that the drivers offer, as of Linux 6.2 to 6.7: the type alone says that a domain is for SVA. */\n' +
    '#include "kernel.h"\n' +
    '\n' +
    'static struct iommu_domain *main_domain_alloc(unsigned int type);\n' +
    'static struct iommu_domain *other_domain_alloc(unsigned int type);\n' +
    '\n' +
    'static int model_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n' +
    '{\n' +
    '\treturn model_attach(domain, dev, pasid);\n' +
    '}\n' +
    '\n' +
    'static void model_remove_dev_pasid(struct device *dev, ioasid_t pasid)\n' +
    '{\n' +
    '\tmodel_detach(dev, pasid);\n' +
    '}\n' +
    '\n' +
    'static const struct iommu_domain_ops model_domain_ops = {\n' +
    '\t.set_dev_pasid = model_set_dev_pasid,\n' +
    '\t.free = model_free,\n' +
    '};\n' +
    '\n' +
    'static const struct iommu_ops main_ops = {\n' +
    '\t.domain_alloc = main_domain_alloc,\n' +
    '\t.remove_dev_pasid = model_remove_dev_pasid,\n' +
    '\t.page_response = model_page_response,\n' +
    '};\n' +
    '\n' +
    'static const struct iommu_ops other_ops = {\n' +
    '\t.domain_alloc = other_domain_alloc,\n' +
    '\t.remove_dev_pasid = model_remove_dev_pasid,\n' +
    '\t.page_response = model_page_response,\n' +
    '};\n' +
    '\n' +
    'static struct iommu_domain *main_domain_alloc(unsigned int type)\n' +
    '{\n' +
    '\tstruct model_domain *own = make_domain(&main_driver);\n' +
    '\n' +
    '\tif (!own)\n' +
    '\t\treturn NULL;\n' +
    '\town->domain.ops = &model_domain_ops;\n' +
    '\tsimulated_made(&own->domain, NULL);\n' +
    '\treturn &own->domain;\n' +
    '}\n' +
    '\n' +
    'static struct iommu_domain *other_domain_alloc(unsigned int type)\n' +
    '{\n' +
    '\tstruct model_domain *own = make_domain(&other_driver);\n' +
    '\n' +
    '\tif (!own)\n' +
    '\t\treturn NULL;\n' +
    '\town->domain.ops = &model_domain_ops;\n' +
    '\tsimulated_made(&own->domain, NULL);\n' +
    '\treturn &own->domain;\n' +
    '}\n',
  'world.c':
    '// SPDX-License-Identifier: MIT\n' +
    '/*\n' +
    ' * The part of the kernel around the IOMMU core that a scenario needs as code:\n' +
    ' * address spaces with their notifiers, groups, and what sets a world up.\n' +
    ' */\n' +
    '#include "kernel.h"\n' +
    '\n' +
    '/* Before Linux 5.18-rc6 the PASID went with the last user of the address space. */\n' +
    'static bool pasid_goes_with_users;\n' +
    '\n' +
    'void mmdrop(struct mm_struct *mm)\n' +
    '{\n' +
    '\tif (!atomic_dec_and_test(&mm->mm_count))\n' +
    '\t\treturn;\n' +
    '\tif (!pasid_goes_with_users)\n' +
    '\t\tmm_pasid_drop(mm);\n' +
    '\tsimulated_gone(mm);\n' +
    '}\n' +
    '\n' +
    'void mmput(struct mm_struct *mm)\n' +
    '{\n' +
    '\tstruct mmu_notifier *notifier;\n' +
    '\n' +
    '\tif (!atomic_dec_and_test(&mm->mm_users))\n' +
    '\t\treturn;\n' +
    '\tlist_for_each_entry(notifier, &mm->notifiers, node)\n' +
    '\t\tnotifier->ops->release(notifier, mm);\n' +
    '\tif (pasid_goes_with_users)\n' +
    '\t\tmm_pasid_drop(mm);\n' +
    '\tmmdrop(mm);\n' +
    '}\n' +
    '\n' +
    'int mmu_notifier_register(struct mmu_notifier *notifier, struct mm_struct *mm)\n' +
    '{\n' +
    '\tWARN_ON(atomic_read(&mm->mm_users) == 0);\n' +
    '\tif (simulated_command())\n' +
    '\t\treturn -ENOMEM;\n' +
    '\tmmgrab(mm);\n' +
    '\tnotifier->mm = mm;\n' +
    '\tlist_add(&notifier->node, &mm->notifiers);\n' +
    '\treturn 0;\n' +
    '}\n' +
    '\n' +
    'void mmu_notifier_unregister(struct mmu_notifier *notifier, struct mm_struct *mm)\n' +
    '{\n' +
    '\tlist_del(&notifier->node);\n' +
    '\tmmdrop(mm);\n' +
    '}\n' +
    '\n' +
    'const struct iommu_ops *dev_iommu_ops(struct device *dev)\n' +
    '{\n' +
    '\treturn dev->iommu->iommu_dev->ops;\n' +
    '}\n' +
    '\n' +
    'struct iommu_group *iommu_group_get(struct device *dev)\n' +
    '{\n' +
    '\tstruct iommu_group *group = dev->iommu_group;\n' +
    '\n' +
    '\tif (group)\n' +
    '\t\tkref_get(&group->ref);\n' +
    '\treturn group;\n' +
    '}\n' +
    '\n' +
    'static void group_goes(struct kref *ref)\n' +
    '{\n' +
    '\tWARN_ON(true);\n' +
    '}\n' +
    '\n' +
    'void iommu_group_put(struct iommu_group *group)\n' +
    '{\n' +
    '\tif (group)\n' +
    '\t\tkref_put(&group->ref, group_goes);\n' +
    '}\n' +
    '\n' +
    '/* What a scenario sets up before its first call. */\n' +
    '\n' +
    'static void start_mm(struct mm_struct *mm)\n' +
    '{\n' +
    '\tatomic_set(&mm->mm_users, 1);\n' +
    '\tatomic_set(&mm->mm_count, 1);\n' +
    '\tinit_rwsem(&mm->mmap_lock);\n' +
    '\tINIT_LIST_HEAD(&mm->notifiers);\n' +
    '\tmm->pasid = INVALID_IOASID;\n' +
    '}\n' +
    '\n' +
    'static void start_group(struct iommu_group *group)\n' +
    '{\n' +
    '\tkref_init(&group->ref);\n' +
    '\tmutex_init(&group->mutex);\n' +
    '\tINIT_LIST_HEAD(&group->devices);\n' +
    '\txa_init(&group->pasid_array);\n' +
    '}\n' +
    '\n' +
    'static void start_device(struct device *dev, struct dev_iommu *state, struct bus_type *bus,\n' +
    '\t\t\t struct iommu_device *iommu, void *priv, ioasid_t max_pasids)\n' +
    '{\n' +
    '\tmutex_init(&state->lock);\n' +
    '\tstate->iommu_dev = iommu;\n' +
    '\tstate->priv = priv;\n' +
    '\tstate->max_pasids = max_pasids;\n' +
    '\tstate->pasid_bits = max_pasids > 4 ? 20 : max_pasids > 0 ? 2 : 0;\n' +
    '\tdev->iommu = state;\n' +
    '\tdev->bus = bus;\n' +
    '}\n' +
    '\n' +
    'static void join_group(struct iommu_group *group, struct group_device *member, struct device *dev,\n' +
    '\t\t       ioasid_t max_pasids)\n' +
    '{\n' +
    '\tmember->dev = dev;\n' +
    '\tlist_add_tail(&member->list, &group->devices);\n' +
    '\tdev->iommu_group = group;\n' +
    '\tgroup->owner_cnt++;\n' +
    '\tsimulated_member(group, dev, max_pasids);\n' +
    '}\n',
};
