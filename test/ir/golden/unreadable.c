int unreadable(int a)
{
	double d = 1.5;

	asm volatile("nop" : : "r"(a));
	return a;
}
