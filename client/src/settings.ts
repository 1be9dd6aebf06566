/** Reads the settings as the protocol names them; what they mean is the server's business. */
import * as vscode from 'vscode';
import { DEFAULT_SETTINGS, type Settings, SettingsSection } from '../../server/src/protocol/index.js';

/** The settings as they stand outside any folder, for `initialize`; the server asks for those of a document. */
export function currentSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration(SettingsSection);
  const read = <K extends keyof Settings>(name: K): Settings[K] =>
    configuration.get<Settings[K]>(name, DEFAULT_SETTINGS[name]);
  return {
    enable: read('enable'),
    scope: read('scope'),
    severity: read('severity'),
    minimumSeverity: read('minimumSeverity'),
    simulate: read('simulate'),
    codeLens: read('codeLens'),
    inlayHints: read('inlayHints'),
    kernelTree: read('kernelTree'),
  };
}
