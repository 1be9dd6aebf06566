/*
 * run: alone group_set_type
 * tape: -
 */
struct group_policy {
	unsigned int type;
};

static ssize_t group_set_type(struct group_policy *policy, const char __user *buf, size_t count)
{
	char *text;
	int type;

	text = memdup_user_nul(buf, count);
//	       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed on this path
	if (IS_ERR(text))
		return PTR_ERR(text);
	type = text[0] - '0';
	if (type < 0 || type > 3) {
		kfree(text);
		return -EINVAL;
	}
	policy->type = type;
	return count;
}
