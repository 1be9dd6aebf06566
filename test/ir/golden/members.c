struct inner { u32 a : 3; u32 b : 5; u16 words[4]; };
struct outer { u8 tag; union { struct inner inner; u64 raw; }; struct outer *next; };
u16 members(struct outer *outer, int i)
{
	struct outer copy = *outer;

	outer->next->inner.b = 3;
	copy.raw++;
	return outer->inner.words[i] + copy.inner.a;
}
