/**
 * One VS Code in one browser, as build/e2e.mjs has started it, and what a
 * person does in it. The only file that knows VS Code's selectors, which held
 * on 1.100 and 1.139.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

interface Session {
  readonly chromium: string;
  readonly url: string;
  readonly port: number;
  readonly workspace: string;
  readonly profile: string;
  readonly screenshots: string;
  /** Has a line for each time that `git` or `b4` was run; absent when neither was. */
  readonly ran: string;
}

/** What build/e2e.mjs says; these tests cannot run without it. */
export function readSession(): Session {
  const given = process.env.IOMMU_REVIEW_E2E;
  assert.ok(given, 'run these by "npm run test:e2e"');
  return JSON.parse(given) as Session;
}

const QUIET_BROWSER = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long an editor may take to show anything, on a slow machine beside other work. */
const PATIENCE = 30_000;

export interface Squiggle {
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
}

export class Editor {
  readonly session: Session;
  #browser: Browser | null = null;
  #page: Page | null = null;
  /** What the Problems list is to be filtered by. */
  #filter = '';

  constructor(session: Session) {
    this.session = session;
  }

  /** The one page of the browser, once it is started. */
  get page(): Page {
    assert.ok(this.#page, 'the browser is started before the first test');
    return this.#page;
  }

  async start(): Promise<void> {
    mkdirSync(this.session.screenshots, { recursive: true });
    this.#browser = await chromium.launch({ executablePath: this.session.chromium, args: QUIET_BROWSER });
    const context = await this.#browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.session.url });
    this.#page = await context.newPage();
    this.#page.setDefaultTimeout(PATIENCE);
  }

  async close(): Promise<void> {
    if (this.#page) await this.#leave();
    await this.#browser?.close();
  }

  /**
   * Leaves the window, and waits until what ran for it has ended. VS Code keeps
   * that up for hours when it has not heard of the leaving, as may happen on a
   * busy machine: then it is put an end to.
   */
  async #leave(): Promise<void> {
    await this.page.goto('about:blank').catch(() => {});
    const end = Date.now() + 5000;
    while (this.languageServers().length > 0 && Date.now() < end) await this.page.waitForTimeout(100);
    for (const { id, parent } of this.languageServers())
      for (const each of [parent, id]) process.kill(each, 'SIGKILL');
  }

  /** The language servers that the extension has started, by the numbers of their processes (on Linux). */
  languageServers(): { readonly id: number; readonly parent: number }[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
          if (!command.includes(this.session.profile) || !command.includes('dist/server.js')) return [];
          const [, parent] = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8')) ?? [];
          return [{ id: Number(name), parent: Number(parent) }];
        } catch {
          return [];
        }
      });
  }

  /** Opens a folder or `.code-workspace`, afresh; the workspace when none is named. `files`: paths in the workspace. */
  async openRoot(files: readonly string[] = [], root = this.session.workspace): Promise<void> {
    const { url, port, workspace } = this.session;
    // What one test filtered by, and did not take back when it failed, is nothing to the next.
    this.#filter = '';
    const payload = JSON.stringify(
      files.map((file) => ['openFile', `vscode-remote://127.0.0.1:${port}${resolve(workspace, file)}`]),
    );
    await this.#leave();
    const place = root.endsWith('.code-workspace') ? { workspace: root } : { folder: root };
    await this.page.goto(`${url}/?${new URLSearchParams({ ...place, payload })}`);
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** Leaves the window for good and comes back to the workspace as it was left. */
  async comeBack(): Promise<void> {
    const { url, workspace } = this.session;
    // What the window looks like, and what belongs to the workspace, is kept with a delay.
    await this.page.waitForTimeout(6000);
    await this.page.goto('about:blank');
    await this.page.goto(`${url}/?${new URLSearchParams({ folder: workspace })}`);
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** Opens the workspace, or another folder, with one file, afresh. */
  async open(file: string, root?: string): Promise<void> {
    await this.openRoot([file], root);
    await this.#activeTab(file.slice(file.lastIndexOf('/') + 1)).waitFor();
    await this.lines().first().waitFor();
  }

  /** Adds settings of the user, for windows that are opened from now on; gives back what takes them away. */
  addSettings(more: Readonly<Record<string, unknown>>): () => void {
    const file = join(this.session.profile, 'ud/User/settings.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(before) as object), ...more }));
    return () => writeFileSync(file, before);
  }

  /** Opens a further file of the workspace in the same window. */
  async openBeside(file: string): Promise<void> {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const row = (part: string) =>
      this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${part}"]`);
    for (const folder of file.split('/').slice(0, -1)) {
      const entry = row(folder).first();
      if ((await entry.getAttribute('aria-expanded')) !== 'true') await entry.click();
    }
    await row(name).first().dblclick();
    await this.#activeTab(name).waitFor();
  }

  #activeTab(name: string): Locator {
    return this.page.locator('.tab.active', { hasText: name });
  }

  lines(): Locator {
    return this.page.locator('.editor-instance .view-line');
  }

  /** Waits until the status bar names this language. */
  async hasLanguage(name: string): Promise<void> {
    await this.page.locator('.statusbar-item[id="status.editor.mode"]', { hasText: name }).waitFor();
  }

  /** The colour of the first token of the first line that starts so. */
  async colourOf(start: string): Promise<string> {
    const colour = await this.page.evaluate(`(() => {
      const lines = [...document.querySelectorAll('.editor-instance .view-line')];
      const line = lines.find(({ textContent }) => textContent.startsWith(${JSON.stringify(start)}));
      const token = line?.querySelector('span span');
      return token ? getComputedStyle(token).color : '';
    })()`);
    assert.ok(colour, `no line in sight starts with "${start}"`);
    return String(colour);
  }

  /** The lines of the document in one of the groups, by the clipboard, because only those in sight are in the page. */
  async documentText(group: 1 | 2 = 1): Promise<string[]> {
    await this.page.keyboard.press(`Control+${group}`);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+C');
    return String(await this.page.evaluate('navigator.clipboard.readText()')).split('\n');
  }

  /** Pastes a text over all of the document in the first group. */
  async replaceText(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.page.keyboard.press('Control+1');
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+V');
  }

  async screenshot(name: string): Promise<void> {
    // What fades in is to be seen whole.
    await this.page.waitForTimeout(200);
    await this.page.screenshot({ path: join(this.session.screenshots, `${name}.png`) });
  }

  /** The same in the light theme, and in the dark one as `name-dark`. `again`: shows what a command closes, like a list to choose from. */
  async screenshots(name: string, again: () => Promise<void> = async () => {}): Promise<void> {
    await this.screenshot(name);
    await this.#toggleTheme('vs-dark');
    await again();
    await this.screenshot(`${name}-dark`);
    await this.#toggleTheme('vs');
    await again();
  }

  async #toggleTheme(wanted: 'vs' | 'vs-dark'): Promise<void> {
    await this.command('Preferences: Toggle between Light/Dark Themes');
    await this.page.locator(`.monaco-workbench.${wanted}`).waitFor();
  }

  /** How long VS Code says that activating the extension took, as `12ms`. */
  async activationTime(): Promise<string> {
    await this.command('Developer: Show Running Extensions');
    const row = this.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'IOMMU Review' });
    const [, time = ''] = /Activation: (\d+ms)/.exec(await row.first().innerText()) ?? [];
    return time;
  }

  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    await input.waitFor();
    await input.fill(`>${title}`);
    // The row itself, since the palette may put another command first.
    await this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first().click();
    // A command that asks something takes the palette's place before that is gone.
    await this.waitFor('the palette to go', async () => {
      const value = await input.inputValue({ timeout: 1000 }).catch(() => '');
      return !(await input.isVisible()) || !value.startsWith('>') || null;
    });
  }

  /** Shows an editor that is open already. */
  async showTab(name: string): Promise<void> {
    await this.page.locator('.tab', { hasText: name }).first().click();
    await this.#activeTab(name).waitFor();
  }

  async gotoLine(line: number, column = 1): Promise<void> {
    // The first editor group; a click would move the cursor and may land on a decoration.
    await this.page.keyboard.press('Control+1');
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** What is underlined of the lines in sight. */
  async squiggles(): Promise<Squiggle[]> {
    const numbers = await this.#lineNumbers();
    const found: Squiggle[] = [];
    for (const severity of ['error', 'warning', 'info', 'hint'] as const) {
      for (const mark of await this.page.locator(`.editor-instance .squiggly-${severity}`).all()) {
        const box = await mark.boundingBox();
        const line =
          box &&
          numbers.find(({ top, bottom }) => top <= box.y + box.height / 2 && box.y + box.height / 2 < bottom);
        if (line) found.push({ line: line.line, severity });
      }
    }
    return found;
  }

  async #lineNumbers(): Promise<{ line: number; top: number; bottom: number }[]> {
    const numbers: { line: number; top: number; bottom: number }[] = [];
    for (const element of await this.page.locator('.editor-instance .margin .line-numbers').all()) {
      const box = await element.boundingBox();
      const line = Number(await element.textContent());
      if (box && line) numbers.push({ line, top: box.y, bottom: box.y + box.height });
    }
    return numbers;
  }

  /** The texts of the Problems list, once it has what is waited for. */
  async problems(until: (rows: readonly string[]) => boolean = (rows) => rows.length > 0): Promise<string[]> {
    return this.waitFor('the Problems list', async () => {
      // A view that opens by itself may come in its place, and the words of the window before may come back late.
      const filter = await this.#problemsFilter();
      if ((await filter.inputValue()) !== this.#filter) await filter.fill(this.#filter);
      const rows = await this.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
      const tidy = rows.map((row) => row.replace(/\s+/g, ' ').trim());
      return until(tidy) ? tidy : null;
    });
  }

  /** The field that filters the Problems list, which is shown for it. */
  async #problemsFilter(): Promise<Locator> {
    if (!(await this.page.locator('.markers-panel').isVisible()))
      await this.page.keyboard.press('Control+Shift+M');
    const filter = this.page.getByPlaceholder(/^Filter \(e\.g\./);
    await filter.waitFor();
    return filter;
  }

  /** The hover over the text; a tab or a button under the mouse has one as well. */
  hover(options: { readonly hasText?: string } = {}): Locator {
    return this.page.locator('.monaco-hover:not(.workbench-hover):visible', options);
  }

  /** Leaves only those in the Problems list that have these words; the list shows no more rows than there is room for. */
  async filterProblems(words: string): Promise<void> {
    await (await this.#problemsFilter()).fill(words);
    this.#filter = words;
  }

  async hoverText(line: number, column: number): Promise<string> {
    await this.gotoLine(line, column);
    await this.command('Show or Focus Hover');
    const hover = this.hover().first();
    await hover.waitFor();
    return ((await hover.textContent()) ?? '').replace(/\s+/g, ' ');
  }

  /** Chooses in the open list of the palette. */
  async pick(label: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    await row.click();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** The line above the code in sight that says so. */
  lens(words: RegExp): Locator {
    return this.page.locator('.codelens-decoration', { hasText: words }).first();
  }

  /** The titles of the quick fixes on a line. Asked for again, since VS Code drops what it was asked when findings come in. */
  async quickFixes(line: number, column: number): Promise<string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await this.waitFor('the quick fixes', async () => {
      await this.gotoLine(line, column);
      await this.page.keyboard.press('Control+.');
      const shown = rows.first().waitFor({ timeout: 5000 });
      return shown.then(() => true).catch(() => null);
    });
    return (await rows.allInnerTexts()).map((row) => row.trim());
  }

  /** Chooses from the open list by the keyboard: the widget lies under a block that takes clicks. */
  async applyQuickFix(title: string): Promise<void> {
    const rows = await this.page.locator('.action-widget .monaco-list-row.action').allInnerTexts();
    const index = rows.findIndex((row) => row.trim() === title);
    assert.ok(index >= 0, `no quick fix "${title}" among ${rows.join(' | ')}`);
    for (let n = 0; n < index; n++) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget').first().waitFor({ state: 'hidden' });
  }

  /** Asks again and again until there is an answer. */
  async waitFor<T>(what: string, ask: () => Promise<T | null>, patience = PATIENCE): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const answer = await ask();
      if (answer !== null) return answer;
      if (Date.now() > end) {
        assert.fail(`waited in vain for ${what}`);
      }
      await this.page.waitForTimeout(200);
    }
  }
}

/** An editor for the tests of one file, and tests that leave a picture of what they saw when they fail. */
export function editorTests(): {
  readonly editor: Editor;
  readonly test: (name: string, body: () => Promise<void>) => void;
} {
  const editor = new Editor(readSession());
  before(() => editor.start());
  after(() => editor.close());
  return {
    editor,
    test: (name, body) => {
      test(name, async () => {
        try {
          await body();
        } catch (error) {
          await editor.screenshot(`failed-${name.replace(/\W+/g, '-')}`);
          throw error;
        }
      });
    },
  };
}
