int pick(struct device *dev, int a)
{
	if (dev && (a > 3 || !a))
		return a ? : 7;
	return a == 1 && dev;
}
