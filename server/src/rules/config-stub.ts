/** A function of a header whose stub for the kernel without the option is missing, or does not stand for it. */
import type { HeaderBodyFact, Spot, StubbedFunctionFact } from '../iommu/index.js';
import { defineRule, type Objection } from './rule.js';

export const configStub = defineRule({
  id: 'config-stub',
  classes: ['config-stub-kconfig'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary:
    'A function of a header has no stub for kernels without its option, or a body that cannot stand for it.',
  why: 'Callers are built with and without the option. Where the stub is missing or has another signature, one of the two does not compile; where it fails in another way, callers test for the wrong thing.',
  remedy: 'A static inline in the #else arm, with the same head and the same way to fail.',
  source: 'Documentation/process/coding-style.rst, "Conditional Compilation" (6.12)',
  bad: [
    {
      title: 'the other one has a stub',
      form: 'header',
      code: `
+#ifdef CONFIG_TOY
+int toy_enable(struct device *dev);
+void toy_disable(struct device *dev);
+//   ^^^^^^^^^^^ config-stub: has none
+#else
+static inline int toy_enable(struct device *dev)
+{
+	return -ENODEV;
+}
+#endif`,
    },
    {
      title: 'another signature',
      form: 'header',
      code: `
+#ifdef CONFIG_TOY
+int toy_enable(struct device *dev, unsigned int mode);
+#else
+static inline int toy_enable(struct device *dev)
+//                ^^^^^^^^^^ config-stub: another number of parameters
+{
+	return -ENODEV;
+}
+#endif`,
    },
    {
      title: 'a semicolon before the body',
      form: 'header',
      code: `
+#ifndef CONFIG_TOY
+static inline int toy_enable(struct device *dev);
+//                ^^^^^^^^^^ config-stub: does not compile
+{
+	return -ENODEV;
+}
+#endif`,
    },
    {
      title: 'defined once for each file',
      form: 'header',
      code: `
+int toy_enable(struct device *dev)
+//  ^^^^^^^^^^ config-stub: defines
+{
+	return -ENODEV;
+}`,
    },
    {
      title: 'no value',
      form: 'header',
      code: `
+static inline int toy_enable(struct device *dev)
+//                ^^^^^^^^^^ config-stub: returns nothing
+{
+}`,
    },
    {
      title: 'a body for files to warn of, and one that only the header calls',
      form: 'header',
      code: `
+static bool toy_is_alone(struct toy *toy)
+//          ^^^^^^^^^^^^ config-stub: gets a warning
+{
+	return toy->count == 1;
+}
+
+static bool toy_is_empty(struct toy *toy)
+//          ^^^^^^^^^^^^ config-stub: static inline
+{
+	return !toy->count;
+}
+
+static inline bool toy_is_full(struct toy *toy)
+{
+	return !toy_is_empty(toy);
+}`,
    },
  ],
  good: [
    {
      title: 'a block behind a prototype, each on its own',
      form: 'header',
      code: `
+int toy_enable(struct device *dev);
+
+static inline void toy_disable(struct device *dev) {}
+static __always_inline int toy_mode(void)
+{
+	return 0;
+}`,
    },
    {
      title: 'one for each',
      form: 'header',
      code: `
+#ifdef CONFIG_TOY
+int toy_enable(struct device *dev);
+void toy_disable(struct device *dev);
+#else
+static inline int toy_enable(struct device *dev)
+{
+	return -ENODEV;
+}
+
+static inline void toy_disable(struct device *dev)
+{
+}
+#endif`,
    },
  ],
  *check(input) {
    const { facts, isFresh } = input;
    const told = new Set<string>();
    for (const { name, spot, problem } of facts.headerBodies) {
      if (told.has(name) || !isFresh(spot)) continue;
      // One slip goes through all of a header: it is told once.
      const alike = facts.headerBodies.filter(
        (each) => each.problem === problem && each.spot.unit === spot.unit && isFresh(each.spot),
      );
      for (const each of alike) told.add(each.name);
      yield {
        ...{ at: spot, function: name, message: BODY[problem](name) },
        severity: problem === 'kept' ? 'info' : 'warning',
        related: alike
          .filter((each) => each.name !== name)
          .map((each) => ({ spot: each.spot, message: 'and this one' })),
      };
    }
    for (const fact of facts.stubs) {
      const isPrototypeNew = fact.prototype !== null && isFresh(fact.prototype);
      const isStubNew = fact.stub !== null && isFresh(fact.stub);
      if ((!isPrototypeNew && !isStubNew) || told.has(fact.name)) continue;
      const objection =
        missing(fact, isPrototypeNew, isFresh) ??
        plain(fact, isStubNew) ??
        unlike(fact, isStubNew) ??
        failing(fact, isStubNew);
      if (objection) yield { function: fact.name, severity: 'warning', ...objection };
    }
  },
});

const BODY: Readonly<Record<HeaderBodyFact['problem'], (name: string) => string>> = {
  semicolon: (name) =>
    `The semicolon ends the declaration of ${name}(), and the body behind it does not compile. Drop it.`,
  global: (name) =>
    `Every file that includes the header defines ${name}(), and they do not link. Make it static inline.`,
  copied: (name) =>
    `${name}() must be static inline: every file that includes the header and does not call it gets a warning.`,
  kept: (name) => `What stands in a header is static inline: make ${name}() so.`,
  'no-value': (name) => `${name}() promises a value and returns nothing.`,
};

/** Some functions need no stub; that a patch gives one to the first of its new functions and not to the next is an oversight. */
function missing(
  { name, stub, prototype, siblings }: StubbedFunctionFact,
  isPrototypeNew: boolean,
  isFresh: (spot: Spot) => boolean,
): Objection | null {
  const sibling = siblings.find((each) => isFresh(each.stub));
  if (stub || !prototype || !sibling || !isPrototypeNew) return null;
  return {
    at: prototype,
    confidence: 'possible',
    message: `${sibling.name}() gets a stub for kernels without the option, ${name}() has none: does it not need one?`,
    related: [{ spot: sibling.stub, message: 'the stub' }],
  };
}

function plain({ name, stub, isStubInline }: StubbedFunctionFact, isStubNew: boolean): Objection | null {
  if (!isStubNew || !stub || isStubInline) return null;
  return {
    at: stub,
    message: `The stub of ${name}() must be static inline: every file that includes the header and does not call it gets a warning.`,
  };
}

function unlike(
  { name, stub, prototype, mismatch }: StubbedFunctionFact,
  isStubNew: boolean,
): Objection | null {
  const at = isStubNew ? stub : prototype;
  if (!mismatch || !at) return null;
  return {
    at,
    message: `The stub of ${name}() is not like the function, it ${mismatch}.`,
    related: stub && prototype ? [{ spot: isStubNew ? prototype : stub, message: 'the other one' }] : [],
  };
}

function failing(
  { stub, stubGives, functionGives, name }: StubbedFunctionFact,
  isStubNew: boolean,
): Objection | null {
  if (!isStubNew || !stub || !stubGives || !functionGives || stubGives === functionGives) return null;
  return {
    at: stub,
    severity: 'info',
    message: `The stub returns ${stubGives}, ${name}() fails with ${functionGives}: who tests for the one takes the other for success.`,
  };
}
