/**
 * What the user set. An editor that lets itself be asked is asked, once per
 * document; of the others the last `didChangeConfiguration` counts, then the
 * initialization options. A setting that cannot be understood is complained
 * about once and left at its default: a typing error must not turn the whole
 * review off.
 */
import type { Connection } from 'vscode-languageserver/node';
import { SEVERITIES, type Severity } from '../../findings/index.js';
import {
  DEFAULT_SETTINGS,
  SCOPES,
  type Scope,
  type Settings,
  SettingsSection,
} from '../../protocol/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Log } from '../log.js';

type Fields = { readonly [name: string]: unknown };

/** `base` with what `given` sets, and what is wrong in `given`. */
export function readSettings(
  given: unknown,
  base: Settings,
  ruleIds: ReadonlySet<string>,
): { settings: Settings; complaints: string[] } {
  if (!isFields(given)) return { settings: base, complaints: [] };
  const complaints: string[] = [];
  /** A value that is there but wrong is complained about; one that is not there is not. */
  function take<T>(
    name: keyof Settings,
    otherwise: T,
    accepts: (value: unknown) => value is T,
    wanted: string,
  ): T {
    const value = given![name as keyof typeof given] as unknown;
    if (value === undefined || value === null) return otherwise;
    if (accepts(value)) return value;
    complaints.push(`${SettingsSection}.${name}: expected ${wanted}`);
    return otherwise;
  }
  const settings: Settings = {
    enable: take('enable', base.enable, isBoolean, 'true or false'),
    scope: take('scope', base.scope, isScope, SCOPES.join(', ')),
    severity: severitiesOf(take('severity', base.severity, isFields, 'an object'), ruleIds, complaints),
    minimumSeverity: take('minimumSeverity', base.minimumSeverity, isSeverity, SEVERITIES.join(', ')),
    simulate: take('simulate', base.simulate, isBoolean, 'true or false'),
    codeLens: take('codeLens', base.codeLens, isBoolean, 'true or false'),
    inlayHints: take('inlayHints', base.inlayHints, isBoolean, 'true or false'),
    kernelTree: take('kernelTree', base.kernelTree, (value) => typeof value === 'string', 'a folder').trim(),
  };
  return { settings, complaints };
}

function severitiesOf(
  given: Fields,
  ruleIds: ReadonlySet<string>,
  complaints: string[],
): Settings['severity'] {
  const severities: Record<string, Severity | 'off'> = {};
  for (const [rule, value] of Object.entries(given)) {
    if (!ruleIds.has(rule)) complaints.push(`${SettingsSection}.severity: there is no rule "${rule}"`);
    else if (value === 'off' || isSeverity(value)) severities[rule] = value;
    else complaints.push(`${SettingsSection}.severity: ${rule} expects ${SEVERITIES.join(', ')} or off`);
  }
  return severities;
}

/** The settings of each document, asked for once and kept until they change. */
export class Configuration {
  private client: ClientFacts | null = null;
  private pushed: unknown = undefined;
  private readonly perDocument = new Map<string, Promise<Settings>>();
  private readonly complained = new Set<string>();
  private readonly ruleIds: ReadonlySet<string>;

  constructor(
    private readonly connection: Connection,
    private readonly log: Log,
    ruleIds: readonly string[],
    private readonly ownRuleIds: () => readonly string[] = () => [],
  ) {
    this.ruleIds = new Set(ruleIds);
  }

  initialize(client: ClientFacts): void {
    this.client = client;
    this.perDocument.clear();
  }

  /** Takes the payload of `didChangeConfiguration`: everything is asked for anew. */
  changed(payload: unknown): void {
    this.pushed = sectionOf(payload);
    this.perDocument.clear();
  }

  forget(uri: string): void {
    this.perDocument.delete(uri);
  }

  of(uri: string): Promise<Settings> {
    let settings = this.perDocument.get(uri);
    if (!settings) {
      settings = this.ask(uri);
      this.perDocument.set(uri, settings);
    }
    return settings;
  }

  private async ask(uri: string): Promise<Settings> {
    const options = this.client?.options;
    const initial = this.read(options?.settings ?? options?.iommuReview, DEFAULT_SETTINGS);
    if (!this.client?.pullsConfiguration) return this.read(this.pushed, initial);
    try {
      const item = { scopeUri: uri, section: SettingsSection };
      return this.read(await this.connection.workspace.getConfiguration(item), initial);
    } catch (error) {
      this.log.failure('asking the editor for its configuration', error);
      return this.read(this.pushed, initial);
    }
  }

  private read(given: unknown, base: Settings): Settings {
    const { settings, complaints } = readSettings(
      given,
      base,
      new Set([...this.ruleIds, ...this.ownRuleIds()]),
    );
    for (const complaint of complaints) {
      if (!this.complained.has(complaint)) this.log.warn(complaint);
      this.complained.add(complaint);
    }
    return settings;
  }
}

/** Some editors send the section by its name, others what is in it. */
function sectionOf(payload: unknown): unknown {
  return isFields(payload) && SettingsSection in payload ? payload[SettingsSection] : payload;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isSeverity(value: unknown): value is Severity {
  return SEVERITIES.some((severity) => severity === value);
}

function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}
