/** Who a mail is from and to, however it is written. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressesOf } from '../../server/src/patch/index.js';
import { mail, only } from './mails.js';

function cc(written: string): string[] {
  const { headers } = only(mail(['Subject: x', `Cc: ${written}`], 'text\n'));
  return addressesOf(headers, 'cc').map(({ name, mail: address }) =>
    name === null ? address : `${name} = ${address}`,
  );
}

describe('addresses', () => {
  it('are told from names, quotes and comments', () => {
    assert.deepEqual(cc('a@x.org, Ann <ann@x.org>, "Tian, Bo" <bo@x.org>, c@x.org (Cy)'), [
      'a@x.org',
      'Ann = ann@x.org',
      'Tian, Bo = bo@x.org',
      'Cy = c@x.org',
    ]);
  });

  it('keep commas and quotes of an encoded name', () => {
    assert.deepEqual(cc('=?utf-8?q?M=C3=BCller=2C_J=C3=B6rg?= <j@x.org>, "A \\"B\\" C" <b@x.org>'), [
      'Müller, Jörg = j@x.org',
      'A "B" C = b@x.org',
    ]);
  });

  it('of a group are its members', () => {
    assert.deepEqual(cc('maintainers: a@x.org, b@x.org; undisclosed-recipients:;'), ['a@x.org', 'b@x.org']);
  });

  it('go on over folded lines and several headers', () => {
    const { headers } = only(
      mail(['Subject: x', 'To: a@x.org,', '\tAnn Other', ' <ann@x.org>', 'To: c@x.org'], ''),
    );
    assert.deepEqual(
      addressesOf(headers, 'To').map(({ mail: address }) => address),
      ['a@x.org', 'ann@x.org', 'c@x.org'],
    );
  });

  it('are nothing that is no address', () => {
    assert.deepEqual(cc('nobody, <>, "unclosed <x@y'), []);
  });
});
