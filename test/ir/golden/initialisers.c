struct point { int x, y; };
struct shape { const char *name; struct point at[2]; int flags; };
int use(struct shape *);
int initialisers(int n)
{
	struct shape shape = { "box", { { 1, 2 }, { .y = n } }, .flags = 4 };
	int list[] = { 1, [3] = 2 };
	char text[4] = "ab";

	shape = (struct shape){ .at[1].x = n };
	return use(&(struct shape){ .flags = list[0] + text[1] });
}
