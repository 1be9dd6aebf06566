/** An argument that stands where another parameter of the callee has its name. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const swappedArguments = defineRule({
  id: 'swapped-arguments',
  classes: ['value-encoding', 'api-shape'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A call passes a number in the place of one parameter that has the name of another.',
  why: 'All of them are numbers, so the compiler takes them in any order: the PASID becomes an address, the size a PASID.',
  remedy: 'Pass them in the order of the declaration.',
  source: 'drivers/iommu/amd/iommu.c:dev_flush_pasid_all (6.12), which had them in another order once',
  bad: [
    {
      title: 'the PASID as a size',
      code: `
struct toy { int id; };

void toy_flush(struct toy *toy, ioasid_t pasid, u64 address, size_t size)
{
	writel(pasid, (void *)(address + size + toy->id));
}

void toy_flush_all(struct toy *toy, ioasid_t pasid)
{
	toy_flush(toy, 0, 4096, pasid);
//                              ^^^^^ swapped-arguments: toy_flush(toy, pasid, address, size)
}`,
    },
  ],
  good: [
    {
      title: 'in the order of the declaration',
      code: `
struct toy { int id; };

void toy_flush(struct toy *toy, ioasid_t pasid, u64 address, size_t size)
{
	writel(pasid, (void *)(address + size + toy->id));
}

void toy_flush_all(struct toy *toy, ioasid_t pasid)
{
	toy_flush(toy, pasid, 0, 4096);
}`,
    },
    {
      title: 'a number of the same name that means something else here',
      code: `
struct toy { int id; };

void toy_move(struct toy *toy, u64 from, u64 until)
{
	writel(from - until, (void *)(from + toy->id));
}

void toy_move_back(struct toy *toy, u64 start, u64 from)
{
	toy_move(toy, start, from);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'swapped-arguments',
      ({ subject, other }) =>
        `\`${subject}\` stands in the place of another parameter: ${other}. In that order?`,
    ),
});
