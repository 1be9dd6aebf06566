// SPDX-License-Identifier: MIT
/*
 * How the drivers hand on page requests since Linux 6.9: each instance has a
 * queue of the core, and gives it the devices that may ask.
 */
#include "kernel.h"

static void start_requests(struct device *dev)
{
	struct model_device *master = dev_iommu_priv_get(dev);

	simulated_prepare(true);
	if (!master->iommu->queue)
		master->iommu->queue = iopf_queue_alloc("model");
	WARN_ON(iopf_queue_add_device(master->iommu->queue, dev));
	simulated_prepare(false);
}

/* First what the hardware has asked for, then what the core has made of it. */
static void model_wait_for_requests(struct device *dev)
{
	struct model_device *master = dev_iommu_priv_get(dev);

	flush_workqueue(master->iommu->faults);
	if (dev->iommu->fault_param)
		iopf_queue_flush_dev(dev);
}

static void model_page_response(struct device *dev, struct iopf_fault *request,
				struct iommu_page_response *response)
{
	simulated_answer(dev, response->grpid);
}
