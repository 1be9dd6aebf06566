import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picturesInTheme } from '../../client/src/pictures.js';
import { traceSvg } from '../../server/src/findings/index.js';

const TRACE = { scenario: 'alone', tape: '-', steps: [] };

function drawn(markdown: string): string {
  const [, data = ''] = /base64,([^)]*)\)/.exec(markdown) ?? [];
  return Buffer.from(data, 'base64').toString('utf8');
}

test('a picture takes the colours of the theme, and all else stays', () => {
  const svg = traceSvg(TRACE, 'a → b: “deadlock”');
  assert.match(svg, /prefers-color-scheme/);
  const markdown = `before ![a](data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}) after`;
  for (const isDark of [true, false]) {
    const shown = picturesInTheme(markdown, isDark);
    assert.match(shown, /^before !\[a\]\(data:.* after$/);
    assert.doesNotMatch(drawn(shown), /prefers-color-scheme/);
    assert.match(drawn(shown), isDark ? /@media all\{/ : /@media not all\{/);
    assert.equal(drawn(shown).replace(/@media (?:not )?all/, '@media(prefers-color-scheme:dark)'), svg);
  }
});

test('text without pictures is left alone', () => {
  const markdown = 'data:image/png;base64,AAAA and @media(prefers-color-scheme:dark)';
  assert.equal(picturesInTheme(markdown, true), markdown);
});
