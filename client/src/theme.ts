/** The colours of the editor. */
import * as vscode from 'vscode';

export function isDarkTheme(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
}
