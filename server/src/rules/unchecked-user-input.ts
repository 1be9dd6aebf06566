/** Flags and reserved members that nobody looks at. */
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const uncheckedUserInput = defineRule({
  id: 'unchecked-user-input',
  classes: ['uapi-abi', 'api-shape'],
  since: '0.2.0',
  summary: 'Flags or reserved members that are not known pass: nobody looks at them.',
  why: 'What old kernels let pass can never be given a meaning: some program will have left rubbish there.',
  remedy:
    'Return -EINVAL or -EOPNOTSUPP for flags that are not known and for reserved members that are not zero.',
  source:
    'Documentation/process/adding-syscalls.rst, "Designing the API: Planning for Extension"; drivers/iommu/intel/iommu.c:intel_iommu_domain_alloc_user (6.12); Documentation/process/botching-up-ioctls.rst; review of "vduse: Introduce VDUSE", July 2021',
  bad: [
    {
      title: 'any flag is accepted',
      code: `
struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm, unsigned int flags)
//                                                                   ^^^^^^^^^^^^^^^^^^ unchecked-user-input: ignores
{
	struct toy *toy = dev_get_drvdata(dev);

	return toy_do_bind(toy, mm);
}`,
    },
    {
      title: 'flags of any kind',
      code: `
struct toy_map {
	__u32 argsz;
	__u32 flags;
	__u64 iova;
};

long toy_ioctl_map(struct toy *toy, void __user *arg)
{
	struct toy_map map;

	if (copy_from_user(&map, arg, sizeof(map)))
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unchecked-user-input: nobody looks at
		return -EFAULT;
	return toy_map(toy, map.iova);
}`,
    },
    {
      title: 'as many as user space wants',
      code: `
struct toy_attach {
	__u32 flags;
	__u32 count;
	__u64 ids;
};

long toy_ioctl_attach(struct toy *toy, void __user *arg)
{
	struct toy_attach req;
	u32 *ids;

	if (copy_from_user(&req, arg, sizeof(req)))
		return -EFAULT;
	if (req.flags)
		return -EINVAL;
	ids = memdup_user(u64_to_user_ptr(req.ids), req.count * sizeof(*ids));
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unchecked-user-input: nothing limits
	if (IS_ERR(ids))
		return PTR_ERR(ids);
	toy->ids = ids;
	return 0;
}`,
    },
    {
      title: 'a command of iommufd',
      code: `
struct iommu_toy_alloc {
	__u32 size;
	__u32 flags;
	__u32 dev_id;
	__u32 out_id;
};

int iommufd_toy_alloc(struct iommufd_ucmd *ucmd)
{
	struct iommu_toy_alloc *cmd = ucmd->cmd;
//                                    ^^^^^^^^^ unchecked-user-input: nobody looks at

	return iommufd_toy_create(ucmd->ictx, cmd->dev_id, &cmd->out_id);
}`,
    },
  ],
  good: [
    {
      title: 'as many as there can be',
      code: `
struct toy_attach {
	__u32 flags;
	__u32 count;
	__u64 ids;
};

long toy_ioctl_attach(struct toy *toy, void __user *arg)
{
	struct toy_attach req;
	u32 *ids;

	if (copy_from_user(&req, arg, sizeof(req)))
		return -EFAULT;
	if (req.flags || req.count > TOY_MAX_IDS)
		return -EINVAL;
	ids = memdup_user(u64_to_user_ptr(req.ids), req.count * sizeof(*ids));
	if (IS_ERR(ids))
		return PTR_ERR(ids);
	toy->ids = ids;
	return 0;
}

struct iommu_toy_alloc {
	__u32 size;
	__u32 flags;
	__u32 dev_id;
	__u32 out_id;
};

int iommufd_toy_alloc(struct iommufd_ucmd *ucmd)
{
	struct iommu_toy_alloc *cmd = ucmd->cmd;

	if (cmd->flags)
		return -EOPNOTSUPP;
	return iommufd_toy_create(ucmd->ictx, cmd->dev_id, &cmd->out_id);
}`,
    },
    {
      title: 'unknown flags are refused',
      code: `
struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm, unsigned int flags)
{
	if (flags)
		return ERR_PTR(-EOPNOTSUPP);
	return toy_do_bind(dev_get_drvdata(dev), mm);
}`,
    },
    {
      title: 'unknown flags are refused',
      code: `
struct toy_map {
	__u32 argsz;
	__u32 flags;
	__u64 iova;
};

long toy_ioctl_map(struct toy *toy, void __user *arg)
{
	struct toy_map map;

	if (copy_from_user(&map, arg, sizeof(map)))
		return -EFAULT;
	if (map.flags)
		return -EINVAL;
	return toy_map(toy, map.iova);
}`,
    },
  ],
  forms: [
    {
      of: 'A function takes flags and never looks at them.',
      why: 'Whoever sets a flag that is not known must be told so; once unknown flags pass, they can never be given a meaning.',
      instead: 'Reject what is not supported: if (flags) return -EOPNOTSUPP; or drop the parameter.',
      severity: 'warning',
      confidence: 'certain',
      check: ignoredFlags,
    },
    {
      of: 'A struct from user space has flags or reserved members, and the function that copies it in does not look at them.',
      why: 'What old kernels let pass can never be given a meaning: some program will have left rubbish there.',
      instead: 'Return -EINVAL for flags that are not known and for reserved members that are not zero.',
      severity: 'warning',
      confidence: 'possible',
      check: uncheckedReserved,
    },
    {
      of: 'How much is allocated is what user space says, and nothing limits it.',
      why: 'Any process can make the kernel use up its memory, or warn of an order that is too large; a product that overflows gives less than is filled afterwards.',
      instead: 'Compare it with a limit first, and allocate with GFP_KERNEL_ACCOUNT.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(input, 'size-of-user', ({ subject, other }) => ({
          message: other.endsWith(' *')
            ? `User space says \`${subject}\`, and nothing limits it: the product may overflow, and ${other.slice(0, -2)} gives less than is filled. Limit it, and use the array variant.`
            : `User space says \`${subject}\`, and nothing limits what ${other} takes for it. Compare it with a limit first.`,
          severity: other.endsWith(' *') ? 'warning' : 'info',
        })),
    },
  ],
});

function* ignoredFlags({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    const { signature, nameSpot } = fn;
    if (!signature.isWhole || nameSpot.unit.image.path.endsWith('.h')) continue;
    // Frameworks pass flags of their own to whoever stands in their tables.
    if (fn.isCallback) continue;
    for (const { name, type, isRead, spot } of signature.parameters) {
      if (isRead || name !== 'flags' || type.pointers > 0 || !INTEGER.test(type.base)) continue;
      if (!isNew(spot)) continue;
      if (signature.statements < 2 && signature.answers.every((answer) => /^[-\w]*$/.test(answer))) continue;
      yield {
        at: spot,
        function: fn.name,
        message: `${fn.name}() ignores \`${name}\`: a flag that it does not know passes as if it were obeyed. Reject what is not supported, or drop the parameter.`,
      };
    }
  }
}

function* uncheckedReserved({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    const told = new Set<string>();
    for (const { spot, struct, variable, isPassedOn } of fn.uncheckedInputs) {
      if (!isNew(spot) || told.has(variable)) continue;
      told.add(variable);
      const members = fn.uncheckedInputs.filter((each) => each.variable === variable);
      const names = members.map(({ member }) => `\`${member}\``).join(' and ');
      yield {
        at: spot,
        function: fn.name,
        ...(isPassedOn ? { severity: 'info' as const } : {}),
        message: `User space fills \`${variable}\`, and nobody looks at ${names} of ${struct}. Return -EINVAL unless ${members.length > 1 ? 'they are' : 'it is'} zero or known, or ${members.length > 1 ? 'they' : 'it'} can never be used.`,
        related: members.map(({ declared }) => ({ spot: declared, message: 'declared here' })),
      };
    }
  }
}

const INTEGER = /^(?:int|unsigned|unsigned int|unsigned long|u8|u16|u32|u64)$/;
