enum kind { NONE, SOME = 4, MANY };
int choose(enum kind kind)
{
	switch (kind) {
	case NONE:
		return 1;
	case SOME:
		kind++;
		fallthrough;
	case MANY ... 9:
		break;
	case NOT_AT_HAND:
		return 3;
	default:
		return 2;
	}
	return 0;
}
