import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meantBy } from '../../server/src/rules/slips.js';
import { KNOWN_SLIPS, STEMS, STEMS_BESIDE } from '../../server/src/rules/slips.table.js';

test('one letter too many, too few or wrong, and two that changed places, are slips of the pen', () => {
  const slips = ['adddress', 'falures', 'privilige', 'phyiscal', 'performace', 'Accomodate', 'contraints'];
  const meant = ['address', 'failures', 'privilege', 'physical', 'performance', 'accommodate', 'constraints'];
  assert.deepEqual(slips.map(meantBy), meant);
});

test('a slip that is known by itself need not be long', () => {
  assert.equal(meantBy('teh'), 'the');
  assert.equal(meantBy('Recieve'), 'receive');
});

test('what may be another word is none', () => {
  const words = [
    ...[
      'preference',
      'existing',
      'exiting',
      'through',
      'thorough',
      'transit',
      'handing',
      'relaxed',
      'products',
    ],
    ...['behaviour', 'behavior', 'initialisation', 'synchronized', 'cancelled', 'signalling', 'writeable'],
    ...[
      'guaranteeing',
      'dynamically',
      'implementor',
      'coherency',
      'coherence',
      'subtables',
      'Mediatek',
      'addr',
    ],
  ];
  assert.deepEqual(
    words.filter((word) => meantBy(word) !== null),
    [],
  );
});

test('no word of the tables is a slip of another, and each known slip leads to a word that is none', () => {
  assert.deepEqual(
    [...STEMS, ...STEMS_BESIDE].filter((word) => meantBy(word) !== null),
    [],
  );
  assert.deepEqual(
    [...KNOWN_SLIPS.values()].filter((word) => meantBy(word) !== null),
    [],
  );
});
