/** The simulator panel's page: a scenario is chosen, its run is walked through, other answers are given, and the code follows. */
import type { AttachFlow, FlowScenario, RunQuestion, WorldVariant } from '../../server/src/protocol/index.js';
import { Beside } from './beside.js';
import { Controls } from './controls.js';
import { element } from './elements.js';
import { textOf } from './flow-state.js';
import { Host } from './host.js';
import type { ToPanel } from './messages.js';
import { commandOf, nextOpen } from './questions.js';
import { RunView } from './run-view.js';
import { firstOf, groupsOf, keyOf, telling } from './scenario-list.js';
import { runWords, SIGNS, verdictWords } from './words.js';
import { worldParts } from './world-view.js';

const FAILURES = 'failures';

class Page {
  readonly #host = new Host();
  #flow: AttachFlow | null = null;
  #of: { readonly uri: string; readonly batch: number } | null = null;
  #picked: string | null = null;
  #question: RunQuestion | null = null;
  /** Of the document, that the run is of. */
  #version: number | null = null;
  #view: RunView | null = null;
  /** What all runs say of worlds in which something is varied, in words, and the run that shows it. */
  readonly #explored = new Map<string, { readonly words: string; readonly tape: string }>();
  readonly #choice = element('select', { id: 'scenario' });
  readonly #words = element('div', { class: 'words' });
  readonly #noted = element('p', { class: 'note' });
  readonly #world = element('details', { class: 'world' });
  readonly #body = element('main', { class: 'runs' });
  readonly #said = element('p', { class: 'said-aloud', 'aria-live': 'polite' });
  readonly #controls = new Controls({
    go: (index) => this.#view?.go(index),
    step: () => this.#view?.step ?? 0,
    last: () => (this.#view?.run.steps.length ?? 1) - 1,
    breaking: () => this.#view?.breaking ?? 0,
    nextOpen: (direction) => this.#toOpen(direction),
    open: () => this.#view?.open(),
    first: () => this.#again(),
    copyTrace: () => this.#copyTrace(),
    copyTape: () => this.#copyTape(),
    export: () => this.#host.say({ kind: 'export' }),
    pictures: () => this.#host.say({ kind: 'pictures' }),
  });
  readonly #beside = new Beside(this.#host, {
    changed: () => this.#arrange(),
    said: (words) => this.#tell(words),
  });

  readonly #options = element('section', { class: 'options', 'aria-label': 'Worlds and designs' }, [
    this.#world,
    this.#beside.list,
  ]);

  start(): void {
    this.#choice.addEventListener('change', () => void this.#choose(this.#choice.value));
    const header = element('header', {}, [
      element('label', { for: 'scenario' }, ['Scenario ']),
      this.#choice,
      this.#words,
      this.#noted,
      this.#controls.root,
    ]);
    // Its words wrap: what sticks below it has to know how high it is.
    new ResizeObserver(() =>
      document.documentElement.style.setProperty('--header', `${header.offsetHeight}px`),
    ).observe(header);
    document.body.append(header, this.#options, this.#body, this.#said);
    document.addEventListener('keydown', (event) =>
      this.#controls.key(event, this.#beside.viewOf(event.target)),
    );
    this.#host.onFlow((message) => this.#take(message));
    this.#host.say({ kind: 'ready' });
  }

  #take(message: Exclude<ToPanel, { kind: 'answer' }>): void {
    if (message.kind === 'none') {
      if (!this.#flow) this.#body.replaceChildren(element('p', { class: 'none' }, [message.words]));
      return;
    }
    const { flow, designs, uri, batch, operation } = message;
    this.#flow = flow;
    this.#of = { uri, batch };
    this.#fillChoice(flow);
    this.#beside.designs(designs);
    const meant = operation === null ? null : telling(flow.scenarios, operation);
    if (meant && this.#picked !== null && keyOf(meant) !== this.#picked) {
      this.#choice.value = keyOf(meant);
      void this.#choose(keyOf(meant));
      return;
    }
    const kept = meant ? null : this.#host.kept(uri);
    const wanted = this.#picked ?? kept?.scenario ?? null;
    const found = meant ?? flow.scenarios.find((each) => keyOf(each) === wanted);
    // The one that is wanted may not have been run yet.
    const scenario = found ?? (wanted !== null && !flow.isOver ? null : telling(flow.scenarios));
    if (!scenario) {
      if (!this.#view) this.#body.replaceChildren(element('p', { class: 'none' }, [flow.words]));
      return;
    }
    const isFirst = this.#picked === null;
    this.#picked = keyOf(scenario);
    this.#choice.value = this.#picked;
    const isOld = this.#version !== flow.version;
    this.#version = flow.version;
    // What all runs said was said of other code.
    if (isOld) this.#explored.clear();
    this.#tellVerdict();
    // What was walked to is walked to again, if the code still has that run.
    if (isFirst && kept) void this.#restore(kept.run, kept.step, kept.design);
    else if (this.#view && isOld) void this.#restore(this.#view.run, this.#view.step, this.#beside.shown);
    else if (!this.#question) void this.#show(firstOf(scenario), 0, 'at first');
  }

  #fillChoice({ scenarios }: AttachFlow): void {
    this.#choice.replaceChildren(
      ...groupsOf(scenarios).map(({ label, options }) =>
        element(
          'optgroup',
          { label },
          options.map((each) => element('option', { value: each.key }, [each.label])),
        ),
      ),
    );
  }

  get #scenario(): FlowScenario | null {
    return this.#flow?.scenarios.find((each) => keyOf(each) === this.#picked) ?? null;
  }

  async #choose(id: string): Promise<void> {
    this.#picked = id;
    const scenario = this.#scenario;
    if (scenario) await this.#show(firstOf(scenario), 0, 'at first');
  }

  /** The run that was shown before, or the first where there is no such run any more. */
  async #restore(
    run: { readonly scenario: string; readonly tape: string } | null,
    step: number,
    design: string | null,
  ): Promise<void> {
    const scenario = this.#scenario;
    if (!scenario) return;
    const first = firstOf(scenario);
    const wanted = run && { ...first, scenario: run.scenario, tape: run.tape };
    const isThere = await this.#show(wanted ?? first, step, 'at first');
    if (!isThere && wanted) {
      await this.#show(first, 0, 'at first');
      this.#note('The code has changed and has no such run any more: this is the first one.');
    }
    if (design !== null) await this.#beside.show(design);
  }

  /** Whether there is such a run. */
  async #show(question: RunQuestion, step: number, how: 'by hand' | 'at first'): Promise<boolean> {
    this.#controls.stop();
    this.#question = question;
    this.#body.setAttribute('aria-busy', 'true');
    if (question.tape === null) this.#note('All runs in this world are being tried…');
    const { id, answer } = await this.#host.ask(question);
    // Another one is wanted by now.
    if (this.#question !== question) return true;
    this.#body.removeAttribute('aria-busy');
    if (answer?.kind !== 'run') {
      this.#note(answer ? `There is no such run: ${answer.why}.` : NOT_KNOWN);
      if (!this.#view) this.#question = null;
      return false;
    }
    const { run } = answer;
    this.#noted.textContent = '';
    if (question.tape === null)
      this.#explored.set(run.scenario, { words: verdictWords(run), tape: run.tape });
    this.#host.say({ kind: 'shown', id });
    this.#view = new RunView(run, 'own', null, {
      went: (index, by) => this.#went(index, by),
      opens: (index) => this.#host.say({ kind: 'show source', id, step: index }),
      wants: (other) =>
        void this.#show(other, this.#view?.step ?? 0, 'by hand').then(() => this.#view?.focus()),
    });
    this.#world.replaceChildren(...worldParts(run.variants, (variant) => void this.#vary(variant)));
    this.#arrange();
    this.#view.go(step, how);
    this.#tellVerdict();
    // Designs have no operations of drivers, and nothing is varied in the world of those.
    this.#options.hidden = run.operation !== undefined;
    if (run.operation && this.#beside.shown !== null) await this.#beside.show(null);
    if (!run.operation) this.#beside.scenario(run.scenario);
    return true;
  }

  /** A run of a world without failures is shown again with what could fail in it; other worlds are explored. */
  async #vary({ id, isOn, other }: WorldVariant): Promise<void> {
    const run = this.#view?.run;
    if (!run || other === null) return;
    const isKept = id === FAILURES && !isOn;
    const question = {
      design: null,
      scenario: other,
      tape: isKept ? run.tape : null,
      isBeforeFailures: isKept,
    };
    await this.#show(question, isKept ? (this.#view?.step ?? 0) : 0, 'by hand');
    document.getElementById(`variant-${id}`)?.focus();
  }

  /** Back to the first run that fails in this world. */
  async #again(): Promise<void> {
    const scenario = this.#scenario;
    const wanted = this.#question?.scenario ?? '';
    if (!scenario) return;
    const first = firstOf(scenario);
    await this.#show(wanted.includes('+') ? { ...first, scenario: wanted, tape: null } : first, 0, 'by hand');
    this.#view?.go(this.#view.breaking);
  }

  #arrange(): void {
    const views = [this.#view?.root, this.#beside.root].filter((root) => root !== undefined && root !== null);
    this.#body.classList.toggle('two', views.length > 1);
    this.#body.replaceChildren(...views);
    this.#controls.root.hidden = this.#view === null;
    this.#keep();
  }

  /** Of the scenario in all its runs, and of the run that is shown if that is not its first. */
  #tellVerdict(): void {
    const scenario = this.#scenario;
    const run = this.#view?.run;
    if (!scenario || !this.#flow) return;
    const isVaried = run?.scenario.includes('+') ?? false;
    const explored = isVaried
      ? this.#explored.get(run?.scenario ?? '')
      : { words: verdictWords(scenario), tape: scenario.breach?.tape ?? scenario.tape ?? null };
    const more = this.#flow.isOver ? '' : '; others are still being run';
    const verdict = explored?.words ?? NOT_EXPLORED;
    const isFirst =
      explored?.tape === run?.tape ||
      (explored?.tape === null && run?.choices.every(({ taken }) => taken === 0));
    this.#words.replaceChildren(
      element('p', { class: 'story' }, [run?.story ?? scenario.story]),
      element('p', { class: `verdict ${kindOf(verdict)}` }, [verdict, more]),
      ...(run && !isFirst
        ? [element('p', { class: `this-run ${run.verdict}` }, [`This run: ${runWords(run)}`])]
        : []),
    );
  }

  /** Stays until another run is shown. */
  #note(words: string): void {
    this.#noted.textContent = words;
    this.#tell(words);
  }

  #tell(words: string): void {
    this.#said.textContent = words;
  }

  #went(index: number, how: 'by hand' | 'at first'): void {
    const steps = this.#view?.run.steps ?? [];
    const step = steps[index];
    if (!step) return;
    if (how === 'by hand' && step.line !== null) this.#host.say({ kind: 'show', line: step.line });
    this.#tell(`Step ${index + 1} of ${steps.length}, ${step.lane}: ${step.text}`);
    this.#keep();
  }

  #toOpen(direction: 1 | -1): void {
    const view = this.#view;
    const next = view && nextOpen(view.run, view.step, direction);
    if (view && next !== null) view.go(next);
    else this.#tell('No other step could go another way.');
  }

  #copyTrace(): void {
    const steps = this.#view?.run.steps;
    if (steps) this.#host.say({ kind: 'copy', what: 'The trace', text: `${textOf(steps)}\n` });
  }

  #copyTape(): void {
    const run = this.#view?.run;
    if (run) this.#host.say({ kind: 'copy', what: 'The tape', text: commandOf(run, null) });
  }

  #keep(): void {
    if (!this.#of || !this.#view) return;
    const { run, step } = this.#view;
    const { scenario, tape } = run;
    this.#host.keep({
      ...this.#of,
      scenario: this.#picked,
      run: { scenario, tape },
      step,
      design: this.#beside.shown,
    });
  }
}

const NOT_EXPLORED = '? not explored: one run of this world is shown, and "First failing run" tries all';

const NOT_KNOWN =
  'The run cannot be shown: the document is being simulated anew, or is not simulated any more.';

function kindOf(words: string): FlowScenario['verdict'] {
  if (words.startsWith(SIGNS.violated)) return 'violated';
  return words.startsWith(SIGNS.held) ? 'held' : 'not-modelled';
}

new Page().start();
