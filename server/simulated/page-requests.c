// SPDX-License-Identifier: MIT
/* How the drivers hand on page requests where the code at hand leaves it to the world to queue them. */
#include "kernel.h"

static void start_requests(struct device *dev)
{
}

static void model_wait_for_requests(struct device *dev)
{
	struct model_device *master = dev_iommu_priv_get(dev);

	flush_workqueue(master->iommu->faults);
}

static void model_page_response(struct device *dev, unsigned int grpid)
{
	simulated_answer(dev, grpid);
}
