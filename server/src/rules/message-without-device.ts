/** pr_err() and its kin in a function that has the device. */
import type { FunctionFact, LogFact } from '../iommu/index.js';
import { defineRule } from './rule.js';
import { tellsOfRefusal } from './user-refusals.js';

export const messageWithoutDevice = defineRule({
  id: 'message-without-device',
  classes: ['log-warn-policy'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A message does not say which device it is about, though the function has it.',
  why: 'On a machine with a dozen IOMMUs nobody can tell from "attach failed" where to look.',
  remedy: 'dev_err() and its kin, with the device.',
  source:
    'Documentation/process/coding-style.rst, "Printing kernel messages" (6.12); review of "iommu: Add support to change default domain of an iommu group", 18 November 2020',
  bad: [
    {
      title: 'which one?',
      code: `
int toy_attach(struct device *dev, int id)
{
	if (id < 0) {
		pr_warn("bad id %d\\n", id);
//              ^^^^^^^ message-without-device: dev_warn(dev
		return -ENODEV;
	}
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'this one',
      code: `
int toy_attach(struct device *dev, int id)
{
	if (id < 0) {
		dev_warn(dev, "bad id %d\\n", id);
		return -ENODEV;
	}
	return 0;
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      for (const log of fn.logs) {
        const { level, speaksOfDevice, name, nameSpot, values, wasThere, deviceAtHand: device } = log;
        if (speaksOfDevice || wasThere || !input.isFresh(nameSpot)) continue;
        if (!name.startsWith('pr_') || !/^(?:err|warn|crit|alert)$/.test(level)) continue;
        // It should not be there at all, which another rule says.
        if (tellsOfRefusal(fn, log)) continue;
        // The name of the device is in it all the same.
        if (device === null || values.some((each) => /^(?:dev_name|pci_name|name)$/.test(each))) continue;
        const called = name.replace(/^pr_/, 'dev_');
        yield {
          at: nameSpot,
          function: fn.name,
          // What is at fault may be anything else: a domain, an address, what was asked for.
          severity: isAboutDevice(fn, log) ? 'info' : 'hint',
          message: `Which device? It is at hand here: ${called}(${device}, …) says so.`,
        };
      }
    }
  },
});

/** Whether the words speak of a device, or other messages of the function name theirs. */
function isAboutDevice({ logs }: FunctionFact, { format }: LogFact): boolean {
  return /\bdev(?:ices?)?\b/i.test(format ?? '') || logs.some(({ speaksOfDevice }) => speaksOfDevice);
}
