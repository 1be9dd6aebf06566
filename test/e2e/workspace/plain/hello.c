#include <stdio.h>

struct cookie {
	int users;
};

static void __attribute__((unused)) refcount_inc_not_zero(int *users)
{
	*users += 1;
}

int main(void)
{
	struct cookie cookie = { 0 };

	refcount_inc_not_zero(&cookie.users);
	printf("%d\n", cookie.users);
	return 0;
}
