/** Generated from server/simulated by `npm run docs`: change it there. */

/** The files of server/simulated, by path. */
export const TEXTS: Readonly<Record<string, string>> = {
  "core-2022.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * What the IOMMU core of spring 2022 does where a patch calls it and does not\n" +
    " * show it. Code under review that has such a function is run instead.\n" +
    " */\n" +
    "#include \"kernel.h\"\n" +
    "\n" +
    "static DEFINE_MUTEX(core_pasid_lock);\n" +
    "\n" +
    "int iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)\n" +
    "{\n" +
    "\tint ret = 0;\n" +
    "\tioasid_t pasid;\n" +
    "\n" +
    "\tif (min == INVALID_IOASID || max == INVALID_IOASID || min == 0 || max < min)\n" +
    "\t\treturn -EINVAL;\n" +
    "\n" +
    "\tmutex_lock(&core_pasid_lock);\n" +
    "\tif (mm->pasid != INVALID_IOASID) {\n" +
    "\t\tif (mm->pasid < min || mm->pasid >= max)\n" +
    "\t\t\tret = -EOVERFLOW;\n" +
    "\t} else {\n" +
    "\t\tpasid = ioasid_alloc(NULL, min, max, mm);\n" +
    "\t\tif (pasid == INVALID_IOASID)\n" +
    "\t\t\tret = -ENOMEM;\n" +
    "\t\telse\n" +
    "\t\t\tmm->pasid = pasid;\n" +
    "\t}\n" +
    "\tmutex_unlock(&core_pasid_lock);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void mm_pasid_drop(struct mm_struct *mm)\n" +
    "{\n" +
    "\tif (mm->pasid == INVALID_IOASID)\n" +
    "\t\treturn;\n" +
    "\tioasid_free(mm->pasid);\n" +
    "\tmm->pasid = INVALID_IOASID;\n" +
    "}\n" +
    "\n" +
    "int iommu_group_device_count(struct iommu_group *group)\n" +
    "{\n" +
    "\tstruct group_device *member;\n" +
    "\tint count = 0;\n" +
    "\n" +
    "\tlist_for_each_entry(member, &group->devices, list)\n" +
    "\t\tcount++;\n" +
    "\treturn count;\n" +
    "}\n",
  "core-2022.h": 
    "/* SPDX-License-Identifier: MIT */\n" +
    "/*\n" +
    " * The structures of the IOMMU core as they were in spring 2022, for code of\n" +
    " * which only parts are at hand. What a patch adds to one of them is added to\n" +
    " * what stands here.\n" +
    " */\n" +
    "#ifndef SIMULATED_CORE_2022_H\n" +
    "#define SIMULATED_CORE_2022_H\n" +
    "\n" +
    "struct iommu_domain_geometry { unsigned long aperture_start, aperture_end; bool force_aperture; };\n" +
    "\n" +
    "struct iommu_domain {\n" +
    "\tunsigned int type;\n" +
    "\tconst struct iommu_domain_ops *ops;\n" +
    "\tunsigned long pgsize_bitmap;\n" +
    "\tvoid *handler;\n" +
    "\tvoid *handler_token;\n" +
    "\tstruct iommu_domain_geometry geometry;\n" +
    "\tstruct iommu_dma_cookie *iova_cookie;\n" +
    "};\n" +
    "\n" +
    "struct iommu_domain_ops {\n" +
    "\tint (*attach_dev)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tvoid (*detach_dev)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tint (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*free)(struct iommu_domain *domain);\n" +
    "};\n" +
    "\n" +
    "struct iommu_ops {\n" +
    "\tstruct iommu_domain *(*domain_alloc)(unsigned int type);\n" +
    "\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n" +
    "\tconst struct iommu_domain_ops *default_domain_ops;\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva {\n" +
    "\tstruct device *dev;\n" +
    "};\n" +
    "\n" +
    "#endif\n",
  "core-6.2.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * What the IOMMU core of Linux 6.2 to 6.7 does where a patch calls it and does not\n" +
    " * show it. Code under review that has such a function is run instead.\n" +
    " */\n" +
    "#include \"kernel.h\"\n" +
    "\n" +
    "static DEFINE_MUTEX(core_pasid_lock);\n" +
    "\n" +
    "int iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)\n" +
    "{\n" +
    "\tint ret = 0;\n" +
    "\tioasid_t pasid;\n" +
    "\n" +
    "\tif (min == INVALID_IOASID || max == INVALID_IOASID || min == 0 || max < min)\n" +
    "\t\treturn -EINVAL;\n" +
    "\n" +
    "\tmutex_lock(&core_pasid_lock);\n" +
    "\tif (mm->pasid != INVALID_IOASID) {\n" +
    "\t\tif (mm->pasid < min || mm->pasid >= max)\n" +
    "\t\t\tret = -EOVERFLOW;\n" +
    "\t} else {\n" +
    "\t\tpasid = ioasid_alloc(NULL, min, max, mm);\n" +
    "\t\tif (pasid == INVALID_IOASID)\n" +
    "\t\t\tret = -ENOMEM;\n" +
    "\t\telse\n" +
    "\t\t\tmm->pasid = pasid;\n" +
    "\t}\n" +
    "\tmutex_unlock(&core_pasid_lock);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void mm_pasid_drop(struct mm_struct *mm)\n" +
    "{\n" +
    "\tif (mm->pasid == INVALID_IOASID)\n" +
    "\t\treturn;\n" +
    "\tioasid_free(mm->pasid);\n" +
    "\tmm->pasid = INVALID_IOASID;\n" +
    "}\n" +
    "\n" +
    "int iommu_group_device_count(struct iommu_group *group)\n" +
    "{\n" +
    "\tstruct group_device *member;\n" +
    "\tint count = 0;\n" +
    "\n" +
    "\tlist_for_each_entry(member, &group->devices, list)\n" +
    "\t\tcount++;\n" +
    "\treturn count;\n" +
    "}\n",
  "core-6.2.h": 
    "/* SPDX-License-Identifier: MIT */\n" +
    "/*\n" +
    " * The structures of the IOMMU core of Linux 6.2 to 6.7, for code of\n" +
    " * which only parts are at hand. What a patch adds to one of them is added to\n" +
    " * what stands here.\n" +
    " */\n" +
    "#ifndef SIMULATED_CORE_6_2_H\n" +
    "#define SIMULATED_CORE_6_2_H\n" +
    "\n" +
    "struct iommu_domain_geometry { unsigned long aperture_start, aperture_end; bool force_aperture; };\n" +
    "\n" +
    "struct iommu_domain {\n" +
    "\tunsigned int type;\n" +
    "\tconst struct iommu_domain_ops *ops;\n" +
    "\tunsigned long pgsize_bitmap;\n" +
    "\tvoid *handler;\n" +
    "\tvoid *handler_token;\n" +
    "\tstruct iommu_domain_geometry geometry;\n" +
    "\tstruct iommu_dma_cookie *iova_cookie;\n" +
    "\tvoid *iopf_handler;\n" +
    "\tvoid *fault_data;\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tint users;\n" +
    "};\n" +
    "\n" +
    "struct iommu_domain_ops {\n" +
    "\tint (*attach_dev)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tint (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*free)(struct iommu_domain *domain);\n" +
    "};\n" +
    "\n" +
    "struct iommu_ops {\n" +
    "\tstruct iommu_domain *(*domain_alloc)(unsigned int type);\n" +
    "\tvoid (*remove_dev_pasid)(struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n" +
    "\tconst struct iommu_domain_ops *default_domain_ops;\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva {\n" +
    "\tstruct device *dev;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "};\n" +
    "\n" +
    "#endif\n",
  "core-6.8.h": 
    "/* SPDX-License-Identifier: MIT */\n" +
    "/*\n" +
    " * The structures of the IOMMU core of Linux 6.8 and later, for code of\n" +
    " * which only parts are at hand. What a patch adds to one of them is added to\n" +
    " * what stands here.\n" +
    " */\n" +
    "#ifndef SIMULATED_CORE_6_8_H\n" +
    "#define SIMULATED_CORE_6_8_H\n" +
    "\n" +
    "struct iommu_domain_geometry { unsigned long aperture_start, aperture_end; bool force_aperture; };\n" +
    "\n" +
    "struct iommu_domain {\n" +
    "\tunsigned int type;\n" +
    "\tconst struct iommu_domain_ops *ops;\n" +
    "\tconst struct iommu_ops *owner;\n" +
    "\tunsigned long pgsize_bitmap;\n" +
    "\tvoid *handler;\n" +
    "\tvoid *handler_token;\n" +
    "\tstruct iommu_domain_geometry geometry;\n" +
    "\tstruct iommu_dma_cookie *iova_cookie;\n" +
    "\tvoid *iopf_handler;\n" +
    "\tvoid *fault_data;\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tint users;\n" +
    "\tstruct list_head next;\n" +
    "};\n" +
    "\n" +
    "struct iommu_domain_ops {\n" +
    "\tint (*attach_dev)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tint (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,\n" +
    "\t\t\t     struct iommu_domain *old);\n" +
    "\tvoid (*free)(struct iommu_domain *domain);\n" +
    "};\n" +
    "\n" +
    "struct iommu_ops {\n" +
    "\tstruct iommu_domain *(*domain_alloc)(unsigned int type);\n" +
    "\tstruct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);\n" +
    "\tvoid (*remove_dev_pasid)(struct device *dev, ioasid_t pasid, struct iommu_domain *domain);\n" +
    "\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n" +
    "\tconst struct iommu_domain_ops *default_domain_ops;\n" +
    "};\n" +
    "\n" +
    "struct iommu_attach_handle {\n" +
    "\tstruct iommu_domain *domain;\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva {\n" +
    "\tstruct iommu_attach_handle handle;\n" +
    "\tstruct device *dev;\n" +
    "\trefcount_t users;\n" +
    "};\n" +
    "\n" +
    "struct iommu_mm_data {\n" +
    "\tioasid_t pasid;\n" +
    "\tstruct list_head sva_domains;\n" +
    "};\n" +
    "\n" +
    "#endif\n",
  "designs/enclosing.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * The design that the review of the RFC v2 proposed: an object encloses what an\n" +
    " * mm shares with devices, its PASID and its domains. An operation of the domain\n" +
    " * says whether it suits a device; a domain is made when none does. What the\n" +
    " * proposal left open is completed here: the object pins the mm, the last unbind\n" +
    " * drops it, and a page request pins the mm too, so that its worker needs no lock\n" +
    " * and nothing that unbind frees.\n" +
    " */\n" +
    "#include \"../kernel.h\"\n" +
    "\n" +
    "struct iommu_domain_ops {\n" +
    "\t/* Whether attach_dev_pasid would take the device. */\n" +
    "\tbool (*device_compatible)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tint (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*free)(struct iommu_domain *domain);\n" +
    "};\n" +
    "\n" +
    "struct iommu_ops {\n" +
    "\tstruct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);\n" +
    "\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n" +
    "};\n" +
    "\n" +
    "/* What an mm shares with devices. There while the mm has a bond: each holds a reference. */\n" +
    "struct iommu_sva_space {\n" +
    "\tstruct kref ref;\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tioasid_t pasid;\n" +
    "\tstruct xarray domains;\n" +
    "\tstruct list_head bonds;\n" +
    "};\n" +
    "\n" +
    "struct iommu_domain {\n" +
    "\tunsigned int type;\n" +
    "\tconst struct iommu_domain_ops *ops;\n" +
    "\tconst struct iommu_ops *owner;\n" +
    "\t/* Of SVA domains only. */\n" +
    "\tstruct iommu_sva_space *space;\n" +
    "\tunsigned int index;\n" +
    "\tunsigned int users;\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva {\n" +
    "\tstruct device *dev;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tunsigned int users;\n" +
    "\tstruct list_head node;\n" +
    "};\n" +
    "\n" +
    "struct iopf_group {\n" +
    "\tstruct work_struct work;\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tstruct device *dev;\n" +
    "\tstruct iommu_fault fault;\n" +
    "};\n" +
    "\n" +
    "/* ---- attaching to the PASIDs of a group */\n" +
    "\n" +
    "static bool dev_has_iommu(struct device *dev)\n" +
    "{\n" +
    "\treturn dev->iommu && dev->iommu->iommu_dev;\n" +
    "}\n" +
    "\n" +
    "static void detach_group_pasid(struct iommu_group *group, struct group_device *past,\n" +
    "\t\t\t       struct iommu_domain *domain, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct group_device *member;\n" +
    "\n" +
    "\tlist_for_each_entry(member, &group->devices, list) {\n" +
    "\t\tif (member == past)\n" +
    "\t\t\tbreak;\n" +
    "\t\tif (member->dev->iommu->max_pasids > 0)\n" +
    "\t\t\tdomain->ops->detach_dev_pasid(domain, member->dev, pasid);\n" +
    "\t}\n" +
    "}\n" +
    "\n" +
    "static int attach_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct group_device *member;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tlist_for_each_entry(member, &group->devices, list) {\n" +
    "\t\tif (member->dev->iommu->max_pasids == 0)\n" +
    "\t\t\tcontinue;\n" +
    "\t\tif (pasid < member->dev->iommu->max_pasids)\n" +
    "\t\t\tret = domain->ops->attach_dev_pasid(domain, member->dev, pasid);\n" +
    "\t\telse\n" +
    "\t\t\tret = -EINVAL;\n" +
    "\t\tif (ret) {\n" +
    "\t\t\tdetach_group_pasid(group, member, domain, pasid);\n" +
    "\t\t\treturn ret;\n" +
    "\t\t}\n" +
    "\t}\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct iommu_group *group = dev->iommu_group;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (dev_iommu_ops(dev) != domain->owner)\n" +
    "\t\treturn -EINVAL;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tret = xa_insert(&group->pasid_array, pasid, domain, GFP_KERNEL);\n" +
    "\tif (ret)\n" +
    "\t\tgoto out_unlock;\n" +
    "\tret = attach_group_pasid(group, domain, pasid);\n" +
    "\tif (ret)\n" +
    "\t\txa_erase(&group->pasid_array, pasid);\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct iommu_group *group = dev->iommu_group;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\txa_erase(&group->pasid_array, pasid);\n" +
    "\tdetach_group_pasid(group, NULL, domain, pasid);\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "}\n" +
    "\n" +
    "/* ---- page requests */\n" +
    "\n" +
    "static void iopf_complete_group(struct iopf_group *group, int status)\n" +
    "{\n" +
    "\tdev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);\n" +
    "}\n" +
    "\n" +
    "static void iommu_sva_handle_iopf(struct work_struct *work)\n" +
    "{\n" +
    "\tstruct iopf_group *group = container_of(work, struct iopf_group, work);\n" +
    "\tint status = IOMMU_PAGE_RESP_INVALID;\n" +
    "\tstruct mm_struct *mm = group->mm;\n" +
    "\n" +
    "\tif (mmget_not_zero(mm)) {\n" +
    "\t\tmmap_read_lock(mm);\n" +
    "\t\tstatus = IOMMU_PAGE_RESP_SUCCESS;\n" +
    "\t\tmmap_read_unlock(mm);\n" +
    "\t\tmmput(mm);\n" +
    "\t}\n" +
    "\tiopf_complete_group(group, status);\n" +
    "\tmmdrop(mm);\n" +
    "\tkfree(group);\n" +
    "}\n" +
    "\n" +
    "/* A domain in a slot has a space, and that pins the mm: both stay while the slot is locked. */\n" +
    "static struct mm_struct *grab_mm_of_pasid(struct iommu_group *group, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct mm_struct *mm = NULL;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\txa_lock(&group->pasid_array);\n" +
    "\tdomain = xa_load(&group->pasid_array, pasid);\n" +
    "\tif (domain && domain->type == IOMMU_DOMAIN_SVA) {\n" +
    "\t\tmm = domain->space->mm;\n" +
    "\t\tmmgrab(mm);\n" +
    "\t}\n" +
    "\txa_unlock(&group->pasid_array);\n" +
    "\treturn mm;\n" +
    "}\n" +
    "\n" +
    "int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)\n" +
    "{\n" +
    "\tstruct iopf_group *group;\n" +
    "\n" +
    "\t/* The device waits until it is answered. */\n" +
    "\tgroup = kzalloc(sizeof(*group), GFP_KERNEL);\n" +
    "\tif (!group)\n" +
    "\t\tgoto err_answer;\n" +
    "\tgroup->mm = grab_mm_of_pasid(dev->iommu_group, fault->pasid);\n" +
    "\tif (!group->mm)\n" +
    "\t\tgoto err_free_group;\n" +
    "\tgroup->dev = dev;\n" +
    "\tgroup->fault = *fault;\n" +
    "\tINIT_WORK(&group->work, iommu_sva_handle_iopf);\n" +
    "\tschedule_work(&group->work);\n" +
    "\treturn 0;\n" +
    "\n" +
    "err_free_group:\n" +
    "\tkfree(group);\n" +
    "err_answer:\n" +
    "\tdev_iommu_ops(dev)->page_response(dev, fault->grpid);\n" +
    "\treturn -EINVAL;\n" +
    "}\n" +
    "\n" +
    "/* ---- what an mm shares */\n" +
    "\n" +
    "static DEFINE_IDA(iommu_sva_pasids);\n" +
    "static DEFINE_MUTEX(iommu_sva_lock);\n" +
    "\n" +
    "static struct iommu_sva_space *make_space(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_sva_space *space;\n" +
    "\tint pasid;\n" +
    "\n" +
    "\tspace = kzalloc(sizeof(*space), GFP_KERNEL);\n" +
    "\tif (!space)\n" +
    "\t\treturn ERR_PTR(-ENOMEM);\n" +
    "\tpasid = ida_alloc_range(&iommu_sva_pasids, IOMMU_FIRST_GLOBAL_PASID,\n" +
    "\t\t\t\tdev->iommu->max_pasids - 1, GFP_KERNEL);\n" +
    "\tif (pasid < 0) {\n" +
    "\t\tkfree(space);\n" +
    "\t\treturn ERR_PTR(pasid);\n" +
    "\t}\n" +
    "\tkref_init(&space->ref);\n" +
    "\txa_init_flags(&space->domains, XA_FLAGS_ALLOC);\n" +
    "\tINIT_LIST_HEAD(&space->bonds);\n" +
    "\tspace->pasid = pasid;\n" +
    "\tmmgrab(mm);\n" +
    "\tspace->mm = mm;\n" +
    "\tmm->sva_space = space;\n" +
    "\treturn space;\n" +
    "}\n" +
    "\n" +
    "/* The lock excludes the last put: the space of an mm can always be had. */\n" +
    "static struct iommu_sva_space *get_space(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_sva_space *space = mm->sva_space;\n" +
    "\n" +
    "\tlockdep_assert_held(&iommu_sva_lock);\n" +
    "\n" +
    "\tif (!space)\n" +
    "\t\treturn make_space(dev, mm);\n" +
    "\tif (space->pasid >= dev->iommu->max_pasids)\n" +
    "\t\treturn ERR_PTR(-EOVERFLOW);\n" +
    "\tkref_get(&space->ref);\n" +
    "\treturn space;\n" +
    "}\n" +
    "\n" +
    "static void release_space(struct kref *ref)\n" +
    "{\n" +
    "\tstruct iommu_sva_space *space = container_of(ref, struct iommu_sva_space, ref);\n" +
    "\tstruct mm_struct *mm = space->mm;\n" +
    "\n" +
    "\tWARN_ON(!list_empty(&space->bonds));\n" +
    "\tmm->sva_space = NULL;\n" +
    "\tida_free(&iommu_sva_pasids, space->pasid);\n" +
    "\txa_destroy(&space->domains);\n" +
    "\tkfree(space);\n" +
    "\tmmdrop(mm);\n" +
    "}\n" +
    "\n" +
    "static void put_space(struct iommu_sva_space *space)\n" +
    "{\n" +
    "\tlockdep_assert_held(&iommu_sva_lock);\n" +
    "\n" +
    "\tkref_put(&space->ref, release_space);\n" +
    "}\n" +
    "\n" +
    "/* The PASID goes with the last bond, whatever becomes of the mm. */\n" +
    "void mm_pasid_drop(struct mm_struct *mm)\n" +
    "{\n" +
    "}\n" +
    "\n" +
    "/* ---- its domains */\n" +
    "\n" +
    "static struct iommu_domain *find_domain(struct iommu_sva_space *space, struct device *dev)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tunsigned long index;\n" +
    "\n" +
    "\txa_for_each(&space->domains, index, domain) {\n" +
    "\t\tif (domain->owner != dev_iommu_ops(dev) || !domain->ops->device_compatible)\n" +
    "\t\t\tcontinue;\n" +
    "\t\tif (domain->ops->device_compatible(domain, dev))\n" +
    "\t\t\treturn domain;\n" +
    "\t}\n" +
    "\treturn NULL;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *make_domain_for(struct iommu_sva_space *space, struct device *dev)\n" +
    "{\n" +
    "\tconst struct iommu_ops *ops = dev_iommu_ops(dev);\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tdomain = ops->domain_alloc_sva(dev, space->mm);\n" +
    "\tif (IS_ERR(domain))\n" +
    "\t\treturn domain;\n" +
    "\tdomain->type = IOMMU_DOMAIN_SVA;\n" +
    "\tdomain->owner = ops;\n" +
    "\tdomain->space = space;\n" +
    "\tret = xa_alloc(&space->domains, &domain->index, domain, XA_LIMIT(0, 1023), GFP_KERNEL);\n" +
    "\tif (ret) {\n" +
    "\t\tdomain->ops->free(domain);\n" +
    "\t\treturn ERR_PTR(ret);\n" +
    "\t}\n" +
    "\treturn domain;\n" +
    "}\n" +
    "\n" +
    "static void free_unused_domain(struct iommu_sva_space *space, struct iommu_domain *domain)\n" +
    "{\n" +
    "\tif (domain->users > 0)\n" +
    "\t\treturn;\n" +
    "\txa_erase(&space->domains, domain->index);\n" +
    "\tdomain->ops->free(domain);\n" +
    "}\n" +
    "\n" +
    "/* ---- its bonds */\n" +
    "\n" +
    "/* A PASID belongs to all devices of a group: so does a bond. */\n" +
    "static struct iommu_sva *find_bond(struct iommu_sva_space *space, struct device *dev)\n" +
    "{\n" +
    "\tstruct iommu_sva *bond;\n" +
    "\n" +
    "\tlist_for_each_entry(bond, &space->bonds, node) {\n" +
    "\t\tif (bond->dev->iommu_group == dev->iommu_group)\n" +
    "\t\t\treturn bond;\n" +
    "\t}\n" +
    "\treturn NULL;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_sva *make_bond(struct iommu_sva_space *space, struct device *dev)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tstruct iommu_sva *bond;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tbond = kzalloc(sizeof(*bond), GFP_KERNEL);\n" +
    "\tif (!bond)\n" +
    "\t\treturn ERR_PTR(-ENOMEM);\n" +
    "\tdomain = find_domain(space, dev);\n" +
    "\tif (!domain)\n" +
    "\t\tdomain = make_domain_for(space, dev);\n" +
    "\tif (IS_ERR(domain)) {\n" +
    "\t\tret = PTR_ERR(domain);\n" +
    "\t\tgoto err_free_bond;\n" +
    "\t}\n" +
    "\tret = iommu_attach_device_pasid(domain, dev, space->pasid);\n" +
    "\tif (ret)\n" +
    "\t\tgoto err_free_domain;\n" +
    "\tdomain->users++;\n" +
    "\tbond->dev = dev;\n" +
    "\tbond->domain = domain;\n" +
    "\tbond->users = 1;\n" +
    "\tlist_add(&bond->node, &space->bonds);\n" +
    "\treturn bond;\n" +
    "\n" +
    "err_free_domain:\n" +
    "\tfree_unused_domain(space, domain);\n" +
    "err_free_bond:\n" +
    "\tkfree(bond);\n" +
    "\treturn ERR_PTR(ret);\n" +
    "}\n" +
    "\n" +
    "struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_sva_space *space;\n" +
    "\tstruct iommu_sva *bond;\n" +
    "\n" +
    "\tif (!dev->iommu_group || !dev_has_iommu(dev))\n" +
    "\t\treturn ERR_PTR(-ENODEV);\n" +
    "\tif (dev->iommu->max_pasids == 0)\n" +
    "\t\treturn ERR_PTR(-EOPNOTSUPP);\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tspace = get_space(dev, mm);\n" +
    "\tif (IS_ERR(space)) {\n" +
    "\t\tmutex_unlock(&iommu_sva_lock);\n" +
    "\t\treturn ERR_CAST(space);\n" +
    "\t}\n" +
    "\tbond = find_bond(space, dev);\n" +
    "\tif (bond) {\n" +
    "\t\tbond->users++;\n" +
    "\t\tput_space(space);\n" +
    "\t} else {\n" +
    "\t\tbond = make_bond(space, dev);\n" +
    "\t\tif (IS_ERR(bond))\n" +
    "\t\t\tput_space(space);\n" +
    "\t}\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\treturn bond;\n" +
    "}\n" +
    "\n" +
    "void iommu_sva_unbind_device(struct iommu_sva *bond)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain = bond->domain;\n" +
    "\tstruct iommu_sva_space *space = domain->space;\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tif (--bond->users == 0) {\n" +
    "\t\tlist_del(&bond->node);\n" +
    "\t\tiommu_detach_device_pasid(domain, bond->dev, space->pasid);\n" +
    "\t\tdomain->users--;\n" +
    "\t\tfree_unused_domain(space, domain);\n" +
    "\t\tkfree(bond);\n" +
    "\t\tput_space(space);\n" +
    "\t}\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "}\n" +
    "\n" +
    "/* A child is bound to nothing. */\n" +
    "void mm_pasid_init(struct mm_struct *mm)\n" +
    "{\n" +
    "\tmm->sva_space = NULL;\n" +
    "}\n",
  "designs/list-per-mm.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * The design of Linux 6.8 and later: an mm keeps a list of its SVA domains.\n" +
    " * A device tries each of them and gets one of its own when none fits. A bond\n" +
    " * is found again in the PASID slot of the device's group.\n" +
    " */\n" +
    "#include \"../kernel.h\"\n" +
    "\n" +
    "struct iommu_domain_ops {\n" +
    "\tint (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,\n" +
    "\t\t\t     struct iommu_domain *old);\n" +
    "\tvoid (*free)(struct iommu_domain *domain);\n" +
    "};\n" +
    "\n" +
    "struct iommu_ops {\n" +
    "\tstruct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);\n" +
    "\tvoid (*remove_dev_pasid)(struct device *dev, ioasid_t pasid, struct iommu_domain *domain);\n" +
    "\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n" +
    "\tconst struct iommu_domain_ops *default_domain_ops;\n" +
    "};\n" +
    "\n" +
    "struct iopf_group;\n" +
    "\n" +
    "struct iommu_domain {\n" +
    "\tunsigned int type;\n" +
    "\tconst struct iommu_domain_ops *ops;\n" +
    "\tconst struct iommu_ops *owner;\n" +
    "\tint (*iopf_handler)(struct iopf_group *group);\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tint users;\n" +
    "\tstruct list_head next;\n" +
    "};\n" +
    "\n" +
    "struct iommu_attach_handle {\n" +
    "\tstruct iommu_domain *domain;\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva {\n" +
    "\tstruct iommu_attach_handle handle;\n" +
    "\tstruct device *dev;\n" +
    "\trefcount_t users;\n" +
    "};\n" +
    "\n" +
    "struct iommu_mm_data {\n" +
    "\tioasid_t pasid;\n" +
    "\tstruct list_head sva_domains;\n" +
    "};\n" +
    "\n" +
    "struct iopf_group {\n" +
    "\tstruct work_struct work;\n" +
    "\tstruct iommu_attach_handle *attach_handle;\n" +
    "\tstruct device *dev;\n" +
    "\tstruct iommu_fault fault;\n" +
    "};\n" +
    "\n" +
    "/* ---- PASIDs */\n" +
    "\n" +
    "static DEFINE_IDA(iommu_global_pasid_ida);\n" +
    "\n" +
    "static ioasid_t iommu_alloc_global_pasid(struct device *dev)\n" +
    "{\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (!dev->iommu || !dev->iommu->max_pasids)\n" +
    "\t\treturn IOMMU_PASID_INVALID;\n" +
    "\tret = ida_alloc_range(&iommu_global_pasid_ida, IOMMU_FIRST_GLOBAL_PASID,\n" +
    "\t\t\t      dev->iommu->max_pasids - 1, GFP_KERNEL);\n" +
    "\treturn ret < 0 ? IOMMU_PASID_INVALID : ret;\n" +
    "}\n" +
    "\n" +
    "static void iommu_free_global_pasid(ioasid_t pasid)\n" +
    "{\n" +
    "\tida_free(&iommu_global_pasid_ida, pasid);\n" +
    "}\n" +
    "\n" +
    "/* ---- attaching to the PASIDs of a group */\n" +
    "\n" +
    "static bool dev_has_iommu(struct device *dev)\n" +
    "{\n" +
    "\treturn dev->iommu && dev->iommu->iommu_dev;\n" +
    "}\n" +
    "\n" +
    "static void remove_group_pasid(struct iommu_group *group, struct group_device *past, ioasid_t pasid,\n" +
    "\t\t\t       struct iommu_domain *domain)\n" +
    "{\n" +
    "\tstruct group_device *member;\n" +
    "\n" +
    "\tlist_for_each_entry(member, &group->devices, list) {\n" +
    "\t\tif (member == past)\n" +
    "\t\t\tbreak;\n" +
    "\t\tif (member->dev->iommu->max_pasids > 0)\n" +
    "\t\t\tdev_iommu_ops(member->dev)->remove_dev_pasid(member->dev, pasid, domain);\n" +
    "\t}\n" +
    "}\n" +
    "\n" +
    "static int set_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct group_device *member;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tlist_for_each_entry(member, &group->devices, list) {\n" +
    "\t\tif (member->dev->iommu->max_pasids == 0)\n" +
    "\t\t\tcontinue;\n" +
    "\t\tret = domain->ops->set_dev_pasid(domain, member->dev, pasid, NULL);\n" +
    "\t\tif (ret) {\n" +
    "\t\t\tremove_group_pasid(group, member, pasid, domain);\n" +
    "\t\t\treturn ret;\n" +
    "\t\t}\n" +
    "\t}\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,\n" +
    "\t\t\t      struct iommu_attach_handle *handle)\n" +
    "{\n" +
    "\tstruct iommu_group *group = dev->iommu_group;\n" +
    "\tstruct group_device *member;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (!domain->ops->set_dev_pasid)\n" +
    "\t\treturn -EOPNOTSUPP;\n" +
    "\tif (!group)\n" +
    "\t\treturn -ENODEV;\n" +
    "\tif (!dev_has_iommu(dev) || dev_iommu_ops(dev) != domain->owner || pasid == IOMMU_NO_PASID)\n" +
    "\t\treturn -EINVAL;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tlist_for_each_entry(member, &group->devices, list) {\n" +
    "\t\tif (member->dev->iommu->max_pasids > 0 && pasid >= member->dev->iommu->max_pasids) {\n" +
    "\t\t\tret = -EINVAL;\n" +
    "\t\t\tgoto out_unlock;\n" +
    "\t\t}\n" +
    "\t}\n" +
    "\thandle->domain = domain;\n" +
    "\tret = xa_insert(&group->pasid_array, pasid, handle, GFP_KERNEL);\n" +
    "\tif (ret)\n" +
    "\t\tgoto out_unlock;\n" +
    "\tret = set_group_pasid(group, domain, pasid);\n" +
    "\tif (ret)\n" +
    "\t\txa_erase(&group->pasid_array, pasid);\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct iommu_group *group = dev->iommu_group;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tremove_group_pasid(group, NULL, pasid, domain);\n" +
    "\txa_erase(&group->pasid_array, pasid);\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "}\n" +
    "\n" +
    "static struct iommu_attach_handle *iommu_attach_handle_get(struct iommu_group *group, ioasid_t pasid,\n" +
    "\t\t\t\t\t\t\t   unsigned int type)\n" +
    "{\n" +
    "\tstruct iommu_attach_handle *handle;\n" +
    "\n" +
    "\txa_lock(&group->pasid_array);\n" +
    "\thandle = xa_load(&group->pasid_array, pasid);\n" +
    "\tif (!handle)\n" +
    "\t\thandle = ERR_PTR(-ENOENT);\n" +
    "\telse if (type && handle->domain->type != type)\n" +
    "\t\thandle = ERR_PTR(-EBUSY);\n" +
    "\txa_unlock(&group->pasid_array);\n" +
    "\treturn handle;\n" +
    "}\n" +
    "\n" +
    "static void iommu_domain_free(struct iommu_domain *domain)\n" +
    "{\n" +
    "\tif (domain->type == IOMMU_DOMAIN_SVA)\n" +
    "\t\tmmdrop(domain->mm);\n" +
    "\tdomain->ops->free(domain);\n" +
    "}\n" +
    "\n" +
    "/* ---- page requests */\n" +
    "\n" +
    "static void iopf_group_response(struct iopf_group *group, int status)\n" +
    "{\n" +
    "\tdev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);\n" +
    "}\n" +
    "\n" +
    "static void iommu_sva_handle_iopf(struct work_struct *work)\n" +
    "{\n" +
    "\tstruct iopf_group *group = container_of(work, struct iopf_group, work);\n" +
    "\tstruct mm_struct *mm = group->attach_handle->domain->mm;\n" +
    "\tint status = IOMMU_PAGE_RESP_INVALID;\n" +
    "\n" +
    "\tif (mmget_not_zero(mm)) {\n" +
    "\t\tmmap_read_lock(mm);\n" +
    "\t\tstatus = IOMMU_PAGE_RESP_SUCCESS;\n" +
    "\t\tmmap_read_unlock(mm);\n" +
    "\t\tmmput(mm);\n" +
    "\t}\n" +
    "\tiopf_group_response(group, status);\n" +
    "\tkfree(group);\n" +
    "}\n" +
    "\n" +
    "static int iommu_sva_iopf_handler(struct iopf_group *group)\n" +
    "{\n" +
    "\tINIT_WORK(&group->work, iommu_sva_handle_iopf);\n" +
    "\tschedule_work(&group->work);\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)\n" +
    "{\n" +
    "\tstruct iommu_attach_handle *handle;\n" +
    "\tstruct iopf_group *group;\n" +
    "\n" +
    "\t/* The device waits until it is answered. */\n" +
    "\thandle = iommu_attach_handle_get(dev->iommu_group, fault->pasid, IOMMU_DOMAIN_SVA);\n" +
    "\tif (IS_ERR(handle))\n" +
    "\t\tgoto err_answer;\n" +
    "\tgroup = kzalloc(sizeof(*group), GFP_KERNEL);\n" +
    "\tif (!group)\n" +
    "\t\tgoto err_answer;\n" +
    "\tgroup->attach_handle = handle;\n" +
    "\tgroup->dev = dev;\n" +
    "\tgroup->fault = *fault;\n" +
    "\treturn handle->domain->iopf_handler(group);\n" +
    "\n" +
    "err_answer:\n" +
    "\tdev_iommu_ops(dev)->page_response(dev, fault->grpid);\n" +
    "\treturn -EINVAL;\n" +
    "}\n" +
    "\n" +
    "/* ---- shared virtual addressing */\n" +
    "\n" +
    "static DEFINE_MUTEX(iommu_sva_lock);\n" +
    "\n" +
    "static struct iommu_mm_data *iommu_alloc_mm_data(struct mm_struct *mm, struct device *dev)\n" +
    "{\n" +
    "\tstruct iommu_mm_data *iommu_mm = mm->iommu_mm;\n" +
    "\n" +
    "\tlockdep_assert_held(&iommu_sva_lock);\n" +
    "\n" +
    "\tif (iommu_mm) {\n" +
    "\t\tif (iommu_mm->pasid >= dev->iommu->max_pasids)\n" +
    "\t\t\treturn ERR_PTR(-EOVERFLOW);\n" +
    "\t\treturn iommu_mm;\n" +
    "\t}\n" +
    "\tiommu_mm = kzalloc(sizeof(*iommu_mm), GFP_KERNEL);\n" +
    "\tif (!iommu_mm)\n" +
    "\t\treturn ERR_PTR(-ENOMEM);\n" +
    "\tiommu_mm->pasid = iommu_alloc_global_pasid(dev);\n" +
    "\tif (iommu_mm->pasid == IOMMU_PASID_INVALID) {\n" +
    "\t\tkfree(iommu_mm);\n" +
    "\t\treturn ERR_PTR(-ENOSPC);\n" +
    "\t}\n" +
    "\tINIT_LIST_HEAD(&iommu_mm->sva_domains);\n" +
    "\tsmp_store_release(&mm->iommu_mm, iommu_mm);\n" +
    "\treturn iommu_mm;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *iommu_sva_domain_alloc(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tconst struct iommu_ops *ops = dev_iommu_ops(dev);\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\tdomain = ops->domain_alloc_sva(dev, mm);\n" +
    "\tif (IS_ERR(domain))\n" +
    "\t\treturn domain;\n" +
    "\tdomain->type = IOMMU_DOMAIN_SVA;\n" +
    "\tmmgrab(mm);\n" +
    "\tdomain->mm = mm;\n" +
    "\tdomain->owner = ops;\n" +
    "\tdomain->iopf_handler = iommu_sva_iopf_handler;\n" +
    "\treturn domain;\n" +
    "}\n" +
    "\n" +
    "struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_group *group = dev->iommu_group;\n" +
    "\tstruct iommu_attach_handle *attach_handle;\n" +
    "\tstruct iommu_mm_data *iommu_mm;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tstruct iommu_sva *handle;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (!group || !dev_has_iommu(dev))\n" +
    "\t\treturn ERR_PTR(-ENODEV);\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tiommu_mm = iommu_alloc_mm_data(mm, dev);\n" +
    "\tif (IS_ERR(iommu_mm)) {\n" +
    "\t\tret = PTR_ERR(iommu_mm);\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\n" +
    "\tattach_handle = iommu_attach_handle_get(group, iommu_mm->pasid, IOMMU_DOMAIN_SVA);\n" +
    "\tif (!IS_ERR(attach_handle)) {\n" +
    "\t\thandle = container_of(attach_handle, struct iommu_sva, handle);\n" +
    "\t\tif (attach_handle->domain->mm != mm) {\n" +
    "\t\t\tret = -EBUSY;\n" +
    "\t\t\tgoto out_unlock;\n" +
    "\t\t}\n" +
    "\t\trefcount_inc(&handle->users);\n" +
    "\t\tmutex_unlock(&iommu_sva_lock);\n" +
    "\t\treturn handle;\n" +
    "\t}\n" +
    "\tif (PTR_ERR(attach_handle) != -ENOENT) {\n" +
    "\t\tret = PTR_ERR(attach_handle);\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\n" +
    "\thandle = kzalloc(sizeof(*handle), GFP_KERNEL);\n" +
    "\tif (!handle) {\n" +
    "\t\tret = -ENOMEM;\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\n" +
    "\tlist_for_each_entry(domain, &mm->iommu_mm->sva_domains, next) {\n" +
    "\t\tret = iommu_attach_device_pasid(domain, dev, iommu_mm->pasid, &handle->handle);\n" +
    "\t\tif (!ret) {\n" +
    "\t\t\tdomain->users++;\n" +
    "\t\t\tgoto out;\n" +
    "\t\t}\n" +
    "\t}\n" +
    "\n" +
    "\tdomain = iommu_sva_domain_alloc(dev, mm);\n" +
    "\tif (IS_ERR(domain)) {\n" +
    "\t\tret = PTR_ERR(domain);\n" +
    "\t\tgoto out_free_handle;\n" +
    "\t}\n" +
    "\tret = iommu_attach_device_pasid(domain, dev, iommu_mm->pasid, &handle->handle);\n" +
    "\tif (ret)\n" +
    "\t\tgoto out_free_domain;\n" +
    "\tdomain->users = 1;\n" +
    "\tlist_add(&domain->next, &mm->iommu_mm->sva_domains);\n" +
    "out:\n" +
    "\trefcount_set(&handle->users, 1);\n" +
    "\thandle->dev = dev;\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\treturn handle;\n" +
    "\n" +
    "out_free_domain:\n" +
    "\tiommu_domain_free(domain);\n" +
    "out_free_handle:\n" +
    "\tkfree(handle);\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\treturn ERR_PTR(ret);\n" +
    "}\n" +
    "\n" +
    "void iommu_sva_unbind_device(struct iommu_sva *handle)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain = handle->handle.domain;\n" +
    "\tstruct iommu_mm_data *iommu_mm = domain->mm->iommu_mm;\n" +
    "\tstruct device *dev = handle->dev;\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tif (!refcount_dec_and_test(&handle->users)) {\n" +
    "\t\tmutex_unlock(&iommu_sva_lock);\n" +
    "\t\treturn;\n" +
    "\t}\n" +
    "\tiommu_detach_device_pasid(domain, dev, iommu_mm->pasid);\n" +
    "\tif (--domain->users == 0) {\n" +
    "\t\tlist_del(&domain->next);\n" +
    "\t\tiommu_domain_free(domain);\n" +
    "\t}\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\tkfree(handle);\n" +
    "}\n" +
    "\n" +
    "void mm_pasid_drop(struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_mm_data *iommu_mm = mm->iommu_mm;\n" +
    "\n" +
    "\tif (!iommu_mm)\n" +
    "\t\treturn;\n" +
    "\tiommu_free_global_pasid(iommu_mm->pasid);\n" +
    "\tkfree(iommu_mm);\n" +
    "\tmm->iommu_mm = NULL;\n" +
    "}\n" +
    "\n" +
    "/* A child is bound to nothing. */\n" +
    "void mm_pasid_init(struct mm_struct *mm)\n" +
    "{\n" +
    "\tmm->iommu_mm = NULL;\n" +
    "}\n",
  "designs/per-group.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * The design of Linux 6.2 to 6.7: a bind makes a domain for the group of the\n" +
    " * device and keeps it in the group's PASID slot, where the next bind and the\n" +
    " * page requests find it. Groups share no domain.\n" +
    " */\n" +
    "#include \"../kernel.h\"\n" +
    "\n" +
    "struct iommu_domain_ops {\n" +
    "\tint (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*free)(struct iommu_domain *domain);\n" +
    "};\n" +
    "\n" +
    "struct iommu_ops {\n" +
    "\tstruct iommu_domain *(*domain_alloc)(unsigned int type);\n" +
    "\tvoid (*remove_dev_pasid)(struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n" +
    "};\n" +
    "\n" +
    "struct iommu_domain {\n" +
    "\tunsigned int type;\n" +
    "\tconst struct iommu_domain_ops *ops;\n" +
    "\tint (*iopf_handler)(struct iommu_fault *fault, void *data);\n" +
    "\tvoid *fault_data;\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tint users;\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva {\n" +
    "\tstruct device *dev;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "};\n" +
    "\n" +
    "struct iopf_group {\n" +
    "\tstruct work_struct work;\n" +
    "\tstruct device *dev;\n" +
    "\tstruct iommu_fault fault;\n" +
    "};\n" +
    "\n" +
    "/* ---- PASIDs */\n" +
    "\n" +
    "static DEFINE_IDA(iommu_global_pasid_ida);\n" +
    "\n" +
    "static ioasid_t iommu_alloc_global_pasid(struct device *dev)\n" +
    "{\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (!dev->iommu->max_pasids)\n" +
    "\t\treturn IOMMU_PASID_INVALID;\n" +
    "\tret = ida_alloc_range(&iommu_global_pasid_ida, IOMMU_FIRST_GLOBAL_PASID,\n" +
    "\t\t\t      dev->iommu->max_pasids - 1, GFP_KERNEL);\n" +
    "\treturn ret < 0 ? IOMMU_PASID_INVALID : ret;\n" +
    "}\n" +
    "\n" +
    "static void iommu_free_global_pasid(ioasid_t pasid)\n" +
    "{\n" +
    "\tida_free(&iommu_global_pasid_ida, pasid);\n" +
    "}\n" +
    "\n" +
    "/* ---- attaching to the PASIDs of a group */\n" +
    "\n" +
    "static int set_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct group_device *member;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tlist_for_each_entry(member, &group->devices, list) {\n" +
    "\t\tret = domain->ops->set_dev_pasid(domain, member->dev, pasid);\n" +
    "\t\tif (ret)\n" +
    "\t\t\treturn ret;\n" +
    "\t}\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "static void remove_group_pasid(struct iommu_group *group, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct group_device *member;\n" +
    "\n" +
    "\tlist_for_each_entry(member, &group->devices, list)\n" +
    "\t\tdev_iommu_ops(member->dev)->remove_dev_pasid(member->dev, pasid);\n" +
    "}\n" +
    "\n" +
    "int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct iommu_group *group;\n" +
    "\tvoid *taken;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (!domain->ops->set_dev_pasid)\n" +
    "\t\treturn -EOPNOTSUPP;\n" +
    "\tgroup = iommu_group_get(dev);\n" +
    "\tif (!group)\n" +
    "\t\treturn -ENODEV;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\ttaken = xa_cmpxchg(&group->pasid_array, pasid, NULL, domain, GFP_KERNEL);\n" +
    "\tif (taken) {\n" +
    "\t\tret = xa_is_err(taken) ? xa_err(taken) : -EBUSY;\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\tret = set_group_pasid(group, domain, pasid);\n" +
    "\tif (ret) {\n" +
    "\t\tremove_group_pasid(group, pasid);\n" +
    "\t\txa_erase(&group->pasid_array, pasid);\n" +
    "\t}\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\tiommu_group_put(group);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct iommu_group *group = iommu_group_get(dev);\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tremove_group_pasid(group, pasid);\n" +
    "\tWARN_ON(xa_erase(&group->pasid_array, pasid) != domain);\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\tiommu_group_put(group);\n" +
    "}\n" +
    "\n" +
    "/* Without a reference: the domain stays as long as the device is attached to it. */\n" +
    "static struct iommu_domain *iommu_get_domain_for_dev_pasid(struct device *dev, ioasid_t pasid,\n" +
    "\t\t\t\t\t\t\t   unsigned int type)\n" +
    "{\n" +
    "\tstruct iommu_group *group = iommu_group_get(dev);\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\tif (!group)\n" +
    "\t\treturn NULL;\n" +
    "\n" +
    "\txa_lock(&group->pasid_array);\n" +
    "\tdomain = xa_load(&group->pasid_array, pasid);\n" +
    "\tif (type && domain && domain->type != type)\n" +
    "\t\tdomain = ERR_PTR(-EBUSY);\n" +
    "\txa_unlock(&group->pasid_array);\n" +
    "\tiommu_group_put(group);\n" +
    "\treturn domain;\n" +
    "}\n" +
    "\n" +
    "/* ---- page requests */\n" +
    "\n" +
    "static void iopf_complete_group(struct iopf_group *group, int status)\n" +
    "{\n" +
    "\tdev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);\n" +
    "}\n" +
    "\n" +
    "static void iopf_handler(struct work_struct *work)\n" +
    "{\n" +
    "\tstruct iopf_group *group = container_of(work, struct iopf_group, work);\n" +
    "\tint status = IOMMU_PAGE_RESP_INVALID;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\tdomain = iommu_get_domain_for_dev_pasid(group->dev, group->fault.pasid, 0);\n" +
    "\tif (domain && domain->iopf_handler)\n" +
    "\t\tstatus = domain->iopf_handler(&group->fault, domain->fault_data);\n" +
    "\tiopf_complete_group(group, status);\n" +
    "\tkfree(group);\n" +
    "}\n" +
    "\n" +
    "int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)\n" +
    "{\n" +
    "\tstruct iopf_group *group;\n" +
    "\n" +
    "\t/* The device waits until it is answered. */\n" +
    "\tgroup = kzalloc(sizeof(*group), GFP_KERNEL);\n" +
    "\tif (!group) {\n" +
    "\t\tdev_iommu_ops(dev)->page_response(dev, fault->grpid);\n" +
    "\t\treturn -ENOMEM;\n" +
    "\t}\n" +
    "\tgroup->dev = dev;\n" +
    "\tgroup->fault = *fault;\n" +
    "\tINIT_WORK(&group->work, iopf_handler);\n" +
    "\tschedule_work(&group->work);\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "/* ---- shared virtual addressing */\n" +
    "\n" +
    "static DEFINE_MUTEX(iommu_sva_lock);\n" +
    "\n" +
    "static int iommu_sva_handle_iopf(struct iommu_fault *fault, void *data)\n" +
    "{\n" +
    "\tstruct mm_struct *mm = data;\n" +
    "\n" +
    "\tif (!mmget_not_zero(mm))\n" +
    "\t\treturn IOMMU_PAGE_RESP_INVALID;\n" +
    "\tmmap_read_lock(mm);\n" +
    "\tmmap_read_unlock(mm);\n" +
    "\tmmput(mm);\n" +
    "\treturn IOMMU_PAGE_RESP_SUCCESS;\n" +
    "}\n" +
    "\n" +
    "/* One for each mm, kept until the mm lets go of it. */\n" +
    "static int iommu_sva_alloc_pasid(struct mm_struct *mm, struct device *dev)\n" +
    "{\n" +
    "\tioasid_t pasid;\n" +
    "\tint ret = 0;\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tif (mm->pasid != IOMMU_PASID_INVALID) {\n" +
    "\t\tif (mm->pasid >= dev->iommu->max_pasids)\n" +
    "\t\t\tret = -EOVERFLOW;\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\tpasid = iommu_alloc_global_pasid(dev);\n" +
    "\tif (pasid == IOMMU_PASID_INVALID)\n" +
    "\t\tret = -ENOSPC;\n" +
    "\telse\n" +
    "\t\tmm->pasid = pasid;\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *iommu_sva_domain_alloc(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\tdomain = dev_iommu_ops(dev)->domain_alloc(IOMMU_DOMAIN_SVA);\n" +
    "\tif (!domain)\n" +
    "\t\treturn NULL;\n" +
    "\tdomain->type = IOMMU_DOMAIN_SVA;\n" +
    "\tmmgrab(mm);\n" +
    "\tdomain->mm = mm;\n" +
    "\tdomain->iopf_handler = iommu_sva_handle_iopf;\n" +
    "\tdomain->fault_data = mm;\n" +
    "\treturn domain;\n" +
    "}\n" +
    "\n" +
    "static void iommu_domain_free(struct iommu_domain *domain)\n" +
    "{\n" +
    "\tif (domain->type == IOMMU_DOMAIN_SVA)\n" +
    "\t\tmmdrop(domain->mm);\n" +
    "\tdomain->ops->free(domain);\n" +
    "}\n" +
    "\n" +
    "struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tstruct iommu_sva *handle;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tret = iommu_sva_alloc_pasid(mm, dev);\n" +
    "\tif (ret)\n" +
    "\t\treturn ERR_PTR(ret);\n" +
    "\thandle = kzalloc(sizeof(*handle), GFP_KERNEL);\n" +
    "\tif (!handle)\n" +
    "\t\treturn ERR_PTR(-ENOMEM);\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tdomain = iommu_get_domain_for_dev_pasid(dev, mm->pasid, IOMMU_DOMAIN_SVA);\n" +
    "\tif (IS_ERR(domain)) {\n" +
    "\t\tret = PTR_ERR(domain);\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\tif (domain) {\n" +
    "\t\tdomain->users++;\n" +
    "\t\tgoto out;\n" +
    "\t}\n" +
    "\n" +
    "\tdomain = iommu_sva_domain_alloc(dev, mm);\n" +
    "\tif (!domain) {\n" +
    "\t\tret = -ENOMEM;\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\tret = iommu_attach_device_pasid(domain, dev, mm->pasid);\n" +
    "\tif (ret)\n" +
    "\t\tgoto out_free_domain;\n" +
    "\tdomain->users = 1;\n" +
    "out:\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\thandle->dev = dev;\n" +
    "\thandle->domain = domain;\n" +
    "\treturn handle;\n" +
    "\n" +
    "out_free_domain:\n" +
    "\tiommu_domain_free(domain);\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\tkfree(handle);\n" +
    "\treturn ERR_PTR(ret);\n" +
    "}\n" +
    "\n" +
    "void iommu_sva_unbind_device(struct iommu_sva *handle)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain = handle->domain;\n" +
    "\tstruct device *dev = handle->dev;\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tif (--domain->users == 0) {\n" +
    "\t\tiommu_detach_device_pasid(domain, dev, domain->mm->pasid);\n" +
    "\t\tiommu_domain_free(domain);\n" +
    "\t}\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\tkfree(handle);\n" +
    "}\n" +
    "\n" +
    "void mm_pasid_drop(struct mm_struct *mm)\n" +
    "{\n" +
    "\tif (mm->pasid == IOMMU_PASID_INVALID)\n" +
    "\t\treturn;\n" +
    "\tiommu_free_global_pasid(mm->pasid);\n" +
    "\tmm->pasid = IOMMU_PASID_INVALID;\n" +
    "}\n" +
    "\n" +
    "/* A child is bound to nothing. */\n" +
    "void mm_pasid_init(struct mm_struct *mm)\n" +
    "{\n" +
    "\tmm->pasid = IOMMU_PASID_INVALID;\n" +
    "}\n",
  "designs/rfc-v2-patch-3.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * Patch 3 of the RFC v2 of March 2022 alone: the array of SVA domains with its\n" +
    " * getter and its putter, which nobody calls yet. They take no lock.\n" +
    " */\n" +
    "#include \"../kernel.h\"\n" +
    "\n" +
    "struct iommu_domain_ops {\n" +
    "\tint (*attach_dev)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tvoid (*detach_dev)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tint (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*free)(struct iommu_domain *domain);\n" +
    "};\n" +
    "\n" +
    "struct iommu_ops {\n" +
    "\tstruct iommu_domain *(*domain_alloc)(unsigned int type);\n" +
    "\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva_cookie {\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tioasid_t pasid;\n" +
    "\trefcount_t users;\n" +
    "};\n" +
    "\n" +
    "struct iommu_domain {\n" +
    "\tunsigned int type;\n" +
    "\tconst struct iommu_domain_ops *ops;\n" +
    "\tstruct iommu_sva_cookie *sva_cookie;\n" +
    "};\n" +
    "\n" +
    "struct ioasid_set {\n" +
    "\tint unused;\n" +
    "};\n" +
    "\n" +
    "/* ---- PASIDs, as they were before the patch */\n" +
    "\n" +
    "static DEFINE_MUTEX(iommu_sva_lock);\n" +
    "static struct ioasid_set iommu_sva_pasids;\n" +
    "\n" +
    "/* One for each mm, kept until the mm lets go of it. The range includes both ends. */\n" +
    "int iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)\n" +
    "{\n" +
    "\tioasid_t pasid;\n" +
    "\tint ret = 0;\n" +
    "\n" +
    "\tif (min == 0 || max < min)\n" +
    "\t\treturn -EINVAL;\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tif (mm->pasid != INVALID_IOASID) {\n" +
    "\t\tif (mm->pasid < min || mm->pasid >= max)\n" +
    "\t\t\tret = -EOVERFLOW;\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\tpasid = ioasid_alloc(&iommu_sva_pasids, min, max, mm);\n" +
    "\tif (pasid == INVALID_IOASID)\n" +
    "\t\tret = -ENOMEM;\n" +
    "\telse\n" +
    "\t\tmm->pasid = pasid;\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void mm_pasid_drop(struct mm_struct *mm)\n" +
    "{\n" +
    "\tif (mm->pasid == INVALID_IOASID)\n" +
    "\t\treturn;\n" +
    "\tioasid_free(mm->pasid);\n" +
    "\tmm->pasid = INVALID_IOASID;\n" +
    "}\n" +
    "\n" +
    "/* ---- domains, found by their PASID */\n" +
    "\n" +
    "static DEFINE_XARRAY(sva_domain_array);\n" +
    "\n" +
    "static struct iommu_domain *iommu_sva_alloc_domain(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct bus_type *bus = dev->bus;\n" +
    "\tstruct iommu_sva_cookie *cookie;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tvoid *previous;\n" +
    "\n" +
    "\tif (!bus || !bus->iommu_ops)\n" +
    "\t\treturn NULL;\n" +
    "\tcookie = kzalloc(sizeof(*cookie), GFP_KERNEL);\n" +
    "\tif (!cookie)\n" +
    "\t\treturn NULL;\n" +
    "\tdomain = bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);\n" +
    "\tif (!domain)\n" +
    "\t\tgoto err_free_cookie;\n" +
    "\n" +
    "\tcookie->mm = mm;\n" +
    "\tcookie->pasid = mm->pasid;\n" +
    "\trefcount_set(&cookie->users, 1);\n" +
    "\tdomain->type = IOMMU_DOMAIN_SVA;\n" +
    "\tdomain->sva_cookie = cookie;\n" +
    "\tprevious = xa_store(&sva_domain_array, mm->pasid, domain, GFP_KERNEL);\n" +
    "\tif (xa_err(previous))\n" +
    "\t\tgoto err_free_domain;\n" +
    "\treturn domain;\n" +
    "\n" +
    "err_free_domain:\n" +
    "\tdomain->ops->free(domain);\n" +
    "err_free_cookie:\n" +
    "\tkfree(cookie);\n" +
    "\treturn NULL;\n" +
    "}\n" +
    "\n" +
    "static void iommu_sva_free_domain(struct iommu_domain *domain)\n" +
    "{\n" +
    "\txa_erase(&sva_domain_array, domain->sva_cookie->pasid);\n" +
    "\tkfree(domain->sva_cookie);\n" +
    "\tdomain->ops->free(domain);\n" +
    "}\n" +
    "\n" +
    "/* For drivers. */\n" +
    "struct mm_struct *iommu_sva_domain_mm(struct iommu_domain *domain)\n" +
    "{\n" +
    "\treturn domain->sva_cookie->mm;\n" +
    "}\n" +
    "\n" +
    "bool iommu_sva_domain_get_user(struct iommu_domain *domain)\n" +
    "{\n" +
    "\treturn refcount_inc_not_zero(&domain->sva_cookie->users);\n" +
    "}\n" +
    "\n" +
    "void iommu_sva_domain_put_user(struct iommu_domain *domain)\n" +
    "{\n" +
    "\tif (refcount_dec_and_test(&domain->sva_cookie->users))\n" +
    "\t\tiommu_sva_free_domain(domain);\n" +
    "}\n" +
    "\n" +
    "struct iommu_domain *iommu_sva_get_domain(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\tif (mm->pasid == INVALID_IOASID)\n" +
    "\t\treturn NULL;\n" +
    "\tdomain = xa_load(&sva_domain_array, mm->pasid);\n" +
    "\tif (!domain)\n" +
    "\t\treturn iommu_sva_alloc_domain(dev, mm);\n" +
    "\tiommu_sva_domain_get_user(domain);\n" +
    "\treturn domain;\n" +
    "}\n",
  "designs/rfc-v2.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * The design of the RFC v2 of March 2022, all patches applied: one SVA domain\n" +
    " * for each PASID, in one array for the whole system. Whoever binds an mm gets\n" +
    " * the domain that is there, whatever device it was made for. Users are counted\n" +
    " * in a cookie of the domain, bonds are on a list in it.\n" +
    " */\n" +
    "#include \"../kernel.h\"\n" +
    "\n" +
    "struct iommu_domain_ops {\n" +
    "\tint (*attach_dev)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tvoid (*detach_dev)(struct iommu_domain *domain, struct device *dev);\n" +
    "\tint (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n" +
    "\tvoid (*free)(struct iommu_domain *domain);\n" +
    "};\n" +
    "\n" +
    "struct iommu_ops {\n" +
    "\tstruct iommu_domain *(*domain_alloc)(unsigned int type);\n" +
    "\tvoid (*page_response)(struct device *dev, unsigned int grpid);\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva_cookie {\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tioasid_t pasid;\n" +
    "\trefcount_t users;\n" +
    "\tstruct list_head bonds;\n" +
    "};\n" +
    "\n" +
    "struct iommu_domain {\n" +
    "\tunsigned int type;\n" +
    "\tconst struct iommu_domain_ops *ops;\n" +
    "\tstruct iommu_sva_cookie *sva_cookie;\n" +
    "\tint (*fault_handler)(struct iommu_fault *fault, void *data);\n" +
    "\tvoid *fault_data;\n" +
    "};\n" +
    "\n" +
    "struct iommu_sva {\n" +
    "\tstruct device *dev;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tioasid_t pasid;\n" +
    "\tstruct list_head node;\n" +
    "\trefcount_t users;\n" +
    "};\n" +
    "\n" +
    "struct iopf_group {\n" +
    "\tstruct work_struct work;\n" +
    "\tstruct device *dev;\n" +
    "\tstruct iommu_fault fault;\n" +
    "};\n" +
    "\n" +
    "struct ioasid_set {\n" +
    "\tint unused;\n" +
    "};\n" +
    "\n" +
    "void iommu_sva_domain_put_user(struct iommu_domain *domain);\n" +
    "bool iommu_sva_domain_get_user(struct iommu_domain *domain);\n" +
    "\n" +
    "/* ---- attaching to devices, and to their PASIDs */\n" +
    "\n" +
    "/* Whether one driver has the group to itself. From then on nobody else joins. */\n" +
    "static bool iommu_group_singleton_lockdown(struct iommu_group *group)\n" +
    "{\n" +
    "\tlockdep_assert_held(&group->mutex);\n" +
    "\n" +
    "\tif (group->owner_cnt != 1 || group->domain != group->default_domain)\n" +
    "\t\treturn false;\n" +
    "\tgroup->singleton_lockdown = true;\n" +
    "\treturn true;\n" +
    "}\n" +
    "\n" +
    "int iommu_attach_device(struct iommu_domain *domain, struct device *dev)\n" +
    "{\n" +
    "\tstruct iommu_group *group = iommu_group_get(dev);\n" +
    "\tint ret = -EINVAL;\n" +
    "\n" +
    "\tif (!group)\n" +
    "\t\treturn -ENODEV;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tif (!iommu_group_singleton_lockdown(group))\n" +
    "\t\tgoto out_unlock;\n" +
    "\tret = domain->ops->attach_dev(domain, dev);\n" +
    "\tif (!ret)\n" +
    "\t\tgroup->domain = domain;\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\tiommu_group_put(group);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void iommu_detach_device(struct iommu_domain *domain, struct device *dev)\n" +
    "{\n" +
    "\tstruct iommu_group *group = iommu_group_get(dev);\n" +
    "\n" +
    "\tif (!group)\n" +
    "\t\treturn;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tif (WARN_ON(!iommu_group_singleton_lockdown(group)))\n" +
    "\t\tgoto out_unlock;\n" +
    "\tdomain->ops->detach_dev(domain, dev);\n" +
    "\tgroup->domain = group->default_domain;\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\tiommu_group_put(group);\n" +
    "}\n" +
    "\n" +
    "int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct iommu_group *group;\n" +
    "\tint ret = -EINVAL;\n" +
    "\tvoid *taken;\n" +
    "\n" +
    "\tif (!domain->ops->attach_dev_pasid)\n" +
    "\t\treturn -EINVAL;\n" +
    "\tgroup = iommu_group_get(dev);\n" +
    "\tif (!group)\n" +
    "\t\treturn -ENODEV;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tif (!iommu_group_singleton_lockdown(group))\n" +
    "\t\tgoto out_unlock;\n" +
    "\ttaken = xa_cmpxchg(&group->pasid_array, pasid, NULL, domain, GFP_KERNEL);\n" +
    "\tif (taken)\n" +
    "\t\tgoto out_unlock;\n" +
    "\tret = domain->ops->attach_dev_pasid(domain, dev, pasid);\n" +
    "\tif (ret)\n" +
    "\t\txa_erase(&group->pasid_array, pasid);\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\tiommu_group_put(group);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct iommu_group *group = iommu_group_get(dev);\n" +
    "\n" +
    "\tif (WARN_ON(!group))\n" +
    "\t\treturn;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tdomain->ops->detach_dev_pasid(domain, dev, pasid);\n" +
    "\txa_erase(&group->pasid_array, pasid);\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\tiommu_group_put(group);\n" +
    "}\n" +
    "\n" +
    "/* The domain comes with a user, for iommu_put_domain_for_dev_pasid(). */\n" +
    "struct iommu_domain *iommu_get_domain_for_dev_pasid(struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct iommu_group *group = iommu_group_get(dev);\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\tif (!group)\n" +
    "\t\treturn NULL;\n" +
    "\n" +
    "\tmutex_lock(&group->mutex);\n" +
    "\tdomain = xa_load(&group->pasid_array, pasid);\n" +
    "\tif (domain && domain->type == IOMMU_DOMAIN_SVA)\n" +
    "\t\tiommu_sva_domain_get_user(domain);\n" +
    "\tmutex_unlock(&group->mutex);\n" +
    "\tiommu_group_put(group);\n" +
    "\treturn domain;\n" +
    "}\n" +
    "\n" +
    "void iommu_put_domain_for_dev_pasid(struct iommu_domain *domain)\n" +
    "{\n" +
    "\tif (domain->type == IOMMU_DOMAIN_SVA)\n" +
    "\t\tiommu_sva_domain_put_user(domain);\n" +
    "}\n" +
    "\n" +
    "/* ---- page requests */\n" +
    "\n" +
    "static void iopf_complete_group(struct iopf_group *group, int status)\n" +
    "{\n" +
    "\tdev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);\n" +
    "}\n" +
    "\n" +
    "static void iopf_handle_group(struct work_struct *work)\n" +
    "{\n" +
    "\tstruct iopf_group *group = container_of(work, struct iopf_group, work);\n" +
    "\tint status = IOMMU_PAGE_RESP_INVALID;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\tdomain = iommu_get_domain_for_dev_pasid(group->dev, group->fault.pasid);\n" +
    "\tif (domain) {\n" +
    "\t\tif (domain->fault_handler)\n" +
    "\t\t\tstatus = domain->fault_handler(&group->fault, domain->fault_data);\n" +
    "\t\tiommu_put_domain_for_dev_pasid(domain);\n" +
    "\t}\n" +
    "\tiopf_complete_group(group, status);\n" +
    "\tkfree(group);\n" +
    "}\n" +
    "\n" +
    "int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)\n" +
    "{\n" +
    "\tstruct iopf_group *group;\n" +
    "\n" +
    "\t/* The device waits until it is answered. */\n" +
    "\tgroup = kzalloc(sizeof(*group), GFP_KERNEL);\n" +
    "\tif (!group) {\n" +
    "\t\tdev_iommu_ops(dev)->page_response(dev, fault->grpid);\n" +
    "\t\treturn -ENOMEM;\n" +
    "\t}\n" +
    "\tgroup->dev = dev;\n" +
    "\tgroup->fault = *fault;\n" +
    "\tINIT_WORK(&group->work, iopf_handle_group);\n" +
    "\tschedule_work(&group->work);\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "/* ---- PASIDs */\n" +
    "\n" +
    "static DEFINE_MUTEX(iommu_sva_lock);\n" +
    "static struct ioasid_set iommu_sva_pasids;\n" +
    "\n" +
    "/* One for each mm, kept until the mm lets go of it. The range includes both ends. */\n" +
    "static int iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)\n" +
    "{\n" +
    "\tioasid_t pasid;\n" +
    "\tint ret = 0;\n" +
    "\n" +
    "\tif (min == 0 || max < min)\n" +
    "\t\treturn -EINVAL;\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tif (mm->pasid != INVALID_IOASID) {\n" +
    "\t\tif (mm->pasid < min || mm->pasid >= max)\n" +
    "\t\t\tret = -EOVERFLOW;\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\tpasid = ioasid_alloc(&iommu_sva_pasids, min, max, mm);\n" +
    "\tif (pasid == INVALID_IOASID)\n" +
    "\t\tret = -ENOMEM;\n" +
    "\telse\n" +
    "\t\tmm->pasid = pasid;\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "void mm_pasid_drop(struct mm_struct *mm)\n" +
    "{\n" +
    "\tif (mm->pasid == INVALID_IOASID)\n" +
    "\t\treturn;\n" +
    "\tioasid_free(mm->pasid);\n" +
    "\tmm->pasid = INVALID_IOASID;\n" +
    "}\n" +
    "\n" +
    "/* ---- domains, found by their PASID */\n" +
    "\n" +
    "static DEFINE_XARRAY(sva_domain_array);\n" +
    "\n" +
    "static int iommu_sva_handle_iopf(struct iommu_fault *fault, void *data)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain = data;\n" +
    "\tstruct mm_struct *mm = domain->sva_cookie->mm;\n" +
    "\n" +
    "\tif (!mmget_not_zero(mm))\n" +
    "\t\treturn IOMMU_PAGE_RESP_INVALID;\n" +
    "\tmmap_read_lock(mm);\n" +
    "\tmmap_read_unlock(mm);\n" +
    "\tmmput(mm);\n" +
    "\treturn IOMMU_PAGE_RESP_SUCCESS;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *iommu_sva_alloc_domain(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct bus_type *bus = dev->bus;\n" +
    "\tstruct iommu_sva_cookie *cookie;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tvoid *previous;\n" +
    "\n" +
    "\tif (!bus || !bus->iommu_ops)\n" +
    "\t\treturn NULL;\n" +
    "\tcookie = kzalloc(sizeof(*cookie), GFP_KERNEL);\n" +
    "\tif (!cookie)\n" +
    "\t\treturn NULL;\n" +
    "\tdomain = bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);\n" +
    "\tif (!domain)\n" +
    "\t\tgoto err_free_cookie;\n" +
    "\n" +
    "\tcookie->mm = mm;\n" +
    "\tcookie->pasid = mm->pasid;\n" +
    "\trefcount_set(&cookie->users, 1);\n" +
    "\tINIT_LIST_HEAD(&cookie->bonds);\n" +
    "\tdomain->type = IOMMU_DOMAIN_SVA;\n" +
    "\tdomain->sva_cookie = cookie;\n" +
    "\tdomain->fault_handler = iommu_sva_handle_iopf;\n" +
    "\tdomain->fault_data = domain;\n" +
    "\tprevious = xa_store(&sva_domain_array, mm->pasid, domain, GFP_KERNEL);\n" +
    "\tif (xa_err(previous))\n" +
    "\t\tgoto err_free_domain;\n" +
    "\treturn domain;\n" +
    "\n" +
    "err_free_domain:\n" +
    "\tdomain->ops->free(domain);\n" +
    "err_free_cookie:\n" +
    "\tkfree(cookie);\n" +
    "\treturn NULL;\n" +
    "}\n" +
    "\n" +
    "static void iommu_sva_free_domain(struct iommu_domain *domain)\n" +
    "{\n" +
    "\txa_erase(&sva_domain_array, domain->sva_cookie->pasid);\n" +
    "\tWARN_ON(!list_empty(&domain->sva_cookie->bonds));\n" +
    "\tkfree(domain->sva_cookie);\n" +
    "\tdomain->ops->free(domain);\n" +
    "}\n" +
    "\n" +
    "/* For drivers. */\n" +
    "struct mm_struct *iommu_sva_domain_mm(struct iommu_domain *domain)\n" +
    "{\n" +
    "\treturn domain->sva_cookie->mm;\n" +
    "}\n" +
    "\n" +
    "bool iommu_sva_domain_get_user(struct iommu_domain *domain)\n" +
    "{\n" +
    "\treturn refcount_inc_not_zero(&domain->sva_cookie->users);\n" +
    "}\n" +
    "\n" +
    "void iommu_sva_domain_put_user(struct iommu_domain *domain)\n" +
    "{\n" +
    "\tif (refcount_dec_and_test(&domain->sva_cookie->users))\n" +
    "\t\tiommu_sva_free_domain(domain);\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *iommu_sva_get_domain(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\n" +
    "\tif (mm->pasid == INVALID_IOASID)\n" +
    "\t\treturn NULL;\n" +
    "\tdomain = xa_load(&sva_domain_array, mm->pasid);\n" +
    "\tif (!domain)\n" +
    "\t\treturn iommu_sva_alloc_domain(dev, mm);\n" +
    "\tiommu_sva_domain_get_user(domain);\n" +
    "\treturn domain;\n" +
    "}\n" +
    "\n" +
    "/* ---- shared virtual addressing */\n" +
    "\n" +
    "struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm, void *drvdata)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tstruct iommu_sva *handle;\n" +
    "\tint ret;\n" +
    "\n" +
    "\tret = iommu_sva_alloc_pasid(mm, 1, (1U << dev->iommu->pasid_bits) - 1);\n" +
    "\tif (ret)\n" +
    "\t\treturn ERR_PTR(ret);\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tdomain = iommu_sva_get_domain(dev, mm);\n" +
    "\tif (!domain) {\n" +
    "\t\tret = -ENOMEM;\n" +
    "\t\tgoto out_unlock;\n" +
    "\t}\n" +
    "\n" +
    "\tlist_for_each_entry(handle, &domain->sva_cookie->bonds, node) {\n" +
    "\t\tif (handle->dev == dev && handle->pasid == mm->pasid) {\n" +
    "\t\t\trefcount_inc(&handle->users);\n" +
    "\t\t\tmutex_lock(&iommu_sva_lock);\n" +
    "\t\t\treturn handle;\n" +
    "\t\t}\n" +
    "\t}\n" +
    "\n" +
    "\thandle = kzalloc(sizeof(*handle), GFP_KERNEL);\n" +
    "\tif (!handle) {\n" +
    "\t\tret = -ENOMEM;\n" +
    "\t\tgoto out_put_domain;\n" +
    "\t}\n" +
    "\tret = iommu_attach_device_pasid(domain, dev, mm->pasid);\n" +
    "\tif (ret)\n" +
    "\t\tgoto out_free_handle;\n" +
    "\thandle->dev = dev;\n" +
    "\thandle->domain = domain;\n" +
    "\thandle->pasid = mm->pasid;\n" +
    "\trefcount_set(&handle->users, 1);\n" +
    "\tlist_add_tail(&handle->node, &domain->sva_cookie->bonds);\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\treturn handle;\n" +
    "\n" +
    "out_free_handle:\n" +
    "\tkfree(handle);\n" +
    "out_put_domain:\n" +
    "\tiommu_sva_domain_put_user(domain);\n" +
    "out_unlock:\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "\treturn ERR_PTR(ret);\n" +
    "}\n" +
    "\n" +
    "void iommu_sva_unbind_device(struct iommu_sva *handle)\n" +
    "{\n" +
    "\tstruct iommu_domain *domain = handle->domain;\n" +
    "\tstruct mm_struct *mm = iommu_sva_domain_mm(domain);\n" +
    "\tstruct device *dev = handle->dev;\n" +
    "\n" +
    "\tmutex_lock(&iommu_sva_lock);\n" +
    "\tif (refcount_dec_and_test(&handle->users)) {\n" +
    "\t\tlist_del(&handle->node);\n" +
    "\t\tiommu_detach_device_pasid(domain, dev, mm->pasid);\n" +
    "\t\tkfree(handle);\n" +
    "\t}\n" +
    "\tiommu_sva_domain_put_user(domain);\n" +
    "\tmutex_unlock(&iommu_sva_lock);\n" +
    "}\n" +
    "\n" +
    "/* A child is bound to nothing. */\n" +
    "void mm_pasid_init(struct mm_struct *mm)\n" +
    "{\n" +
    "\tmm->pasid = INVALID_IOASID;\n" +
    "}\n",
  "driver-callees.c": 
    "/* SPDX-License-Identifier: MIT */\n" +
    "/*\n" +
    " * What drivers call that would need a world of its own: page tables of the\n" +
    " * kernel, and the queues of virtual devices.\n" +
    " */\n" +
    "\n" +
    "/* A table is there, and nobody looks into it. */\n" +
    "struct io_pgtable_ops *alloc_io_pgtable_ops(enum io_pgtable_fmt format,\n" +
    "\t\t\t\t\t    struct io_pgtable_cfg *config, void *cookie)\n" +
    "{\n" +
    "\tstruct io_pgtable *table = kzalloc(sizeof(*table), GFP_KERNEL);\n" +
    "\n" +
    "\tif (!table)\n" +
    "\t\treturn NULL;\n" +
    "\tsimulated_open(table, 0);\n" +
    "\ttable->fmt = format;\n" +
    "\ttable->cfg = *config;\n" +
    "\ttable->cookie = cookie;\n" +
    "\treturn &table->ops;\n" +
    "}\n" +
    "\n" +
    "/* A virtual device answers each request at once, and leaves it as it was made. */\n" +
    "static void *request;\n" +
    "\n" +
    "int virtqueue_add_sgs(struct virtqueue *queue, struct scatterlist *lists[],\n" +
    "\t\t      unsigned int out, unsigned int in, void *data, gfp_t gfp)\n" +
    "{\n" +
    "\trequest = data;\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "void *virtqueue_get_buf(struct virtqueue *queue, unsigned int *length)\n" +
    "{\n" +
    "\tvoid *answered = request;\n" +
    "\n" +
    "\trequest = NULL;\n" +
    "\t*length = 1;\n" +
    "\treturn answered;\n" +
    "}\n",
  "driver.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * The drivers of the simulated hardware. What each of them does about a domain\n" +
    " * that was made for another instance is what they differ in; the rest is the\n" +
    " * contract of the operations.\n" +
    " */\n" +
    "#include \"kernel.h\"\n" +
    "\n" +
    "enum instance_policy {\n" +
    "\t/* A domain belongs to the instance of the device that it was made for, or first attached to. */\n" +
    "\tINSTANCE_CHECKED,\n" +
    "\t/* A domain serves every instance of the driver. */\n" +
    "\tINSTANCE_SHARED,\n" +
    "\t/* A domain serves instances that can do what it needs. */\n" +
    "\tINSTANCE_BY_FEATURES,\n" +
    "};\n" +
    "\n" +
    "/* Whether attaching runs out of memory in turn, where other calls do. */\n" +
    "static bool operations_fail;\n" +
    "\n" +
    "struct model_iommu {\n" +
    "\tstruct iommu_device iommu;\n" +
    "\tenum instance_policy policy;\n" +
    "\tunsigned int features;\n" +
    "\t/* Waits for the page requests of a PASID when it is taken away. */\n" +
    "\tbool drains;\n" +
    "\tstruct workqueue_struct *faults;\n" +
    "};\n" +
    "\n" +
    "struct model_device {\n" +
    "\tconst struct model_driver *driver;\n" +
    "\tstruct model_iommu *iommu;\n" +
    "};\n" +
    "\n" +
    "struct model_domain {\n" +
    "\tunsigned int features;\n" +
    "\tstruct iommu_domain domain;\n" +
    "\tconst struct model_driver *driver;\n" +
    "\tstruct model_iommu *iommu;\n" +
    "\tstruct mmu_notifier notifier;\n" +
    "\tbool is_notified;\n" +
    "\t/* Of drivers that watch the mm only while a device is attached. */\n" +
    "\tunsigned int attached;\n" +
    "};\n" +
    "\n" +
    "struct model_driver {\n" +
    "\tconst char *name;\n" +
    "};\n" +
    "\n" +
    "static const struct model_driver main_driver = { .name = \"main\" };\n" +
    "static const struct model_driver other_driver = { .name = \"other\" };\n" +
    "\n" +
    "static struct model_domain *to_model_domain(struct iommu_domain *domain)\n" +
    "{\n" +
    "\treturn container_of(domain, struct model_domain, domain);\n" +
    "}\n" +
    "\n" +
    "/* The process is gone: its page table is no longer walked. */\n" +
    "static void model_release(struct mmu_notifier *notifier, struct mm_struct *mm)\n" +
    "{\n" +
    "}\n" +
    "\n" +
    "static const struct mmu_notifier_ops model_notifier_ops = {\n" +
    "\t.release = model_release,\n" +
    "};\n" +
    "\n" +
    "static struct model_domain *make_domain(const struct model_driver *driver)\n" +
    "{\n" +
    "\tstruct model_domain *own = kzalloc(sizeof(*own), GFP_KERNEL);\n" +
    "\n" +
    "\tif (own)\n" +
    "\t\town->driver = driver;\n" +
    "\treturn own;\n" +
    "}\n" +
    "\n" +
    "/* Whether an instance can take a domain. One that nobody took yet is tied to it. */\n" +
    "static bool model_takes(struct model_iommu *iommu, struct model_domain *own)\n" +
    "{\n" +
    "\tif (iommu->policy == INSTANCE_SHARED)\n" +
    "\t\treturn true;\n" +
    "\tif (iommu->policy == INSTANCE_BY_FEATURES)\n" +
    "\t\treturn (own->features & iommu->features) == own->features;\n" +
    "\treturn !own->iommu || own->iommu == iommu;\n" +
    "}\n" +
    "\n" +
    "static bool model_device_compatible(struct iommu_domain *domain, struct device *dev)\n" +
    "{\n" +
    "\tstruct model_device *master = dev_iommu_priv_get(dev);\n" +
    "\tstruct model_domain *own = to_model_domain(domain);\n" +
    "\n" +
    "\tsimulated_asked(dev, domain);\n" +
    "\tif (master->driver != own->driver) {\n" +
    "\t\tsimulated_foreign(dev, domain);\n" +
    "\t\treturn false;\n" +
    "\t}\n" +
    "\treturn model_takes(master->iommu, own);\n" +
    "}\n" +
    "\n" +
    "static int model_attach(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct model_device *master = dev_iommu_priv_get(dev);\n" +
    "\tstruct model_domain *own = to_model_domain(domain);\n" +
    "\n" +
    "\tsimulated_asked(dev, domain);\n" +
    "\tif (master->driver != own->driver) {\n" +
    "\t\tsimulated_foreign(dev, domain);\n" +
    "\t\treturn -EINVAL;\n" +
    "\t}\n" +
    "\tif (!model_takes(master->iommu, own)) {\n" +
    "\t\tsimulated_refuse(dev, domain);\n" +
    "\t\treturn -EINVAL;\n" +
    "\t}\n" +
    "\tif (operations_fail && simulated_command())\n" +
    "\t\treturn -ENOMEM;\n" +
    "\tif (!own->iommu && master->iommu->policy == INSTANCE_CHECKED) {\n" +
    "\t\town->iommu = master->iommu;\n" +
    "\t\tsimulated_made(domain, &master->iommu->iommu);\n" +
    "\t}\n" +
    "\tsimulated_program(dev, pasid, domain, &master->iommu->iommu);\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "static void model_detach(struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct model_device *master = dev_iommu_priv_get(dev);\n" +
    "\n" +
    "\tWARN_ON(!simulated_domain(dev, pasid));\n" +
    "\tsimulated_block(dev, pasid);\n" +
    "\tif (master->iommu->drains)\n" +
    "\t\tflush_workqueue(master->iommu->faults);\n" +
    "}\n" +
    "\n" +
    "static void model_free(struct iommu_domain *domain)\n" +
    "{\n" +
    "\tstruct model_domain *own = to_model_domain(domain);\n" +
    "\n" +
    "\tif (own->is_notified)\n" +
    "\t\tmmu_notifier_unregister(&own->notifier, own->notifier.mm);\n" +
    "\tkfree(own);\n" +
    "}\n" +
    "\n" +
    "static void model_page_response(struct device *dev, unsigned int grpid)\n" +
    "{\n" +
    "\tsimulated_answer(dev, grpid);\n" +
    "}\n" +
    "\n" +
    "static void start_iommu(struct model_iommu *iommu, const struct iommu_ops *ops,\n" +
    "\t\t\tenum instance_policy policy, bool drains, struct workqueue_struct *faults)\n" +
    "{\n" +
    "\tiommu->iommu.ops = ops;\n" +
    "\tiommu->iommu.max_pasids = 1 << 20;\n" +
    "\tiommu->policy = policy;\n" +
    "\tiommu->drains = drains;\n" +
    "\tiommu->faults = faults;\n" +
    "}\n",
  "kernel.h": 
    "/* SPDX-License-Identifier: MIT */\n" +
    "/*\n" +
    " * What the simulated code sees of the kernel: the structures that it reaches\n" +
    " * into, with the members that matter. Locks, counters and containers are\n" +
    " * played by the machine; their members are never looked at.\n" +
    " */\n" +
    "#ifndef SIMULATED_KERNEL_H\n" +
    "#define SIMULATED_KERNEL_H\n" +
    "\n" +
    "#define INVALID_IOASID\t\t((ioasid_t)-1)\n" +
    "#define IOMMU_NO_PASID\t\t0\n" +
    "#define IOMMU_FIRST_GLOBAL_PASID 1\n" +
    "#define IOMMU_PASID_INVALID\t((ioasid_t)-1)\n" +
    "\n" +
    "#define IOMMU_DOMAIN_BLOCKED\t0\n" +
    "#define IOMMU_DOMAIN_UNMANAGED\t1\n" +
    "#define IOMMU_DOMAIN_SVA\t16\n" +
    "\n" +
    "#define IOMMU_PAGE_RESP_SUCCESS\t0\n" +
    "#define IOMMU_PAGE_RESP_INVALID\t1\n" +
    "\n" +
    "#define XA_FLAGS_ALLOC\t\t4\n" +
    "\n" +
    "typedef unsigned int ioasid_t;\n" +
    "\n" +
    "struct list_head { struct list_head *next, *prev; };\n" +
    "struct mutex { int owner; };\n" +
    "typedef struct { int owner; } spinlock_t;\n" +
    "struct rw_semaphore { int owner; };\n" +
    "typedef struct { int counter; } atomic_t;\n" +
    "typedef struct { int refs; } refcount_t;\n" +
    "struct kref { refcount_t refcount; };\n" +
    "struct xarray { void *head; };\n" +
    "struct ida { void *head; };\n" +
    "struct rcu_head { void *next; };\n" +
    "struct workqueue_struct;\n" +
    "struct work_struct { void *data; void (*func)(struct work_struct *work); };\n" +
    "\n" +
    "struct iommu_domain;\n" +
    "struct iommu_domain_ops;\n" +
    "struct iommu_ops;\n" +
    "struct iommu_sva;\n" +
    "struct iommu_fault;\n" +
    "struct mmu_notifier;\n" +
    "\n" +
    "struct mm_struct {\n" +
    "\tatomic_t mm_users;\n" +
    "\tatomic_t mm_count;\n" +
    "\tstruct rw_semaphore mmap_lock;\n" +
    "\tstruct list_head notifiers;\n" +
    "\t/* Each design keeps its PASID in one of these. */\n" +
    "\tioasid_t pasid;\n" +
    "\tstruct iommu_mm_data *iommu_mm;\n" +
    "\tstruct iommu_sva_space *sva_space;\n" +
    "};\n" +
    "\n" +
    "struct mmu_notifier_ops {\n" +
    "\tvoid (*release)(struct mmu_notifier *notifier, struct mm_struct *mm);\n" +
    "};\n" +
    "\n" +
    "struct mmu_notifier {\n" +
    "\tconst struct mmu_notifier_ops *ops;\n" +
    "\tstruct mm_struct *mm;\n" +
    "\tstruct list_head node;\n" +
    "};\n" +
    "\n" +
    "struct iommu_device {\n" +
    "\tconst struct iommu_ops *ops;\n" +
    "\tioasid_t max_pasids;\n" +
    "};\n" +
    "\n" +
    "struct dev_iommu {\n" +
    "\tstruct mutex lock;\n" +
    "\tstruct iommu_device *iommu_dev;\n" +
    "\tvoid *priv;\n" +
    "\tioasid_t max_pasids;\n" +
    "\tunsigned int pasid_bits;\n" +
    "};\n" +
    "\n" +
    "struct iommu_group {\n" +
    "\tstruct kref ref;\n" +
    "\tstruct mutex mutex;\n" +
    "\tstruct list_head devices;\n" +
    "\tstruct xarray pasid_array;\n" +
    "\tstruct iommu_domain *domain;\n" +
    "\tstruct iommu_domain *default_domain;\n" +
    "\tunsigned int owner_cnt;\n" +
    "\tbool singleton_lockdown;\n" +
    "};\n" +
    "\n" +
    "struct group_device {\n" +
    "\tstruct list_head list;\n" +
    "\tstruct device *dev;\n" +
    "};\n" +
    "\n" +
    "struct bus_type {\n" +
    "\tconst char *name;\n" +
    "\tconst struct iommu_ops *iommu_ops;\n" +
    "};\n" +
    "\n" +
    "struct device {\n" +
    "\tstruct bus_type *bus;\n" +
    "\tstruct dev_iommu *iommu;\n" +
    "\tstruct iommu_group *iommu_group;\n" +
    "};\n" +
    "\n" +
    "struct iommu_fault {\n" +
    "\tioasid_t pasid;\n" +
    "\tunsigned int grpid;\n" +
    "\tunsigned long addr;\n" +
    "};\n" +
    "\n" +
    "/* world.c */\n" +
    "void mmput(struct mm_struct *mm);\n" +
    "void mmdrop(struct mm_struct *mm);\n" +
    "int mmu_notifier_register(struct mmu_notifier *notifier, struct mm_struct *mm);\n" +
    "void mmu_notifier_unregister(struct mmu_notifier *notifier, struct mm_struct *mm);\n" +
    "bool arch_pgtable_dma_compat(struct mm_struct *mm);\n" +
    "const struct iommu_ops *dev_iommu_ops(struct device *dev);\n" +
    "struct iommu_group *iommu_group_get(struct device *dev);\n" +
    "void iommu_group_put(struct iommu_group *group);\n" +
    "\n" +
    "/* Given by the design: called when the PASID of an mm ends, and for the copy of an mm that a child gets. */\n" +
    "void mm_pasid_drop(struct mm_struct *mm);\n" +
    "void mm_pasid_init(struct mm_struct *mm);\n" +
    "\n" +
    "/* Played by the machine: what hardware knows, and what a scenario says of its calls. */\n" +
    "void simulated_begin(const char *what, struct device *dev, struct mm_struct *mm);\n" +
    "void simulated_end(const void *result, int wants);\n" +
    "void simulated_member(struct iommu_group *group, struct device *dev, struct iommu_device *iommu,\n" +
    "\t\t      ioasid_t max_pasids);\n" +
    "void simulated_made(struct iommu_domain *domain, struct iommu_device *iommu);\n" +
    "void simulated_program(struct device *dev, ioasid_t pasid, struct iommu_domain *domain,\n" +
    "\t\t       struct iommu_device *iommu);\n" +
    "void simulated_block(struct device *dev, ioasid_t pasid);\n" +
    "void simulated_asked(struct device *dev, struct iommu_domain *domain);\n" +
    "void simulated_refuse(struct device *dev, struct iommu_domain *domain);\n" +
    "void simulated_foreign(struct device *dev, struct iommu_domain *domain);\n" +
    "struct iommu_domain *simulated_domain(struct device *dev, ioasid_t pasid);\n" +
    "ioasid_t simulated_pasid(struct device *dev);\n" +
    "void simulated_answer(struct device *dev, unsigned int grpid);\n" +
    "void simulated_ask(struct device *dev, unsigned int grpid);\n" +
    "void simulated_gone(struct mm_struct *mm);\n" +
    "int simulated_command(void);\n" +
    "\n" +
    "#endif\n",
  "operations-2022.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/* The operations that the drivers offer, as of the proposals of spring 2022: a domain op attaches to a PASID. */\n" +
    "#include \"kernel.h\"\n" +
    "\n" +
    "static struct iommu_domain *main_domain_alloc(unsigned int type);\n" +
    "static struct iommu_domain *other_domain_alloc(unsigned int type);\n" +
    "\n" +
    "static int model_attach_dev(struct iommu_domain *domain, struct device *dev)\n" +
    "{\n" +
    "\treturn model_attach(domain, dev, IOMMU_NO_PASID);\n" +
    "}\n" +
    "\n" +
    "static void model_detach_dev(struct iommu_domain *domain, struct device *dev)\n" +
    "{\n" +
    "\tmodel_detach(dev, IOMMU_NO_PASID);\n" +
    "}\n" +
    "\n" +
    "/* The driver watches the mm, and by that pins it, while a device is attached. */\n" +
    "static int model_attach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct model_domain *own = to_model_domain(domain);\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (own->attached == 0) {\n" +
    "\t\tret = mmu_notifier_register(&own->notifier, iommu_sva_domain_mm(domain));\n" +
    "\t\tif (ret)\n" +
    "\t\t\treturn ret;\n" +
    "\t}\n" +
    "\tret = model_attach(domain, dev, pasid);\n" +
    "\tif (!ret)\n" +
    "\t\town->attached++;\n" +
    "\telse if (own->attached == 0)\n" +
    "\t\tmmu_notifier_unregister(&own->notifier, own->notifier.mm);\n" +
    "\treturn ret;\n" +
    "}\n" +
    "\n" +
    "static void model_detach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tstruct model_domain *own = to_model_domain(domain);\n" +
    "\n" +
    "\tmodel_detach(dev, pasid);\n" +
    "\tif (--own->attached == 0)\n" +
    "\t\tmmu_notifier_unregister(&own->notifier, own->notifier.mm);\n" +
    "}\n" +
    "\n" +
    "static const struct iommu_domain_ops model_domain_ops = {\n" +
    "\t.attach_dev = model_attach_dev,\n" +
    "\t.detach_dev = model_detach_dev,\n" +
    "\t.attach_dev_pasid = model_attach_dev_pasid,\n" +
    "\t.detach_dev_pasid = model_detach_dev_pasid,\n" +
    "\t.free = model_free,\n" +
    "};\n" +
    "\n" +
    "static const struct iommu_ops main_ops = {\n" +
    "\t.domain_alloc = main_domain_alloc,\n" +
    "\t.page_response = model_page_response,\n" +
    "};\n" +
    "\n" +
    "static const struct iommu_ops other_ops = {\n" +
    "\t.domain_alloc = other_domain_alloc,\n" +
    "\t.page_response = model_page_response,\n" +
    "};\n" +
    "\n" +
    "static struct iommu_domain *main_domain_alloc(unsigned int type)\n" +
    "{\n" +
    "\tstruct model_domain *own = make_domain(&main_driver);\n" +
    "\n" +
    "\tif (!own)\n" +
    "\t\treturn NULL;\n" +
    "\town->domain.ops = &model_domain_ops;\n" +
    "\town->notifier.ops = &model_notifier_ops;\n" +
    "\tsimulated_made(&own->domain, NULL);\n" +
    "\treturn &own->domain;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *other_domain_alloc(unsigned int type)\n" +
    "{\n" +
    "\tstruct model_domain *own = make_domain(&other_driver);\n" +
    "\n" +
    "\tif (!own)\n" +
    "\t\treturn NULL;\n" +
    "\town->domain.ops = &model_domain_ops;\n" +
    "\town->notifier.ops = &model_notifier_ops;\n" +
    "\tsimulated_made(&own->domain, NULL);\n" +
    "\treturn &own->domain;\n" +
    "}\n",
  "operations-6.10.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/* The operations that the drivers offer, as of Linux 6.10: SVA domains are made for a device and an mm. */\n" +
    "#include \"kernel.h\"\n" +
    "\n" +
    "static struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\n" +
    "static struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\n" +
    "\n" +
    "static int model_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,\n" +
    "\t\t\t       struct iommu_domain *old)\n" +
    "{\n" +
    "\treturn model_attach(domain, dev, pasid);\n" +
    "}\n" +
    "\n" +
    "static void model_remove_dev_pasid(struct device *dev, ioasid_t pasid, struct iommu_domain *domain)\n" +
    "{\n" +
    "\tmodel_detach(dev, pasid);\n" +
    "}\n" +
    "\n" +
    "static const struct iommu_domain_ops model_domain_ops = {\n" +
    "\t.set_dev_pasid = model_set_dev_pasid,\n" +
    "\t.free = model_free,\n" +
    "};\n" +
    "\n" +
    "static const struct iommu_ops main_ops = {\n" +
    "\t.domain_alloc_sva = main_domain_alloc_sva,\n" +
    "\t.remove_dev_pasid = model_remove_dev_pasid,\n" +
    "\t.page_response = model_page_response,\n" +
    "\t.default_domain_ops = &model_domain_ops,\n" +
    "};\n" +
    "\n" +
    "static const struct iommu_ops other_ops = {\n" +
    "\t.domain_alloc_sva = other_domain_alloc_sva,\n" +
    "\t.remove_dev_pasid = model_remove_dev_pasid,\n" +
    "\t.page_response = model_page_response,\n" +
    "\t.default_domain_ops = &model_domain_ops,\n" +
    "};\n" +
    "\n" +
    "static struct iommu_domain *make_sva_domain(const struct model_driver *driver, struct device *dev,\n" +
    "\t\t\t\t\t    struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct model_device *master = dev_iommu_priv_get(dev);\n" +
    "\tstruct model_domain *own = make_domain(driver);\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (!own)\n" +
    "\t\treturn ERR_PTR(-ENOMEM);\n" +
    "\town->notifier.ops = &model_notifier_ops;\n" +
    "\tret = mmu_notifier_register(&own->notifier, mm);\n" +
    "\tif (ret) {\n" +
    "\t\tkfree(own);\n" +
    "\t\treturn ERR_PTR(ret);\n" +
    "\t}\n" +
    "\town->is_notified = true;\n" +
    "\town->domain.ops = &model_domain_ops;\n" +
    "\tif (master->iommu->policy == INSTANCE_CHECKED)\n" +
    "\t\town->iommu = master->iommu;\n" +
    "\tsimulated_made(&own->domain, own->iommu ? &own->iommu->iommu : NULL);\n" +
    "\treturn &own->domain;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\treturn make_sva_domain(&main_driver, dev, mm);\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\treturn make_sva_domain(&other_driver, dev, mm);\n" +
    "}\n",
  "operations-6.2.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/* The operations that the drivers offer, as of Linux 6.2 to 6.7: the type alone says that a domain is for SVA. */\n" +
    "#include \"kernel.h\"\n" +
    "\n" +
    "static struct iommu_domain *main_domain_alloc(unsigned int type);\n" +
    "static struct iommu_domain *other_domain_alloc(unsigned int type);\n" +
    "\n" +
    "static int model_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\treturn model_attach(domain, dev, pasid);\n" +
    "}\n" +
    "\n" +
    "static void model_remove_dev_pasid(struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tmodel_detach(dev, pasid);\n" +
    "}\n" +
    "\n" +
    "static const struct iommu_domain_ops model_domain_ops = {\n" +
    "\t.set_dev_pasid = model_set_dev_pasid,\n" +
    "\t.free = model_free,\n" +
    "};\n" +
    "\n" +
    "static const struct iommu_ops main_ops = {\n" +
    "\t.domain_alloc = main_domain_alloc,\n" +
    "\t.remove_dev_pasid = model_remove_dev_pasid,\n" +
    "\t.page_response = model_page_response,\n" +
    "};\n" +
    "\n" +
    "static const struct iommu_ops other_ops = {\n" +
    "\t.domain_alloc = other_domain_alloc,\n" +
    "\t.remove_dev_pasid = model_remove_dev_pasid,\n" +
    "\t.page_response = model_page_response,\n" +
    "};\n" +
    "\n" +
    "static struct iommu_domain *main_domain_alloc(unsigned int type)\n" +
    "{\n" +
    "\tstruct model_domain *own = make_domain(&main_driver);\n" +
    "\n" +
    "\tif (!own)\n" +
    "\t\treturn NULL;\n" +
    "\town->domain.ops = &model_domain_ops;\n" +
    "\tsimulated_made(&own->domain, NULL);\n" +
    "\treturn &own->domain;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *other_domain_alloc(unsigned int type)\n" +
    "{\n" +
    "\tstruct model_domain *own = make_domain(&other_driver);\n" +
    "\n" +
    "\tif (!own)\n" +
    "\t\treturn NULL;\n" +
    "\town->domain.ops = &model_domain_ops;\n" +
    "\tsimulated_made(&own->domain, NULL);\n" +
    "\treturn &own->domain;\n" +
    "}\n",
  "operations-proposal.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/* The operations that the drivers offer as proposed in review: a domain also says which devices it suits. */\n" +
    "#include \"kernel.h\"\n" +
    "\n" +
    "static struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\n" +
    "static struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\n" +
    "\n" +
    "static int model_attach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\treturn model_attach(domain, dev, pasid);\n" +
    "}\n" +
    "\n" +
    "static void model_detach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n" +
    "{\n" +
    "\tmodel_detach(dev, pasid);\n" +
    "}\n" +
    "\n" +
    "static const struct iommu_domain_ops model_domain_ops = {\n" +
    "\t.device_compatible = model_device_compatible,\n" +
    "\t.attach_dev_pasid = model_attach_dev_pasid,\n" +
    "\t.detach_dev_pasid = model_detach_dev_pasid,\n" +
    "\t.free = model_free,\n" +
    "};\n" +
    "\n" +
    "static const struct iommu_ops main_ops = {\n" +
    "\t.domain_alloc_sva = main_domain_alloc_sva,\n" +
    "\t.page_response = model_page_response,\n" +
    "};\n" +
    "\n" +
    "static const struct iommu_ops other_ops = {\n" +
    "\t.domain_alloc_sva = other_domain_alloc_sva,\n" +
    "\t.page_response = model_page_response,\n" +
    "};\n" +
    "\n" +
    "static struct iommu_domain *make_sva_domain(const struct model_driver *driver, struct device *dev,\n" +
    "\t\t\t\t\t    struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct model_device *master = dev_iommu_priv_get(dev);\n" +
    "\tstruct model_domain *own = make_domain(driver);\n" +
    "\tint ret;\n" +
    "\n" +
    "\tif (!own)\n" +
    "\t\treturn ERR_PTR(-ENOMEM);\n" +
    "\town->notifier.ops = &model_notifier_ops;\n" +
    "\tret = mmu_notifier_register(&own->notifier, mm);\n" +
    "\tif (ret) {\n" +
    "\t\tkfree(own);\n" +
    "\t\treturn ERR_PTR(ret);\n" +
    "\t}\n" +
    "\town->is_notified = true;\n" +
    "\town->domain.ops = &model_domain_ops;\n" +
    "\tif (master->iommu->policy == INSTANCE_CHECKED)\n" +
    "\t\town->iommu = master->iommu;\n" +
    "\tsimulated_made(&own->domain, own->iommu ? &own->iommu->iommu : NULL);\n" +
    "\treturn &own->domain;\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\treturn make_sva_domain(&main_driver, dev, mm);\n" +
    "}\n" +
    "\n" +
    "static struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n" +
    "{\n" +
    "\treturn make_sva_domain(&other_driver, dev, mm);\n" +
    "}\n",
  "variants/list-per-mm-6.8-rc-repair.patch": 
    "The repair of Linux 6.8-rc in the form it was first posted in: an mm keeps a\n" +
    "list of its bonds, and bind looks there first. It returns with the lock held,\n" +
    "never sets the users of a new bond, and lists a bond only with a new domain.\n" +
    "\n" +
    "diff --git a/server/simulated/designs/list-per-mm.c b/server/simulated/designs/list-per-mm.c\n" +
    "--- a/server/simulated/designs/list-per-mm.c\n" +
    "+++ b/server/simulated/designs/list-per-mm.c\n" +
    "@@ -38,12 +38,14 @@\n" +
    " struct iommu_sva {\n" +
    " \tstruct iommu_attach_handle handle;\n" +
    " \tstruct device *dev;\n" +
    "+\tstruct list_head node;\n" +
    " \trefcount_t users;\n" +
    " };\n" +
    " \n" +
    " struct iommu_mm_data {\n" +
    " \tioasid_t pasid;\n" +
    " \tstruct list_head sva_domains;\n" +
    "+\tstruct list_head sva_handles;\n" +
    " };\n" +
    " \n" +
    " struct iopf_group {\n" +
    "@@ -251,6 +253,7 @@\n" +
    " \t\treturn ERR_PTR(-ENOSPC);\n" +
    " \t}\n" +
    " \tINIT_LIST_HEAD(&iommu_mm->sva_domains);\n" +
    "+\tINIT_LIST_HEAD(&iommu_mm->sva_handles);\n" +
    " \tsmp_store_release(&mm->iommu_mm, iommu_mm);\n" +
    " \treturn iommu_mm;\n" +
    " }\n" +
    "@@ -274,7 +277,6 @@\n" +
    " struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n" +
    " {\n" +
    " \tstruct iommu_group *group = dev->iommu_group;\n" +
    "-\tstruct iommu_attach_handle *attach_handle;\n" +
    " \tstruct iommu_mm_data *iommu_mm;\n" +
    " \tstruct iommu_domain *domain;\n" +
    " \tstruct iommu_sva *handle;\n" +
    "@@ -290,20 +292,11 @@\n" +
    " \t\tgoto out_unlock;\n" +
    " \t}\n" +
    " \n" +
    "-\tattach_handle = iommu_attach_handle_get(group, iommu_mm->pasid, IOMMU_DOMAIN_SVA);\n" +
    "-\tif (!IS_ERR(attach_handle)) {\n" +
    "-\t\thandle = container_of(attach_handle, struct iommu_sva, handle);\n" +
    "-\t\tif (attach_handle->domain->mm != mm) {\n" +
    "-\t\t\tret = -EBUSY;\n" +
    "-\t\t\tgoto out_unlock;\n" +
    "+\tlist_for_each_entry(handle, &mm->iommu_mm->sva_handles, node) {\n" +
    "+\t\tif (handle->dev == dev) {\n" +
    "+\t\t\trefcount_inc(&handle->users);\n" +
    "+\t\t\treturn handle;\n" +
    " \t\t}\n" +
    "-\t\trefcount_inc(&handle->users);\n" +
    "-\t\tmutex_unlock(&iommu_sva_lock);\n" +
    "-\t\treturn handle;\n" +
    "-\t}\n" +
    "-\tif (PTR_ERR(attach_handle) != -ENOENT) {\n" +
    "-\t\tret = PTR_ERR(attach_handle);\n" +
    "-\t\tgoto out_unlock;\n" +
    " \t}\n" +
    " \n" +
    " \thandle = kzalloc(sizeof(*handle), GFP_KERNEL);\n" +
    "@@ -330,8 +323,8 @@\n" +
    " \t\tgoto out_free_domain;\n" +
    " \tdomain->users = 1;\n" +
    " \tlist_add(&domain->next, &mm->iommu_mm->sva_domains);\n" +
    "+\tlist_add(&handle->node, &mm->iommu_mm->sva_handles);\n" +
    " out:\n" +
    "-\trefcount_set(&handle->users, 1);\n" +
    " \thandle->dev = dev;\n" +
    " \tmutex_unlock(&iommu_sva_lock);\n" +
    " \treturn handle;\n" +
    "@@ -356,6 +349,7 @@\n" +
    " \t\tmutex_unlock(&iommu_sva_lock);\n" +
    " \t\treturn;\n" +
    " \t}\n" +
    "+\tlist_del(&handle->node);\n" +
    " \tiommu_detach_device_pasid(domain, dev, iommu_mm->pasid);\n" +
    " \tif (--domain->users == 0) {\n" +
    " \t\tlist_del(&domain->next);\n",
  "variants/list-per-mm-6.8-rc1.patch": 
    "Linux 6.8-rc1 to rc6: nobody looks for a bond that is there. The second bind of\n" +
    "a device and an mm finds the PASID slot taken, by its own first bond.\n" +
    "\n" +
    "diff --git a/server/simulated/designs/list-per-mm.c b/server/simulated/designs/list-per-mm.c\n" +
    "--- a/server/simulated/designs/list-per-mm.c\n" +
    "+++ b/server/simulated/designs/list-per-mm.c\n" +
    "@@ -274,7 +274,6 @@\n" +
    " struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n" +
    " {\n" +
    " \tstruct iommu_group *group = dev->iommu_group;\n" +
    "-\tstruct iommu_attach_handle *attach_handle;\n" +
    " \tstruct iommu_mm_data *iommu_mm;\n" +
    " \tstruct iommu_domain *domain;\n" +
    " \tstruct iommu_sva *handle;\n" +
    "@@ -287,22 +286,6 @@\n" +
    " \tiommu_mm = iommu_alloc_mm_data(mm, dev);\n" +
    " \tif (IS_ERR(iommu_mm)) {\n" +
    " \t\tret = PTR_ERR(iommu_mm);\n" +
    "-\t\tgoto out_unlock;\n" +
    "-\t}\n" +
    "-\n" +
    "-\tattach_handle = iommu_attach_handle_get(group, iommu_mm->pasid, IOMMU_DOMAIN_SVA);\n" +
    "-\tif (!IS_ERR(attach_handle)) {\n" +
    "-\t\thandle = container_of(attach_handle, struct iommu_sva, handle);\n" +
    "-\t\tif (attach_handle->domain->mm != mm) {\n" +
    "-\t\t\tret = -EBUSY;\n" +
    "-\t\t\tgoto out_unlock;\n" +
    "-\t\t}\n" +
    "-\t\trefcount_inc(&handle->users);\n" +
    "-\t\tmutex_unlock(&iommu_sva_lock);\n" +
    "-\t\treturn handle;\n" +
    "-\t}\n" +
    "-\tif (PTR_ERR(attach_handle) != -ENOENT) {\n" +
    "-\t\tret = PTR_ERR(attach_handle);\n" +
    " \t\tgoto out_unlock;\n" +
    " \t}\n" +
    " \n",
  "variants/per-group-6.6-x86.patch": 
    "Linux 6.6 stable, configured for x86: bind is refused there, by a backport that\n" +
    "returns after the handle was allocated.\n" +
    "\n" +
    "diff --git a/server/simulated/designs/per-group.c b/server/simulated/designs/per-group.c\n" +
    "--- a/server/simulated/designs/per-group.c\n" +
    "+++ b/server/simulated/designs/per-group.c\n" +
    "@@ -179,6 +179,8 @@\n" +
    " /* ---- shared virtual addressing */\n" +
    " \n" +
    " static DEFINE_MUTEX(iommu_sva_lock);\n" +
    "+/* What CONFIG_X86 says. */\n" +
    "+static const bool is_x86 = true;\n" +
    " \n" +
    " static int iommu_sva_handle_iopf(struct iommu_fault *fault, void *data)\n" +
    " {\n" +
    "@@ -248,6 +250,8 @@\n" +
    " \thandle = kzalloc(sizeof(*handle), GFP_KERNEL);\n" +
    " \tif (!handle)\n" +
    " \t\treturn ERR_PTR(-ENOMEM);\n" +
    "+\tif (is_x86)\n" +
    "+\t\treturn ERR_PTR(-EOPNOTSUPP);\n" +
    " \n" +
    " \tmutex_lock(&iommu_sva_lock);\n" +
    " \tdomain = iommu_get_domain_for_dev_pasid(dev, mm->pasid, IOMMU_DOMAIN_SVA);\n",
  "world.c": 
    "// SPDX-License-Identifier: MIT\n" +
    "/*\n" +
    " * The part of the kernel around the IOMMU core that a scenario needs as code:\n" +
    " * address spaces with their notifiers, groups, and what sets a world up.\n" +
    " */\n" +
    "#include \"kernel.h\"\n" +
    "\n" +
    "/* Before Linux 5.18-rc6 the PASID went with the last user of the address space. */\n" +
    "static bool pasid_goes_with_users;\n" +
    "\n" +
    "void mmdrop(struct mm_struct *mm)\n" +
    "{\n" +
    "\tif (!atomic_dec_and_test(&mm->mm_count))\n" +
    "\t\treturn;\n" +
    "\tif (!pasid_goes_with_users)\n" +
    "\t\tmm_pasid_drop(mm);\n" +
    "\tsimulated_gone(mm);\n" +
    "}\n" +
    "\n" +
    "void mmput(struct mm_struct *mm)\n" +
    "{\n" +
    "\tstruct mmu_notifier *notifier;\n" +
    "\n" +
    "\tif (!atomic_dec_and_test(&mm->mm_users))\n" +
    "\t\treturn;\n" +
    "\tlist_for_each_entry(notifier, &mm->notifiers, node)\n" +
    "\t\tnotifier->ops->release(notifier, mm);\n" +
    "\tif (pasid_goes_with_users)\n" +
    "\t\tmm_pasid_drop(mm);\n" +
    "\tmmdrop(mm);\n" +
    "}\n" +
    "\n" +
    "int mmu_notifier_register(struct mmu_notifier *notifier, struct mm_struct *mm)\n" +
    "{\n" +
    "\t/* The kernel has a BUG_ON() here: drivers look before they ask, as SMMUv3 does. */\n" +
    "\tif (atomic_read(&mm->mm_users) == 0)\n" +
    "\t\treturn -EINVAL;\n" +
    "\tif (simulated_command())\n" +
    "\t\treturn -ENOMEM;\n" +
    "\tmmgrab(mm);\n" +
    "\tnotifier->mm = mm;\n" +
    "\tlist_add(&notifier->node, &mm->notifiers);\n" +
    "\treturn 0;\n" +
    "}\n" +
    "\n" +
    "void mmu_notifier_unregister(struct mmu_notifier *notifier, struct mm_struct *mm)\n" +
    "{\n" +
    "\tlist_del(&notifier->node);\n" +
    "\tmmdrop(mm);\n" +
    "}\n" +
    "\n" +
    "/* No tags in the addresses that devices are given. */\n" +
    "bool arch_pgtable_dma_compat(struct mm_struct *mm)\n" +
    "{\n" +
    "\treturn true;\n" +
    "}\n" +
    "\n" +
    "const struct iommu_ops *dev_iommu_ops(struct device *dev)\n" +
    "{\n" +
    "\treturn dev->iommu->iommu_dev->ops;\n" +
    "}\n" +
    "\n" +
    "struct iommu_group *iommu_group_get(struct device *dev)\n" +
    "{\n" +
    "\tstruct iommu_group *group = dev->iommu_group;\n" +
    "\n" +
    "\tif (group)\n" +
    "\t\tkref_get(&group->ref);\n" +
    "\treturn group;\n" +
    "}\n" +
    "\n" +
    "static void group_goes(struct kref *ref)\n" +
    "{\n" +
    "\tWARN_ON(true);\n" +
    "}\n" +
    "\n" +
    "void iommu_group_put(struct iommu_group *group)\n" +
    "{\n" +
    "\tif (group)\n" +
    "\t\tkref_put(&group->ref, group_goes);\n" +
    "}\n" +
    "\n" +
    "/* What a scenario sets up before its first call. */\n" +
    "\n" +
    "static void start_mm(struct mm_struct *mm)\n" +
    "{\n" +
    "\tatomic_set(&mm->mm_users, 1);\n" +
    "\tatomic_set(&mm->mm_count, 1);\n" +
    "\tinit_rwsem(&mm->mmap_lock);\n" +
    "\tINIT_LIST_HEAD(&mm->notifiers);\n" +
    "\tmm->pasid = INVALID_IOASID;\n" +
    "\tmm->iommu_mm = NULL;\n" +
    "}\n" +
    "\n" +
    "/* A child begins as a copy of its parent. What the design keeps in an mm is its own to reset. */\n" +
    "static void fork_mm(struct mm_struct *child, struct mm_struct *parent)\n" +
    "{\n" +
    "\t*child = *parent;\n" +
    "\tatomic_set(&child->mm_users, 1);\n" +
    "\tatomic_set(&child->mm_count, 1);\n" +
    "\tinit_rwsem(&child->mmap_lock);\n" +
    "\tINIT_LIST_HEAD(&child->notifiers);\n" +
    "}\n" +
    "\n" +
    "static void start_group(struct iommu_group *group)\n" +
    "{\n" +
    "\tkref_init(&group->ref);\n" +
    "\tmutex_init(&group->mutex);\n" +
    "\tINIT_LIST_HEAD(&group->devices);\n" +
    "\txa_init(&group->pasid_array);\n" +
    "}\n" +
    "\n" +
    "static void start_device(struct device *dev, struct dev_iommu *state, struct bus_type *bus,\n" +
    "\t\t\t struct iommu_device *iommu, void *priv, ioasid_t max_pasids)\n" +
    "{\n" +
    "\tmutex_init(&state->lock);\n" +
    "\tstate->iommu_dev = iommu;\n" +
    "\tstate->priv = priv;\n" +
    "\tstate->max_pasids = max_pasids;\n" +
    "\tstate->pasid_bits = max_pasids > 4 ? 20 : max_pasids > 0 ? 2 : 0;\n" +
    "\tdev->iommu = state;\n" +
    "\tdev->bus = bus;\n" +
    "}\n" +
    "\n" +
    "static void join_group(struct iommu_group *group, struct group_device *member, struct device *dev,\n" +
    "\t\t       ioasid_t max_pasids)\n" +
    "{\n" +
    "\tmember->dev = dev;\n" +
    "\tlist_add_tail(&member->list, &group->devices);\n" +
    "\tdev->iommu_group = group;\n" +
    "\tgroup->owner_cnt++;\n" +
    "\tsimulated_member(group, dev, dev->iommu->iommu_dev, max_pasids);\n" +
    "}\n",
};
