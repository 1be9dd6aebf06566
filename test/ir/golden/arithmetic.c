u64 mix(u8 a, s16 b, u32 c)
{
	u64 sum = a + b;

	sum += c << 3;
	sum ^= ~a & (b > c);
	return -sum;
}
