/*
 * run: alone msi_page_alloc
 */
struct msi_page {
	u64 iova;
	phys_addr_t phys;
};

int map_msi(u64 iova, phys_addr_t phys);

static struct msi_page *msi_page_alloc(u64 iova)
{
	struct msi_page *page;

	page = kzalloc(sizeof(*page), GFP_KERNEL);
	if (!page)
		return NULL;
	page->iova = iova;
	return page;
}
