/**
 * Reads annotated samples of a grammar: a line of the sample stands behind
 * `| `, and under it carets with the scopes that the characters above must
 * have, or with `!` must not have. C is coloured by a stub, since VS Code's own
 * grammar is not ours and not here.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const STUB_OF_C = {
  scopeName: 'source.c',
  patterns: [{ include: '#any' }],
  repository: {
    any: {
      patterns: [
        { name: 'comment.block.c', begin: '/\\*', end: '\\*/' },
        { name: 'string.quoted.double.c', begin: '"', end: '"' },
        { name: 'keyword.control.c', match: '\\b(?:if|return|goto)\\b' },
        { name: 'storage.type.c', match: '\\b(?:struct|int|void|static)\\b' },
        { name: 'meta.block.c', begin: '\\{', end: '\\}', patterns: [{ include: '#any' }] },
        { name: 'meta.parens.c', begin: '\\(', end: '\\)', patterns: [{ include: '#any' }] },
      ],
    },
  },
};

const GRAMMARS: Record<string, string> = {
  'source.kernel-patch': 'syntaxes/kernel-patch.tmLanguage.json',
  'source.iommu.injection': 'syntaxes/iommu-c.injection.tmLanguage.json',
};

const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

async function loadGrammar(scopeName: string): Promise<textmate.IGrammar> {
  const onigLib = oniguruma.loadWASM(readFileSync(wasm)).then(() => ({
    createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text: string) => new oniguruma.OnigString(text),
  }));
  const registry = new textmate.Registry({
    onigLib,
    loadGrammar: async (scope) => {
      if (scope === 'source.c') return STUB_OF_C as unknown as textmate.IRawGrammar;
      const path = GRAMMARS[scope];
      return path ? textmate.parseRawGrammar(readFileSync(path, 'utf8'), join(process.cwd(), path)) : null;
    },
    getInjections: (scope) => (scope.startsWith('source.iommu') ? undefined : ['source.iommu.injection']),
  });
  const grammar = await registry.loadGrammar(scopeName);
  assert.ok(grammar, `no grammar for ${scopeName}`);
  return grammar;
}

const grammars = new Map<string, Promise<textmate.IGrammar>>();

interface Mark {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly scopes: readonly string[];
}

function readSample(annotated: string): { lines: string[]; marks: Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const row of annotated.replace(/^\n/, '').split('\n')) {
    if (row.startsWith('|')) {
      lines.push(row.slice(2));
      continue;
    }
    const mark = /^([ \t]*)(\^+) (.+)$/.exec(row);
    if (!mark) continue;
    const from = mark[1]!.length - 2;
    marks.push({ line: lines.length - 1, from, to: from + mark[2]!.length, scopes: mark[3]!.split(/\s+/) });
  }
  return { lines, marks };
}

function has(scopes: readonly string[], wanted: string): boolean {
  return scopes.some((scope) => scope === wanted || scope.startsWith(`${wanted}.`));
}

/** Fails with every mark that does not hold. */
export async function checkScopes(scopeName: string, annotated: string): Promise<void> {
  if (!grammars.has(scopeName)) grammars.set(scopeName, loadGrammar(scopeName));
  const grammar = await grammars.get(scopeName)!;
  const { lines, marks } = readSample(annotated);
  assert.ok(marks.length > 0, 'the sample has no marks');
  const scopesAt: string[][][] = [];
  let state = textmate.INITIAL;
  for (const line of lines) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    scopesAt.push(
      Array.from(
        line,
        (_, column) => tokens.find((t) => t.startIndex <= column && column < t.endIndex)?.scopes ?? [],
      ),
    );
  }
  const complaints: string[] = [];
  for (const { line, from, to, scopes } of marks) {
    for (let column = from; column < to; column++) {
      const found = scopesAt[line]?.[column] ?? [];
      for (const scope of scopes) {
        const isBanned = scope.startsWith('!');
        if (has(found, isBanned ? scope.slice(1) : scope) === isBanned)
          complaints.push(
            `${lines[line]}\n  column ${column} "${lines[line]?.[column]}": wanted ${scope}, found ${found.join(' ')}`,
          );
      }
    }
  }
  assert.equal(complaints.length, 0, `\n${complaints.slice(0, 12).join('\n')}`);
}
