/*
 * run: alone stream_attach
 */
struct stream {
	struct device *dev;
	u32 sid;
};

int write_stream_entry(u32 sid, unsigned int domain_type);

static int stream_attach(struct stream *stream, struct device *dev, struct iommu_domain *domain)
{
	int ret;

	get_device(dev);
	ret = write_stream_entry(stream->sid, domain->type);
	if (ret == -EBUSY)
		goto err_put;
	if (ret)
		goto err_put;
	stream->dev = dev;
	return 0;

err_put:
	put_device(dev);
	return ret;
}
