/** Switches the hints beside the code on and off, where the user has set them. */
import * as vscode from 'vscode';
import { SettingsSection } from '../../server/src/protocol/index.js';
import { inform } from './say.js';

const SETTING = 'inlayHints';

export async function toggleInlayHints(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SettingsSection);
  const isOn = configuration.get(SETTING, false);
  const isWorkspaces = configuration.inspect(SETTING)?.workspaceValue !== undefined;
  const target = isWorkspaces ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(SETTING, !isOn, target);
  if (isOn) return;
  if (vscode.workspace.getConfiguration('editor').get('inlayHints.enabled') === 'off')
    void inform(
      'IOMMU Review: inlay hints are off in this editor altogether: see editor.inlayHints.enabled.',
    );
}
