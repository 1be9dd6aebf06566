/*
 * run: alone domain_flags
 * tape: 2
 */
struct alloc_request {
	u32 type;
	u32 flags;
};

static int domain_flags(struct alloc_request *request)
{
	bool is_nested;

	switch (request->type) {
	case 0:
		is_nested = false;
		break;
	case 1:
		is_nested = true;
		break;
	}
	if (is_nested)
//	    ^^^^^^^^^ UNINIT: decides by `is_nested`, which nobody has set
		return request->flags & 1 ? 0 : -EINVAL;
	return 0;
}
