/** What a patch says of itself. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CommitMessage, commitMessageOf, readPatches } from '../../server/src/patch/index.js';

const DIFF = [
  '---',
  ' a.c | 1 +',
  '',
  'diff --git a/a.c b/a.c',
  '--- a/a.c',
  '+++ b/a.c',
  '@@ -1,0 +2 @@',
  '+int a;',
  '-- ',
  '2.43.0',
  '',
];

function messageOf(title: string, body: readonly string[], tail = DIFF): CommitMessage {
  const mail = ['From: A <a@example.org>', `Subject: [PATCH v2 2/3] ${title}`, '', ...body, ...tail].join(
    '\n',
  );
  return commitMessageOf(readPatches(mail).messages[0]!);
}

describe('a commit message', () => {
  const message = messageOf('iommu/toy: Keep the lock', [
    'From: B <b@example.org>',
    '',
    'The list is walked',
    'without it.',
    '',
    '    BUG: something',
    '    at 0x10',
    '',
    'Hold it: nothing sleeps there.',
    '',
    'Fixes: 0123456789ab ("iommu/toy: Add a',
    ' list of bonds")',
    'Cc: stable@vger.kernel.org # 6.1',
    'Reported-and-tested-by: C <c@example.org>',
    '[b: moved it down]',
    'Signed-off-by: B <b@example.org>',
  ]);

  test('has paragraphs without the tags', () => {
    assert.deepEqual(
      message.paragraphs.map(({ text, isVerbatim }) => [text, isVerbatim]),
      [
        ['The list is walked without it.', false],
        ['BUG: something at 0x10', true],
        ['Hold it: nothing sleeps there.', false],
      ],
    );
    assert.deepEqual(message.paragraphs[0]!.line, { rawLine: 6, bodyLine: 2 });
  });

  test('has tags with what continues them, each on its line', () => {
    assert.deepEqual(
      message.tags.map(({ name, value, line }) => [name, value, line.rawLine]),
      [
        ['Fixes', '0123456789ab ("iommu/toy: Add a list of bonds")', 14],
        ['Cc', 'stable@vger.kernel.org # 6.1', 16],
        ['Reported-and-tested-by', 'C <c@example.org>', 17],
        ['Signed-off-by', 'B <b@example.org>', 19],
      ],
    );
    assert.deepEqual(
      message.fixes.map(({ commit, title }) => [commit, title]),
      [['0123456789ab', 'iommu/toy: Add a list of bonds']],
    );
    assert.equal(message.stable?.line.rawLine, 16);
  });

  test('has an author, who need not be who sent it, and a subject on its line', () => {
    assert.equal(message.author, 'B <b@example.org>');
    assert.equal(message.subject?.title, 'iommu/toy: Keep the lock');
    assert.deepEqual(message.subjectLine, { rawLine: 2, bodyLine: null });
  });

  test('ends where the diff begins', () => {
    const { paragraphs, tags } = messageOf('x: Do', [
      'Why.',
      '',
      'Signed-off-by: A <a@example.org>',
      '---',
      'v2: Link: none',
    ]);
    assert.deepEqual([paragraphs.length, tags.length], [1, 1]);
  });

  test('of a bare diff says nothing', () => {
    const bare = commitMessageOf(readPatches(DIFF.slice(3).join('\n')).messages[0]!);
    assert.deepEqual([bare.subject, bare.paragraphs, bare.tags, bare.saysFix], [null, [], [], null]);
  });
});

describe('whether a patch says that it mends something', () => {
  const says = (title: string, ...body: string[]) => messageOf(title, body).saysFix;
  test('by its tag', () => assert.equal(says('iommu: Hold it', 'Fixes: 0123456789ab ("x")'), 'tag'));
  test('by its verb', () => {
    assert.equal(says('iommu/toy: Fix a leak'), 'title');
    assert.equal(says('iommu: toy: fixed typo'), 'title');
    assert.equal(says('iommu/toy: Add fixed mappings'), null);
    assert.equal(says('iommu/toy: Prefix the names'), null);
  });
  test('by its words, not those that it quotes', () => {
    assert.equal(says('iommu: Hold it', 'This patch fixes the walk.'), 'body');
    assert.equal(says('iommu: Hold it', '> This patch fixes the walk.'), null);
    assert.equal(says('iommu: Hold it', 'A later patch will fix that.'), null);
  });
});

describe('the month of a mail', () => {
  const monthOf = (date: string): string | null => {
    const mail = ['From: A <a@example.org>', date, 'Subject: [PATCH] x', '', ...DIFF].join('\n');
    return commitMessageOf(readPatches(mail).messages[0]!).month;
  };

  test('is read from its date', () => {
    assert.equal(monthOf('Date: Tue, 1 Mar 2022 18:14:55 +0200'), '2022-03');
    assert.equal(monthOf('Date: 29 Dec 2019 04:12:10 +0200'), '2019-12');
  });

  test('is not known without one', () => {
    for (const date of ['Date: yesterday', 'Date: 1 Foo 2022', 'To: B <b@example.org>'])
      assert.equal(monthOf(date), null);
  });
});
