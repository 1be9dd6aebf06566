/** An editor that knows nothing of ours, without a screen, set up as docs/editors says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { test } from 'node:test';
import { EXPECTED, type ExpectedFinding } from './expected.js';
import { placeOf } from './lines.js';

export interface OtherEditor {
  readonly name: string;
  /** Of docs/editors. */
  readonly config: string;
  /** Opens FILE with that configuration, prints `line rule` for each diagnostic once there are COUNT, lines from 1, and the hover on LINE; ends with 1 when they never come. */
  readonly script: { readonly name: string; readonly text: string };
  readonly command: (config: string, script: string) => readonly string[];
}

const workspace = resolve('test/e2e/workspace');

/** A rule that every configuration silences, so that there is something to change. */
const SILENCED = 'poor-comment';

/** Tests that it shows the findings of C and of a patch, and what a function is; and heeds the settings of its configuration. */
export function testOtherEditor(editor: OtherEditor): void {
  const [first, ...others] = EXPECTED.patch.findings;
  test(`${editor.name} shows the findings of a C document`, () => {
    check(editor, EXPECTED.c.file, EXPECTED.c.findings, SILENCED);
  });
  test(`${editor.name} shows the findings of a patch, without what its settings silence`, () => {
    const shown = check(editor, EXPECTED.patch.file, others, first.rule);
    assert.ok(!shown.some((line) => line.endsWith(` ${first.rule}`)), shown.join('\n'));
  });
}

/** What it prints for a document, in which it has to show these findings; `silenced`: by its settings. */
function check(
  { config, script, command }: OtherEditor,
  file: string,
  findings: readonly ExpectedFinding[],
  silenced: string,
): string[] {
  const lines = readFileSync(join(workspace, file), 'utf8').split('\n');
  const { on, word } = EXPECTED.hover;
  const hovered = placeOf(lines, on);
  const scratch = mkdtempSync(join(tmpdir(), 'iommu-review-editor-'));
  try {
    const scriptFile = join(scratch, script.name);
    writeFileSync(scriptFile, script.text);
    const configFile = join(scratch, config);
    const given = readFileSync(join('docs/editors', config), 'utf8');
    assert.ok(given.includes(SILENCED), config);
    writeFileSync(configFile, given.replace(SILENCED, silenced));
    installServer(scratch);
    const [program, ...args] = command(configFile, scriptFile);
    const { status, stdout, stderr } = spawnSync(program!, args, {
      encoding: 'utf8',
      cwd: workspace,
      timeout: 60_000,
      env: {
        ...process.env,
        HOME: scratch,
        XDG_STATE_HOME: scratch,
        XDG_CACHE_HOME: scratch,
        PATH: [scratch, process.env.PATH].join(delimiter),
        FILE: join(workspace, file),
        COUNT: String(findings.length),
        LINE: String(hovered.line),
        COLUMN: String(hovered.column + on.indexOf(word)),
      },
    });
    const all = `${stdout}\n${stderr}`;
    const shown = stdout.split('\n');
    for (const finding of findings) {
      const { line } = placeOf(lines, finding.on);
      assert.ok(shown.includes(`${line} ${finding.rule}`), `${finding.rule} on ${line} in:\n${all}`);
    }
    assert.ok(
      shown.some((each) => each.startsWith('hover: ') && each.includes(word)),
      all,
    );
    assert.equal(status, 0, all);
    return shown;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The program that `npm link` makes of the built server. */
function installServer(folder: string): void {
  const program = join(folder, 'iommu-review-lsp');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/server.js')}' "$@"\n`);
  chmodSync(program, 0o755);
}
