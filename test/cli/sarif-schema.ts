/** The official schema of SARIF, for tests that hold a log against it. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';

/**
 * It is draft-04: what `ajv` needs changed is the name of its id. Of its
 * formats only those that we write are checked.
 */
export function sarifSchema(): ValidateFunction {
  const require = createRequire(import.meta.url);
  const { id, $schema, ...schema } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  assert.match(id, /sarif-2\.1\.0/);
  assert.match($schema, /draft-04/);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i);
  ajv.addFormat('uri-reference', /^[^\s<>"{}|\\^`]*$/);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT/);
  return ajv.compile(schema);
}
