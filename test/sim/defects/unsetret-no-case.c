/*
 * run: alone disable_feature
 * tape: -
 */
struct feature_dev {
	bool is_enabled;
};

enum feature { FEATURE_SVA, FEATURE_PRI };

static int disable_feature(struct feature_dev *dev, enum feature feature)
{
	int ret;

	switch (feature) {
	case FEATURE_SVA:
		dev->is_enabled = false;
		break;
	default:
		ret = -EINVAL;
		break;
	}
	return ret;
//	^^^^^^^^^^^ UNSETRET: returns `ret`
}
