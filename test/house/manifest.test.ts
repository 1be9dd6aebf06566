/** package.json declares what the client uses, and every command can be reached. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  ACTIVATED_CONTEXT,
  COMMENTS_CONTEXT,
  Command,
  ENCODED_MAIL_CONTEXT,
} from '../../client/src/names.js';
import { ClientCommand, DEFAULT_SETTINGS, SettingsSection } from '../../server/src/protocol/index.js';

interface Placed {
  readonly command: string;
  readonly when?: string;
  readonly key?: string;
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly extensionKind: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly keybindings: readonly Placed[];
    readonly menus: { readonly commandPalette: readonly Placed[] } & Readonly<
      Record<string, readonly Placed[]>
    >;
    readonly configuration: {
      readonly properties: Record<string, { default: unknown; markdownDescription?: string }>;
    };
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly languages: readonly { readonly firstLine: string; readonly configuration?: string }[];
    readonly viewsWelcome: readonly { readonly contents: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly completionEvents: readonly string[];
        readonly media: { readonly markdown: string };
      }[];
    }[];
  };
  readonly icon: string;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { commands, keybindings, menus, configuration, grammars, languages, walkthroughs } =
  manifest.contributes;

test('every command of the client is declared, and no other', () => {
  assert.deepEqual(commands.map(({ command }) => command).sort(), Object.values(Command).sort());
  for (const command of Object.values(ClientCommand))
    assert.ok(Object.values<string>(Command).includes(command));
});

test('every command has a title, a when and a keyboard way', () => {
  for (const { command, title, category } of commands) {
    assert.ok(title && category === 'IOMMU Review', command);
    const when = menus.commandPalette.find((item) => item.command === command)?.when;
    assert.ok(when, `${command}: when in the palette`);
    // What works on a comment box or on a row of the side bar is reached from there.
    if (when === 'false') {
      const isButton = ([menu, items]: readonly [string, readonly Placed[]]) =>
        /^(?:comments|view\/item)\//.test(menu) && items.some((item) => item.command === command);
      assert.ok(command === Command.showInPatch || Object.entries(menus).some(isButton), command);
      continue;
    }
    const binding = keybindings.find((item) => item.command === command);
    assert.ok(binding?.key && binding.when, `${command}: a key, and when it works`);
  }
  const keys = keybindings.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, 'two commands on one key');
});

test('context keys in when-clauses are those that the client sets', () => {
  const used = [...menus.commandPalette, ...keybindings].flatMap(
    ({ when }) => when?.match(/iommuReview\.\w+/g) ?? [],
  );
  for (const key of used)
    assert.ok([ACTIVATED_CONTEXT, ENCODED_MAIL_CONTEXT, COMMENTS_CONTEXT].includes(key), key);
});

test('the declared defaults are those of the protocol, and each setting is described', () => {
  for (const [name, value] of Object.entries(DEFAULT_SETTINGS)) {
    const declared = configuration.properties[`${SettingsSection}.${name}`];
    assert.deepEqual(declared?.default, value, name);
  }
  for (const [name, { markdownDescription }] of Object.entries(configuration.properties)) {
    assert.ok(markdownDescription, name);
  }
});

test('every file that the manifest names is there', () => {
  const files = [
    manifest.icon,
    ...grammars.map(({ path }) => path),
    ...languages.flatMap(({ configuration: path }) => path ?? []),
    ...manifest.contributes.jsonValidation.map(({ url }) => url),
    ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
  ];
  for (const file of files) assert.ok(existsSync(file), file);
});

test('what walkthroughs and empty views link to is there', () => {
  const texts = [
    ...walkthroughs.flatMap(({ steps }) =>
      steps.flatMap((step) => [step.description, ...step.completionEvents]),
    ),
    ...manifest.contributes.viewsWelcome.map(({ contents }) => contents),
  ];
  const named = texts.flatMap((text) => text.match(/(?<=(?:command|onCommand):)iommuReview\.\w+/g) ?? []);
  assert.ok(named.length > 8);
  for (const name of named) assert.ok(Object.values<string>(Command).includes(name), name);
});

test('a mail without extension is known by its first line', () => {
  const firstLine = new RegExp(languages[0]!.firstLine);
  for (const line of [
    'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001',
    'From mboxrd@z Thu Jan  1 00:00:00 1970',
    'From ada@example.org Wed Mar 30 12:00:00 2022',
    'Return-Path: <ada@example.org>',
    'Received: from mail.example.org by lists.example.org',
    'Message-ID: <20220330@example.org>',
    'From: Ada Writer <ada@example.org>',
    'Subject: [PATCH v2 3/11] iommu: Say it',
  ]) {
    assert.match(line, firstLine);
  }
  for (const line of [
    'diff --git a/x.c b/x.c',
    'From here on',
    'Subject: tea',
    '#include <linux/iommu.h>',
    '--- a/x.c',
  ]) {
    assert.doesNotMatch(line, firstLine);
  }
});

test('it runs where the files are, on every VS Code since 1.91', () => {
  assert.deepEqual(manifest.extensionKind, ['workspace']);
  assert.equal(manifest.engines.vscode, '^1.91.0');
});
