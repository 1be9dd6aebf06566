/** `simulate --design`: cells of the reference designs from the command line, in every format, and single runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { designCode, referenceDesigns } from '../../server/src/analysis/index.js';
import type { DesignCell } from '../../server/src/findings/index.js';
import { cli, workshop } from './bench.js';

const design = (...args: string[]) => cli(['simulate', '--design', ...args]);
const words = (line: string) => line.split(' ');

async function cellsOf(...args: string[]): Promise<readonly DesignCell[]> {
  const { status, out, err } = await design(...args, '--format', 'json');
  assert.deepEqual([status, err], [0, '']);
  const answer = JSON.parse(out);
  assert.deepEqual(Object.keys(answer), ['cells']);
  return answer.cells;
}

/** Lines of the designs change; what is said of them stays. */
const withoutLines = (text: string) => text.replace(/\.c:\d+/g, '.c:N');

const SHOWN = `rfc-v2: one domain per PASID number
As proposed in March 2022: domains lie in one array by PASID, and count their users themselves.
The code is simulated/designs/rfc-v2.c; --source prints it.

✓ held          no-pasid  1 run, completely
    when: device with dev->iommu but no PASID (D6)
✗ violated      no-pasid  1 run, completely      DEREF
    when: device without dev->iommu (D10)
    iommu_sva_bind_device() at simulated/designs/rfc-v2.c:N: reads \`dev->iommu->pasid_bits\` while it is NULL

no-pasid/no-iommu, device without dev->iommu (D10)
A process binds a device without an IOMMU.
  simulated/designs/rfc-v2.c:N: bad pointer followed (DEREF, error, certain): reads \`dev->iommu->pasid_bits\` while it is NULL
      1  caller  scenario.c:N  calls iommu_sva_bind_device()
      2  caller  rfc-v2.c:N    ✗ reads \`dev->iommu->pasid_bits\` while it is NULL
      = replay: iommu-review simulate --design rfc-v2 --scenario no-pasid/no-iommu --tape -~TAPE

2 cells: 1 violated, 1 held; 2 runs
`;

test('a row as text: its cells, and the run that breaks a rule', async () => {
  const progress: (string | null)[] = [];
  const args = ['simulate', '--design', 'rfc-v2', '--scenario', 'no-pasid'];
  const { status, out, err } = await cli(args, { progress });
  assert.equal(
    withoutLines(out)
      .replace(/(?<=~)[\da-f]{4}/, 'TAPE')
      .replace(/rfc-v2\.c:N {2,}/, 'rfc-v2.c:N    '),
    SHOWN,
  );
  assert.deepEqual([status, err], [0, '']);
  assert.deepEqual(progress, [
    'running rfc-v2: no-pasid, device with dev->iommu but no PASID (D6)',
    null,
    'running rfc-v2: no-pasid, device without dev->iommu (D10)',
    null,
  ]);
});

test('--scenario takes one scenario of a row, and then speaks of that alone', async () => {
  const [cell, ...more] = await cellsOf('rfc-v2', '--scenario', 'no-pasid/no-iommu');
  assert.deepEqual([cell!.row, cell!.verdict, more.length], ['no-pasid', 'violated', 0]);
  assert.deepEqual(
    cell!.scenarios.map(({ id }) => id),
    ['no-pasid/no-iommu'],
  );
});

test('JSON is the contract, cell by cell', async () => {
  const cells = await cellsOf('rfc-v2', '--scenario', 'no-pasid');
  const [held, violated] = cells.map(({ scenarios, changedBy, runs, ...cell }) => ({
    ...cell,
    tape: cell.tape?.replace(/~.*/, '') ?? null,
    text: withoutLines(cell.text),
  }));
  const both = { design: 'rfc-v2', row: 'no-pasid', explored: 'completely' };
  assert.deepEqual(held, {
    ...both,
    when: 'device with dev->iommu but no PASID (D6)',
    verdict: 'held',
    monitors: [],
    tape: null,
    text: 'nothing broke: explored completely in 1 run',
  });
  assert.deepEqual(violated, {
    ...both,
    when: 'device without dev->iommu (D10)',
    verdict: 'violated',
    monitors: ['DEREF'],
    tape: '-',
    text: 'iommu_sva_bind_device() at simulated/designs/rfc-v2.c:N: reads `dev->iommu->pasid_bits` while it is NULL',
  });
});

test('all designs have their say, one after the other; those without the scenario are silent', async () => {
  const cells = await cellsOf('all', '--scenario', 'two-devices-one-iommu');
  assert.deepEqual(
    cells.map((cell) => cell.design),
    referenceDesigns.map(({ id }) => id),
  );
  const old = await design('all', '--scenario', 'no-pasid/no-iommu');
  assert.match(old.out, /^rfc-v2: .*\n[\s\S]*\n\nenclosing: .*\n[\s\S]*\n\nlist-per-mm: /);
  assert.doesNotMatch(old.out, /^per-group: /m);
});

test('without --scenario no run is shown, but how to see one', async () => {
  // What is printed of all cells, without the time that they take.
  const real = await import('../../server/src/analysis/index.js');
  const designs = { ...real, cellRuns: (name: string) => real.cellRuns(name, 'no-pasid') };
  const { out } = await cli(['simulate', '--design', 'rfc-v2'], {
    dependencies: { designs: async () => designs },
  });
  assert.doesNotMatch(out, /caller/);
  assert.match(
    out,
    /\n2 cells: 1 violated, 1 held; 2 runs\nStep by step, for instance: iommu-review simulate --design rfc-v2 --scenario no-pasid\n$/,
  );
});

test('the tape of a cell repeats its run, in every format', async () => {
  for (const [name, scenario] of [
    ['rfc-v2', 'allocation-failures'],
    ['rfc-v2', 'bind-last-put/unbind'],
    ['rfc-v2', 'same-device-twice'],
    ['list-per-mm', 'same-device-twice'],
    ['per-group', 'group-of-two/both'],
  ] as const) {
    for (const cell of (await cellsOf(name, '--scenario', scenario)).filter(({ tape }) => tape !== null)) {
      const again = await cellsOf(name, '--scenario', scenario, '--tape', cell.tape!);
      const same = again.find(({ when }) => when === cell.when)!;
      const breach = cell.scenarios[0]!.breaches[0]!;
      assert.deepEqual([same.tape, same.verdict, same.runs], [cell.tape, 'violated', 1]);
      assert.ok(
        same.scenarios[0]!.breaches.some(
          ({ monitor, line }) => monitor === breach.monitor && line === breach.line,
        ),
      );
      assert.ok(same.scenarios[0]!.trace!.steps.length >= cell.scenarios[0]!.trace!.steps.length);
    }
  }
  const replay = ['rfc-v2', '--scenario', 'no-pasid/no-iommu', '--tape', '-'];
  const text = await design(...replay);
  assert.match(text.out, /✗ violated {6}no-pasid {2}1 run, to a bound {6}DEREF\n/);
  const markdown = await design(...replay, '--format', 'markdown');
  assert.match(markdown.out, /^\| 2 \| caller \| rfc-v2\.c:\d+ \| \*\*✗ reads/m);
  const svg = await design(...replay, '--format', 'svg');
  assert.match(svg.out, /^<svg [\s\S]*>rfc-v2: iommu_sva_bind_device\(\) at [\s\S]*<\/svg>\n$/);
});

test('a run that breaks nothing is shown whole', async () => {
  const { out, status } = await design('enclosing', '--scenario', 'same-device-twice', '--tape', '-');
  assert.equal(status, 0);
  assert.match(out, /✓ held {10}same-device-twice {2}1 run, to a bound\n/);
  assert.match(
    out,
    /\nNo rule broke\.\n {6}1 {2}caller {2}scenario\.c:\d+ +calls iommu_sva_bind_device\(\)\n/,
  );
});

test('--format svg draws the first run that breaks a rule, or says that there is none', async () => {
  const { out, status } = await design('rfc-v2', '--scenario', 'no-pasid', '--format', 'svg');
  assert.match(out, /^<svg [\s\S]*no-pasid\/no-iommu · replay -~/);
  assert.equal(status, 0);
  const none = await design('enclosing', '--scenario', 'no-pasid', '--format', 'svg');
  assert.deepEqual(
    [none.status, none.out, none.err],
    [0, '', 'iommu-review: nothing to draw: no rule broke\n'],
  );
});

test('--source prints the C, which can be saved and run', async () => {
  for (const { id } of referenceDesigns) {
    const { out, status } = await design(id, '--source');
    assert.equal(status, 0);
    assert.equal(out, designCode(id));
  }
  const cwd = workshop({ 'mine.c': designCode('enclosing') });
  const own = await cli(['simulate', '--function', 'iommu_sva_bind_device', 'mine.c'], { cwd });
  assert.match(own.out, /^mine\.c:\d+: iommu_sva_bind_device\(\)/m);
  const { out } = await design('rfc-v2', '--scenario', 'bind-bind', '--source');
  assert.match(
    out,
    /\n\/\* Two threads of a process bind a device each, at the same time\. \*\/\nstatic void bind_bind_set_up\(void\)\n/,
  );
  assert.match(out, /\n\tbond_a = iommu_sva_bind_device\(&d1, &m1, NULL\);\n/);
});

const UNUSABLE: readonly [args: string, complaint: RegExp][] = [
  ['rfc-v3', /^no design 'rfc-v3'\nDid you mean 'rfc-v2'\?$/],
  ['x', /^no design 'x'\nThere are rfc-v2, enclosing, per-group, list-per-mm, and all\.$/],
  [
    'rfc-v2 --scenario same-device-twise',
    /no scenario 'same-device-twise'\nDid you mean 'same-device-twice'\?$/,
  ],
  ['rfc-v2 --scenario strict', /no scenario 'strict'\nDid you mean 'two-devices-two-iommus\/strict'\?$/],
  [
    'all --scenario zzz',
    /^--design all: no scenario 'zzz'\nThere are same-device-twice, [^/]*, group-of-two, [^/]*, fault-at-exit(?:, [\w-]+)*\.$/,
  ],
  ['rfc-v2 mine.c', /^--design runs code that comes with this tool, so it takes no INPUT\n/],
  ['rfc-v2 --function f', /^--design .* takes no --function\n/],
  ['rfc-v2 --tape 0', /^--tape is a run of one scenario of one design, so it goes with --scenario ID\n/],
  ['all --scenario no-pasid --tape 0', /^--tape is a run of one scenario of one design/],
  [
    'rfc-v2 --scenario no-pasid --tape 0',
    /^--tape is a run of one scenario, and no-pasid has 2\nGive one of them: --scenario no-pasid\/iommu, no-pasid\/no-iommu\.$/,
  ],
  [
    'rfc-v2 --scenario same-device-twice --tape 7',
    /^--tape 7: the tape was recorded on other code: rfc-v2 in same-device-twice leaves 0 questions open, the tape answers 1\n.* gives the tapes of this version\.$/,
  ],
  [
    'rfc-v2 --scenario allocation-failures --tape 0.1~0000',
    /asks other questions now \(~[\da-f]{4}, not ~0000\)\n/,
  ],
  ['rfc-v2 --scenario same-device-twice --tape x', /^--tape x: not a tape\n/],
  ['all --source', /^--source prints one file, so it goes with one --design NAME\n/],
  ['rfc-v2 --source --format json', /^--source prints C and runs nothing/],
  ['rfc-v2 --format sarif', /^--format must be one of text, json, markdown, svg, not 'sarif'\n/],
];

for (const [args, complaint] of UNUSABLE)
  test(`iommu-review simulate --design ${args}: says why, status 2`, async () => {
    const { status, out, err } = await design(...words(args));
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^iommu-review: /);
    assert.match(err.slice('iommu-review: '.length).trimEnd(), complaint);
  });
