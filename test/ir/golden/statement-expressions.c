#define clamped(v) ({ typeof(v) __v = (v); __v > 9 ? 9 : __v; })
long statements(short n, long *p)
{
	*p++ = ({ int t = n; t * 2; });
	return clamped(n) + *--p;
}
