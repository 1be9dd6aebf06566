/** A message that nobody needs. */
import { TELLS_OF_FAILURE } from '../iommu/index.js';
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const needlessMessage = defineRule({
  id: 'needless-message',
  classes: ['log-warn-policy'],
  since: '0.2.0',
  quietInTree: true,
  summary: 'A message says what nobody needs to be told: that an allocation failed, or that all went well.',
  why: 'The allocator has said so with a stack, and a driver that works is quiet.',
  remedy: 'Drop it, or make it dev_dbg().',
  source:
    'Documentation/process/coding-style.rst, "Printing kernel messages" (6.12); review of "iommu/vt-d: Parse SATC reporting structure", 2 February 2021; Documentation/process/coding-style.rst, "Allocating memory"; mm/page_alloc.c:warn_alloc (6.12)',
  bad: [
    {
      title: 'said by one of two allocators',
      code: `
void *toy_table(struct device *dev, struct kmem_cache *cache, int level, gfp_t gfp)
{
	void *table = NULL;

	if (level == 1)
		table = (void *)__get_free_pages(gfp, 2);
	else if (level == 2)
		table = kmem_cache_zalloc(cache, gfp);

	if (!table) {
		dev_err(dev, "no table for level %d\\n", level);
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-message: says so itself
		return NULL;
	}
	return table;
}`,
    },
    {
      title: 'all is well',
      code: `
int toy_attach(struct device *dev)
{
	dev_info(dev, "attached\\n");
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-message: Who needs
	return 0;
}`,
    },
    {
      title: 'said twice',
      code: `
struct toy { int users; };

int toy_probe(struct device *dev)
{
	struct toy *toy = devm_kzalloc(dev, sizeof(*toy), GFP_KERNEL);

	if (!toy) {
		dev_err(dev, "no memory\\n");
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-message: devm_kzalloc() says so itself
		return -ENOMEM;
	}
	dev_set_drvdata(dev, toy);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'the warning alone, and a message alone',
      code: `
int toy_set(struct device *dev, int ret, int pasid)
{
	if (WARN_ON(ret))
		return ret;
	if (!pasid)
		dev_err(dev, "no PASID\\n");
	return 0;
}`,
    },
    {
      title: 'one of several answers, and a request',
      code: `
int toy_status(struct toy *toy, int status)
{
	switch (status) {
	case 0:
		return 0;
	case 1:
		dev_info(toy->dev, "no such PASID\\n");
		break;
	default:
		dev_warn(toy->dev, "status %d\\n", status);
	}
	if (toy->is_guessed)
		dev_info(toy->dev, "taken for bare metal, please report if it is not\\n");
	return -EIO;
}`,
    },
    {
      title: 'for who asks',
      code: `
int toy_attach(struct device *dev)
{
	dev_dbg(dev, "attached\\n");
	return 0;
}`,
    },
  ],
  forms: [
    {
      of: 'A message stands beside a WARN_ON() about the same.',
      why: 'The warning says where and by which way; the message repeats it, and whoever reads the log takes it for a second fault.',
      instead: 'Use WARN(condition, message) where the words help, or drop the one or the other.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'warned-twice', ({ subject, other }) => ({
          message: `${other}() has told it, with the stack. Drop the ${subject}(), or say it with WARN().`,
          severity: 'info',
        })),
    },
    {
      of: 'An informational message is added that no administrator can act upon.',
      why: 'When a driver works it is quiet. What helps its author to debug is for a debug message, or a trace point.',
      instead: 'Drop it, or make it dev_dbg().',
      severity: 'info',
      confidence: 'possible',
      check: chattyMessage,
    },
    {
      of: 'A debug message begins with __func__.',
      why: 'Dynamic debug adds the name of the function, and its module and line, for those who ask for it.',
      instead: 'Drop it.',
      severity: 'info',
      confidence: 'certain',
      check: functionNamed,
    },
    {
      of: 'A message says that an allocation failed, or another call that says so itself: platform_get_irq(), devm_ioremap_resource().',
      why: 'The allocator has said so already, with the stack that shows who asked.',
      instead: 'Drop the message and return the error.',
      severity: 'warning',
      confidence: 'certain',
      check: allocationFailureMessage,
    },
  ],
});

function* chattyMessage(input: RuleInput): Iterable<Objection> {
  for (const fn of input.facts.functions) {
    if (fn.handlesEvents || SETS_UP.test(fn.name)) continue;
    for (const log of fn.logs) {
      const { kind, level, spot, nameSpot, name, values, isConditional, returns, format } = log;
      if (kind !== 'print' || name === 'printk' || log.wasThere || !input.isFresh(nameSpot)) continue;
      // It says why the call fails.
      if (isConditional && returns !== null) continue;
      // It says why something that was asked for is not there.
      if (
        log.tellsOfSwitch ||
        log.isOfCase ||
        ASKS.test(format ?? '') ||
        (fn.runsAlone && OF_QUIRK.test(format ?? ''))
      )
        continue;
      const isTrail = values.includes('__LINE__') || (values.includes('__func__') && values.length === 1);
      const isInfo = level === 'info';
      if (level === 'debug' || (!isInfo && !(isTrail && values.includes('__LINE__')))) continue;
      // It tells of a lack or of trouble, which is news.
      if (TELLS_OF_TROUBLE.test(format ?? '')) continue;
      // The function speaks like that already, and was let.
      const isCustom = fn.logs.some((each) => each.level === level && !input.isNew(each.nameSpot));
      if (isInfo && !isTrail && isCustom) continue;
      // It tells of what the warnings beside it tell of.
      const isOfWarnings = fn.logs.some((each) => each.level !== level && isAkin(each.format, format));
      if (isConditional && isOfWarnings) continue;
      // What was found once, when the driver came up, helps whoever reads the log of a machine that fails.
      const isOfStart = COMES_UP.test(fn.name) && values.length > (isTrail ? 1 : 0);
      yield {
        at: spot,
        function: fn.name,
        severity: isBareTrail(format) && isTrail ? 'warning' : isOfStart ? 'hint' : 'info',
        message: isTrail
          ? 'A leftover of debugging? Drop it.'
          : 'Who needs this in the log? Drop it, or make it a debug message.',
        tags: isTrail ? ['unnecessary'] : [],
      };
      break;
    }
  }
}

/** Dynamic debug prints the function's name by itself, where somebody wants it. Documentation/admin-guide/dynamic-debug-howto.rst, "f". */
function* functionNamed(input: RuleInput): Iterable<Objection> {
  const told = new Set<unknown>();
  for (const fn of input.facts.functions) {
    for (const { level, values, spot, name, wasThere, format, hasPrefix } of fn.logs) {
      if (level !== 'debug' || wasThere || !values.includes('__func__') || !input.isFresh(spot)) continue;
      // Where the file puts nothing before its lines, the name says whose they are.
      if (!hasPrefix) continue;
      if (!/^%s\b|\b%s\(\)/.test(format ?? '') || told.has(spot.unit)) continue;
      told.add(spot.unit);
      yield {
        at: spot,
        function: fn.name,
        message: `Dynamic debug adds the function's name to a ${name}() where it is wanted (+f). Drop __func__.`,
      };
    }
  }
}

function* allocationFailureMessage(input: RuleInput): Iterable<Objection> {
  for (const fn of input.facts.functions) {
    for (const { kind, after, spot, level, returns } of fn.logs) {
      if (kind === 'bug' || level === 'debug' || after === null || !TELLS_OF_FAILURE.has(after)) continue;
      if (!input.isFresh(spot)) continue;
      const optional = OPTIONAL.get(after);
      // Who does without says what that means.
      if (returns === null && fn.callShape.returns !== 'void') {
        if (!optional) continue;
        yield {
          at: spot,
          function: fn.name,
          severity: 'info',
          message: `${after}() complains when there is none, and this can do without: ${optional}() does not.`,
        };
        continue;
      }
      yield {
        at: spot,
        function: fn.name,
        severity: 'warning',
        message: `${after}() says so itself when it fails. Drop the message.`,
        tags: ['unnecessary'],
      };
    }
  }
}

/** Those that take it for granted that there may be none. drivers/base/platform.c (6.12). */
const OPTIONAL: ReadonlyMap<string, string> = new Map([
  ['platform_get_irq', 'platform_get_irq_optional'],
  ['platform_get_irq_byname', 'platform_get_irq_byname_optional'],
]);

/** Whether two messages begin with the same two words. */
function isAkin(one: string | null, other: string | null): boolean {
  const start = (format: string | null): string | undefined =>
    /^[A-Za-z]\w*\W+[A-Za-z]\w*/.exec(format ?? '')?.[0];
  return start(one) !== undefined && start(one) === start(other);
}

/** What the command line or a quirk decides is for the administrator to know. */
const SETS_UP = /setup|parse|quirk|param/;
/** What runs once for a driver or a device. */
const COMES_UP = /(?:^|_)(?:probe|init|initiali[sz]e|register|create|reserve)(?:_|$)/;

/** Whether a message says nothing but where it stands. */
function isBareTrail(format: string | null): boolean {
  return !/[A-Za-z]{3,}\W+[A-Za-z]{3,}/.test((format ?? '').replace(/%\w+/g, ''));
}

/** A message that wants something of who reads it. */
const ASKS = /\b(?:please|report|bugzilla|contact|update|upgrade|try)\b/i;
const TELLS_OF_TROUBLE =
  /\b(?:insufficient|limit(?:ed|ing)|disabl(?:ed|ing)|overflow|errors?|fail(?:ed|ure)?|mismatch|not (?:enough|supported|available|found)|unable|cannot|can't|no longer|ignor(?:ed|ing)|fall(?:ing)? ?back|switch(?:ing)? to|time-?d?[ -]?out|lost|missing)\b/i;
const OF_QUIRK = /quirk|errat|workaround|work around|broken|\bbuggy\b/i;
