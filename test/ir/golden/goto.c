int retry(struct thing *thing)
{
	int ret;

again:
	ret = attempt(thing);
	if (ret == -EAGAIN)
		goto again;
	if (ret)
		goto err_free;
	return 0;

err_free:
	kfree(thing);
	return ret;
}
