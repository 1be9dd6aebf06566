/** What machines read: JSON as the contract has it, SARIF that validates, and GitHub's workflow commands. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli, mail, workshop } from './bench.js';
import { sarifSchema } from './sarif-schema.js';

const SERIOUS = mail('\tint WARNING = 0;', { title: 'iommu: NOTE, about itself' });
const cwd = workshop({
  'fix.mbox': SERIOUS,
  'half.mbox': mail('\tBROKEN HUNK;'),
  'a b,c.c': 'int ERROR;\nint HINT;\n',
  'quiet.c': 'int x;\n',
});

test('JSON has every field of the contract, and findings are flat', async () => {
  const { out } = await cli(['check', '--format', 'json', 'fix.mbox', 'half.mbox', 'none.mbox'], { cwd });
  assert.ok(out.endsWith('}\n'));
  assert.deepEqual(JSON.parse(out), {
    version: 1,
    tool: { name: 'iommu-review', version: '0.2.0' },
    inputs: [
      { path: 'fix.mbox', kind: 'patch', status: 'ok', problems: [] },
      {
        path: 'half.mbox',
        kind: 'patch',
        status: 'partial',
        problems: ['half.mbox:7: hunk 1 of drivers/iommu/iommu.c does not apply'],
      },
      {
        path: 'none.mbox',
        kind: 'patch',
        status: 'failed',
        problems: ['none.mbox: no such file or directory'],
      },
    ],
    findings: [
      {
        rule: 'loud-word',
        classes: ['misleading-name'],
        severity: 'info',
        confidence: 'possible',
        message: '`NOTE` shouts at whoever reads line 3; write it in lower case',
        file: null,
        line: null,
        column: null,
        endLine: null,
        endColumn: null,
        function: null,
        source: { path: 'fix.mbox', message: '<1@example.org>', line: 3 },
        related: [],
        trace: null,
        assumptions: [],
        fix: null,
      },
      {
        rule: 'loud-word',
        classes: ['misleading-name'],
        severity: 'warning',
        confidence: 'possible',
        message: '`WARNING` shouts at whoever reads line 14; write it in lower case',
        file: 'drivers/iommu/iommu.c',
        line: 12,
        column: 6,
        endLine: 12,
        endColumn: 13,
        function: 'attach',
        source: { path: 'fix.mbox', message: '<1@example.org>', line: 14 },
        related: [{ file: 'drivers/iommu/iommu.c', line: 1, message: 'declared here' }],
        trace: null,
        assumptions: ['nobody is deaf'],
        fix: {
          title: 'Write it in lower case',
          edits: [
            {
              file: 'drivers/iommu/iommu.c',
              line: 12,
              column: 6,
              endLine: 12,
              endColumn: 13,
              text: 'warning',
              source: null,
            },
          ],
        },
      },
    ],
    flows: [],
    stats: {
      files: 2,
      functions: 2,
      lowered: 2,
      runs: 0,
      milliseconds: { parse: 0, rules: 0, simulate: 0, total: 0 },
    },
  });
});

test('JSON is complete when nothing at all could be read', async () => {
  const { out, status } = await cli(['check', '--format', 'json', 'none.c'], { cwd });
  const answer = JSON.parse(out);
  assert.equal(status, 2);
  assert.deepEqual(Object.keys(answer), ['version', 'tool', 'inputs', 'findings', 'flows', 'stats']);
  assert.deepEqual(answer.findings, []);
  assert.equal(answer.inputs[0].kind, 'c');
});

test('SARIF validates against the schema, whatever was found', async () => {
  const validate = sarifSchema();
  assert.equal(validate({ version: '2.1.0' }), false, 'the schema checks anything at all');
  for (const inputs of [
    ['quiet.c'],
    ['fix.mbox'],
    ['a b,c.c'],
    ['half.mbox'],
    ['none.c'],
    ['fix.mbox', 'a b,c.c', 'half.mbox', 'none.c', `${cwd}/a b,c.c`],
  ]) {
    const { out } = await cli(['check', '--format', 'sarif', ...inputs], { cwd });
    const isValid = validate(JSON.parse(out));
    assert.ok(isValid, `${inputs}: ${JSON.stringify(validate.errors, null, 1)}`);
  }
});

test('SARIF says the same as JSON', async () => {
  const { out, status } = await cli(['check', '--format', 'sarif', 'fix.mbox', 'a b,c.c', 'none.c'], { cwd });
  assert.equal(status, 2);
  const [run] = JSON.parse(out).runs;
  assert.equal(run.tool.driver.rules[0].id, 'loud-word');
  assert.equal(run.tool.driver.rules[0].name, 'LoudWord');
  assert.match(run.tool.driver.rules[0].help.markdown, /\*\*Why\.\*\* Readers/);
  assert.deepEqual(
    run.results.map(({ level }: { level: string }) => level),
    ['note', 'warning', 'error', 'note'],
  );
  const [aboutMail, inPatch, inC] = run.results;
  assert.deepEqual(aboutMail.locations[0].physicalLocation, {
    artifactLocation: { uri: 'fix.mbox' },
    region: { startLine: 3 },
  });
  assert.equal(inPatch.ruleIndex, 0);
  assert.deepEqual(inPatch.locations[0], {
    physicalLocation: {
      artifactLocation: { uri: 'drivers/iommu/iommu.c', uriBaseId: 'SRCROOT' },
      region: { startLine: 12, startColumn: 6, endLine: 12, endColumn: 13 },
    },
    logicalLocations: [{ name: 'attach', fullyQualifiedName: 'attach' }],
  });
  assert.equal(inPatch.relatedLocations[0].message.text, 'declared here');
  assert.equal(inPatch.fixes[0].artifactChanges[0].replacements[0].insertedContent.text, 'warning');
  assert.match(inPatch.partialFingerprints['iommuReview/v1'], /^[0-9a-f]{16}$/);
  assert.equal(inC.locations[0].physicalLocation.artifactLocation.uri, 'a%20b%2Cc.c');
  assert.equal(run.invocations[0].executionSuccessful, false);
  assert.equal(
    run.invocations[0].toolExecutionNotifications[0].message.text,
    'none.c: no such file or directory',
  );
});

test('GitHub gets one command a line, with what would end it escaped', async () => {
  const { out } = await cli(['check', '--format', 'github', 'fix.mbox', 'half.mbox', 'a b,c.c', 'none.c'], {
    cwd,
  });
  assert.equal(
    out,
    `::notice::half.mbox:7: hunk 1 of drivers/iommu/iommu.c does not apply
::error::none.c: no such file or directory
::notice file=fix.mbox,line=3,title=loud-word::\`NOTE\` shouts at whoever reads line 3; write it in lower case
::warning file=drivers/iommu/iommu.c,line=12,endLine=12,col=6,endColumn=13,title=loud-word::\`WARNING\` shouts at whoever reads line 14; write it in lower case%0AAssuming nobody is deaf
::error file=a b%2Cc.c,line=1,endLine=1,col=5,endColumn=10,title=loud-word::\`ERROR\` shouts at whoever reads line 1; write it in lower case%0AAssuming nobody is deaf
::notice file=a b%2Cc.c,line=2,endLine=2,col=5,endColumn=9,title=loud-word::\`HINT\` shouts at whoever reads line 2; write it in lower case%0AAssuming nobody is deaf
`,
  );
});

test('--min-severity and the baseline hold for every format', async () => {
  for (const format of ['json', 'sarif', 'github']) {
    const { out, status } = await cli(['check', '--min-severity', 'error', '--format', format, 'fix.mbox'], {
      cwd,
    });
    assert.doesNotMatch(out, /shouts at/);
    assert.equal(status, 1);
  }
});
