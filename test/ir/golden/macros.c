#define DOUBLE(x) ((x) + (x))
#define QUAD(x) DOUBLE(DOUBLE(x))
#define SET(field, value) do { regs->field = (value); } while (0)
#define NAME(n) reg_##n
#define REGISTER_BASE 0x40
#define REGISTER(n) (REGISTER_BASE + 4 * (n))
#define LOG(fmt, ...) printk("x: " fmt, ##__VA_ARGS__)
#define TEXT(x) #x
struct regs { int reg_a; int reg_b; };
int macros(struct regs *regs, int n)
{
	SET(NAME(a), QUAD(n));
	LOG("%d", n);
	LOG(TEXT(a));
	writel(min(n, 4), REGISTER(2));
	return wrapped(regs->NAME(b));
}
