/* SPDX-License-Identifier: MIT */
/*
 * What a driver that comes without a tree sees of the kernel beside the
 * structures of the core.
 */
#ifndef SIMULATED_DRIVER_TYPES_H
#define SIMULATED_DRIVER_TYPES_H

struct iommu_fwspec {
	u32 flags;
	unsigned int num_ids;
	u32 ids[];
};

#endif
