/** Reads `.iommu-review.json`. Never fails: what cannot be understood is said with its place, and left out. */
import { LineIndex } from '../base/index.js';
import { OBJECTION_CLASSES, SEVERITIES, type Severity } from '../findings/index.js';
import { compileQuery } from '../syntax/index.js';
import {
  type Naming,
  NO_PROJECT,
  type ProjectConfig,
  type ProtectedField,
  type QueryRule,
} from './config.js';
import { codeOf } from './functions.js';
import { type JsonProblem, type JsonValue, parseJson } from './json.js';
import { Shape } from './shape.js';

/** Lines and columns count from 1; `endColumn` is exclusive. */
export interface ProjectProblem {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

export interface ProjectFile {
  readonly config: ProjectConfig;
  readonly problems: readonly ProjectProblem[];
}

const LEVELS = [...SEVERITIES, 'off'] as const;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** `ruleIds`: those of the rules that come with the tool. */
export function readProject(text: string, ruleIds: readonly string[]): ProjectFile {
  const value = parseJson(text);
  if (!('kind' in value)) return { config: NO_PROJECT, problems: placed([value], text) };
  const shape = new Shape();
  const names = ['severity', 'functions', 'fields', 'naming', 'rules'] as const;
  const { severity, functions, fields, naming, rules } = shape.fields(value, 'the file', names);
  const own = shape.items(rules, '"rules"').flatMap((each) => ruleOf(each, shape));
  const ids = new Set(ruleIds);
  const listed = own.filter(({ rule, at }) => {
    const isNew = !ids.has(rule.id);
    if (!isNew) shape.say(at, `there is a rule "${rule.id}" already`);
    ids.add(rule.id);
    return isNew;
  });
  const config: ProjectConfig = {
    severity: severity ? severitiesOf(severity, ids, shape) : {},
    code: codeOf(shape.items(functions, '"functions"'), text, shape),
    fields: shape.items(fields, '"fields"').flatMap((each) => fieldOf(each, shape)),
    naming: naming ? namingOf(naming, shape) : NO_PROJECT.naming,
    rules: listed.map(({ rule }) => rule),
  };
  return { config, problems: placed(shape.problems, text) };
}

function severitiesOf(value: JsonValue, ids: ReadonlySet<string>, shape: Shape): ProjectConfig['severity'] {
  const severities: Record<string, Severity | 'off'> = {};
  for (const { key, keySpan, value: level } of shape.entries(value, '"severity"')) {
    const found = shape.oneOf(level, `the severity of "${key}"`, LEVELS);
    if (!ids.has(key)) shape.say(keySpan, `there is no rule "${key}"`);
    else if (found) severities[key] = found;
  }
  return severities;
}

function fieldOf(value: JsonValue, shape: Shape): ProtectedField[] {
  const found = shape.fields(value, 'a field', ['struct', 'field', 'lock', 'why']);
  const struct = shape.text(found.struct, '"struct"', value);
  const field = shape.text(found.field, '"field"', value);
  const lock = shape.text(found.lock, '"lock"', value);
  if (struct === null || field === null || lock === null) return [];
  for (const [text, at] of [
    [field, found.field],
    [lock, found.lock],
    [struct.replace(/^(?:struct|union) /, ''), found.struct],
  ] as const)
    if (!/^\w+$/.test(text)) shape.say(at!, `"${text}" is no name of C`);
  return [{ struct: /^(?:struct|union) /.test(struct) ? struct : `struct ${struct}`, field, lock }];
}

function namingOf(value: JsonValue, shape: Shape): Naming {
  const { vague, preferred } = shape.fields(value, '"naming"', ['vague', 'preferred']);
  const word = (each: JsonValue): string[] => {
    const text = shape.text(each, 'a word', each);
    if (text !== null && !/^[a-z0-9]+$/.test(text))
      shape.say(each, 'a word is a part of a name between two underscores, in small letters');
    return text !== null && /^[a-z0-9]+$/.test(text) ? [text] : [];
  };
  const words: Record<string, string> = {};
  for (const { key, value: instead } of preferred ? shape.entries(preferred, '"preferred"') : [])
    for (const text of word(instead)) words[key] = text;
  return { vague: shape.items(vague, '"vague"').flatMap(word), preferred: words };
}

function ruleOf(value: JsonValue, shape: Shape): { rule: QueryRule; at: JsonValue }[] {
  const names = ['id', 'query', 'message', 'severity', 'class', 'paths', 'why'] as const;
  const found = shape.fields(value, 'a rule', names);
  const id = shape.text(found.id, '"id"', value);
  const query = shape.text(found.query, '"query"', value);
  const message = shape.text(found.message, '"message"', value);
  const level = found.severity ? shape.oneOf(found.severity, '"severity"', SEVERITIES) : 'warning';
  const kind = found.class ? shape.oneOf(found.class, '"class"', OBJECTION_CLASSES) : 'api-shape';
  const paths = shape.items(found.paths, '"paths"').flatMap((each) => shape.text(each, 'a path', each) ?? []);
  if (id === null || query === null || message === null || level === null || kind === null) return [];
  if (!ID.test(id)) {
    shape.say(found.id!, 'an id is words in small letters with dashes between them');
    return [];
  }
  const compiled = compileQuery(query);
  if (!compiled.ok) {
    const rest = query.slice(compiled.at).split('\n')[0]!.slice(0, 30);
    shape.say(found.query!, `${compiled.why}: ${rest === '' ? 'at its end' : rest}`);
    return [];
  }
  return [{ rule: { id, query, message, severity: level, class: kind, paths }, at: found.id! }];
}

function placed(problems: readonly JsonProblem[], text: string): ProjectProblem[] {
  const index = new LineIndex(text);
  const inOrder = [...problems].sort((a, b) => a.start - b.start);
  return inOrder.map(({ start, end, message }) => {
    const from = index.placeAt(Math.min(start, text.length));
    const to = index.placeAt(Math.min(end, text.length));
    return {
      ...{ line: from.line + 1, column: from.column + 1 },
      ...{ endLine: to.line + 1, endColumn: to.column + 1, message },
    };
  });
}
