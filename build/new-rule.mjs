/** `npm run new-rule ID`: writes the file of a rule, to be filled in, and lists it in rules/index.ts. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const RULES = join(dirname(fileURLToPath(import.meta.url)), '../server/src/rules');

/** The rule as TypeScript; what is to be written stands in capitals, and the example fails until it is. */
export function skeleton(id) {
  return `/** ONE SENTENCE: the fault this file knows. */
import { defineRule } from './rule.js';

export const ${camelCase(id)} = defineRule({
  id: '${id}',
  classes: ['api-shape'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'ONE SENTENCE: what is wrong.',
  why: 'The rule of the kernel behind it, and what breaks.',
  remedy: 'What to do instead.',
  source: 'FILE:FUNCTION (VERSION), or the review that says so',
  bad: [
    {
      title: 'what this code does wrong',
      code: \`
struct toy_domain {
	struct iommu_domain domain;
	int fault;
//      ^^^^^^^^^^ ${id}: part of the message
};\`,
    },
  ],
  good: [
    {
      title: 'the nearest code that does it right',
      code: \`
struct toy_domain {
	struct iommu_domain domain;
};\`,
    },
  ],
  *check({ facts, isNew }) {
    for (const struct of facts.structs) {
      for (const field of struct.fields) {
        if (field.name !== 'fault' || !isNew(field.spot)) continue;
        yield {
          at: field.spot,
          function: struct.name,
          message: 'What is wrong, why it breaks the model, what to do instead.',
        };
      }
    }
  },
});
`;
}

/** rules/index.ts with one more rule, in the order of ids. */
export function withRule(index, id) {
  const name = camelCase(id);
  const imports = index.match(/^import (?:type )?\{ \w+ \} from '\.\/[\w-]+\.js';$/gm) ?? [];
  const names = /(export const RULES[^=]*= \[\n)([\s\S]*?)(\];)/.exec(index);
  if (imports.length === 0 || !names) throw new Error('rules/index.ts does not look as expected');
  const line = `import { ${name} } from './${id}.js';`;
  const byFile = (a, b) => (fileOf(a) < fileOf(b) ? -1 : 1);
  const listed = [...names[2].split('\n').filter(Boolean), `  ${name},`].sort();
  return index
    .replace(imports.join('\n'), [...imports, line].sort(byFile).join('\n'))
    .replace(names[0], `${names[1]}${listed.join('\n')}\n${names[3]}`);
}

function fileOf(line) {
  return line.slice(line.indexOf("'"));
}

function camelCase(id) {
  return id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

function main(id) {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id ?? ''))
    return 'usage: npm run new-rule ID, in kebab-case and named after the fault, as in refcount-in-domain';
  const file = join(RULES, `${id}.ts`);
  if (existsSync(file)) return `there is a rule ${id} already`;
  const index = join(RULES, 'index.ts');
  writeFileSync(index, withRule(readFileSync(index, 'utf8'), id));
  writeFileSync(file, skeleton(id));
  console.log(`wrote server/src/rules/${id}.ts and listed it in server/src/rules/index.ts
next: fill it in, 'npm run test:unit rules', 'npm run docs', and an entry in CHANGELOG.md`);
  return null;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const complaint = main(process.argv[2]);
  if (complaint) {
    console.error(complaint);
    process.exitCode = 2;
  }
}
