/*
 * run: alone unit_remove
 */
struct platform_device {
	struct device dev;
};

struct platform_driver {
	int (*probe)(struct platform_device *pdev);
	void (*remove)(struct platform_device *pdev);
};

struct unit_dev {
	struct list_head list;
	int irq;
};

static LIST_HEAD(units);

static int unit_probe(struct platform_device *pdev)
{
	struct unit_dev *unit;

	unit = devm_kzalloc(&pdev->dev, sizeof(*unit), GFP_KERNEL);
	if (!unit)
		return -ENOMEM;
	pdev->dev.driver_data = unit;
	list_add_tail(&unit->list, &units);
	return 0;
}

static void unit_remove(struct platform_device *pdev)
{
	struct unit_dev *unit = pdev->dev.driver_data;

	unit->irq = 0;
	list_del(&unit->list);
}

static struct platform_driver unit_driver = { .probe = unit_probe, .remove = unit_remove };
