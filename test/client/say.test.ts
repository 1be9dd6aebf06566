/** What names of files and words of mails may do in messages: nothing. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withoutLinks } from '../../server/src/protocol/index.js';

test('nothing in a message becomes a link', () => {
  const name = '[see](command:workbench.action.quit) [or](https://example.org).patch';
  // As VS Code tells links in messages.
  assert.doesNotMatch(withoutLinks(name), /\[[^\]]+\]\((?:https?:\/\/|command:|file:)/i);
  assert.equal(withoutLinks('pad_ring[0] (drivers/x.c)'), 'pad_ring[0] (drivers/x.c)');
});

test('every message of the client goes that way', () => {
  const folder = 'client/src';
  for (const name of readdirSync(folder).filter((each) => each !== 'say.ts'))
    assert.doesNotMatch(
      readFileSync(join(folder, name), 'utf8'),
      /\.show(?:Information|Warning|Error)Message\b/,
      name,
    );
});
