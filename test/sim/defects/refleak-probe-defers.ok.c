/*
 * run: alone master_probe
 */
struct master_data {
	struct device *smmu;
	u32 sid;
};

int read_stream_id(u32 phandle);

static int master_probe(struct master_data *data, struct device *dev)
{
	struct device_node *node __free(device_node) = of_parse_phandle(dev->of_node, "iommus", 0);
	struct device *smmu;
	int sid;

	if (!node)
		return -ENODEV;
	smmu = bus_find_device_by_of_node(data, node);
	if (!smmu)
		return -EPROBE_DEFER;
	sid = read_stream_id(node->phandle);
	if (sid < 0)
		goto err_put;
	if (!smmu->driver_data) {
		sid = -EPROBE_DEFER;
		goto err_put;
	}
	data->smmu = smmu;
	data->sid = sid;
	return 0;

err_put:
	put_device(smmu);
	return sid;
}
