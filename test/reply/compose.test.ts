/** Replies: to whom, what is quoted, and what stands under it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressesOf, headerValue, type PatchMessage } from '../../server/src/patch/index.js';
import { type Comment, commentsOf, composeReply } from '../../server/src/reply/index.js';
import { DIFF, mail, only, SIGNATURE } from '../patch/mails.js';

const HEADERS = [
  'To: list@example.org, "Other, Ann" <ann@example.org>',
  'Cc: Joerg =?utf-8?q?R=C3=B6del?= <joro@example.org>, LIST@example.org',
  'Subject: [PATCH v2 3/7] iommu: Add a domain',
  'Date: Tue, 29 Mar 2022 13:37:52 +0800',
  'Message-ID: <3@example.org>',
  'In-Reply-To: <0@example.org>',
  'References: <0@example.org>',
];
const MESSAGE = 'A domain is needed.\nIt is added here.\n\nSecond paragraph.\n\n---\n 1 file changed\n\n';
const PATCH = only(mail(HEADERS, MESSAGE + DIFF + SIGNATURE));

/** The body line that begins so. */
function lineOf({ body }: PatchMessage, start: string): number {
  const found = body.findIndex(({ text }) => text.startsWith(start));
  assert.ok(found >= 0, `no line begins with ${start}`);
  return found;
}

/** A comment under the line that begins so. */
const under = (start: string, text: string, message = PATCH): Comment => ({
  bodyLine: lineOf(message, start),
  text,
});

function bodyOf(comments: readonly Comment[], message = PATCH): string {
  const { text } = composeReply(message, comments, null);
  return text.slice(text.indexOf('\n\n') + 2);
}

describe('a reply', () => {
  it('goes to the author and to everybody else once, in the thread', () => {
    const { text, remarks } = composeReply(PATCH, [under('+\tWARN_ON', 'Why?')], {
      name: 'Ann Other',
      mail: 'ann@example.org',
    });
    const { headers } = only(text);
    const mails = (name: string) => addressesOf(headers, name).map((address) => address.mail);
    assert.deepEqual(mails('From'), ['ann@example.org']);
    assert.deepEqual(mails('To'), ['writer@example.org']);
    assert.deepEqual(mails('Cc'), ['list@example.org', 'joro@example.org']);
    assert.equal(headerValue(headers, 'Subject'), 'Re: [PATCH v2 3/7] iommu: Add a domain');
    assert.equal(headerValue(headers, 'In-Reply-To'), '<3@example.org>');
    assert.equal(headerValue(headers, 'References'), '<0@example.org> <3@example.org>');
    assert.deepEqual(remarks, []);
  });

  it('quotes the headers of file and hunk and what stands before the line, and no more', () => {
    assert.equal(
      bodyOf([under('-\tfoo_write', 'Who reads the result?')]),
      `On Tue, 29 Mar 2022 13:37:52 +0800, A. Writer wrote:
> diff --git a/drivers/iommu/foo.c b/drivers/iommu/foo.c
> index 1111111..2222222 100644
> --- a/drivers/iommu/foo.c
> +++ b/drivers/iommu/foo.c
> @@ -10,4 +10,5 @@ static void foo_flush(struct foo_domain *dom)
>  	int ret;
>
> -	foo_write(dom, 1);

Who reads the result?
`,
    );
  });

  it('quotes of the commit message the paragraph', () => {
    assert.equal(
      bodyOf([under('It is added', 'Is it?'), { bodyLine: null, text: 'Thanks.' }]),
      `Thanks.

On Tue, 29 Mar 2022 13:37:52 +0800, A. Writer wrote:
> A domain is needed.
> It is added here.

Is it?
`,
    );
  });

  it('says where lines are left out', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `+\tline(${index});\n`).join('');
    const message = only(mail(HEADERS, `Text.\n---\n\n${fileOf('a.c', 60, lines)}`));
    const body = bodyOf([under('+\tline(50)', 'Here.', message)], message);
    assert.deepEqual(body.split('\n').slice(5, 8), ['> @@ -0,0 +1,60 @@', '[...]', '> +\tline(42);']);
  });

  it('quotes more where the same lines stand before', () => {
    const block = '+\tif (ret)\n+\t\treturn ret;\n'.repeat(30);
    const message = only(mail(HEADERS, `Text.\n---\n\n${fileOf('a.c', 60, block)}`));
    const comments = [{ bodyLine: lineOf(message, '+\tif (ret)') + 41, text: 'This one?' }];
    const reply = only(composeReply(message, comments, null).text);
    assert.deepEqual(commentsOf(reply, message), comments);
  });

  it('leaves long code in one line and breaks its own', () => {
    const code = `+\t${'x'.repeat(1200)};\n`;
    const message = only(mail(HEADERS, `Text.\n---\n\n${fileOf('a.c', 1, code)}`));
    const said = `${'a word '.repeat(30)}https://example.org/${'y'.repeat(80)}`;
    const { text } = composeReply(message, [under('+\txxx', said, message)], null);
    const reply = only(text);
    const [comment] = commentsOf(reply, message);
    assert.equal(comment!.bodyLine, lineOf(message, '+\txxx'));
    assert.equal(comment!.text.replaceAll('\n', ' '), said);
    for (const line of comment!.text.split('\n')) assert.ok(line.length <= 75 || line.startsWith('https:'));
  });

  it('encodes what is not ASCII', () => {
    const message = only(
      mail(
        [
          'Subject: =?utf-8?q?=5BPATCH=5D_Fu=C3=9F?=',
          'Cc: =?utf-8?q?A=2C_=C3=84?= <ae@x.org>',
          'Message-ID: <a@b>',
        ],
        MESSAGE + DIFF,
      ),
    );
    const { text } = composeReply(message, [under('It is', 'Größe — 大', message)], null);
    const [head = ''] = text.split('\n\n');
    assert.match(head, /^[\n -~]*$/);
    const { headers, body } = only(Buffer.from(text));
    assert.equal(headerValue(headers, 'Subject'), 'Re: [PATCH] Fuß');
    assert.deepEqual(addressesOf(headers, 'Cc'), [{ name: 'A, Ä', mail: 'ae@x.org' }]);
    assert.ok(body.some((line) => line.text === 'Größe — 大'));
  });

  it('lets no text of a mail end a header', () => {
    const evil = only(
      mail(
        ['Subject: =?utf-8?q?x=0AB?=', 'Cc: =?utf-8?q?a=0Ab?= <c@x.org>', 'Message-ID: <a@b>'],
        MESSAGE + DIFF,
      ),
    );
    const { text } = composeReply(evil, [under('It is', 'x', evil)], { name: 'a\nBcc: b@c.d', mail: 'a@b' });
    assert.equal(headerValue(only(text).headers, 'Bcc'), null);
  });

  it('says what it cannot do', () => {
    const bare = only(DIFF);
    assert.equal(composeReply(bare, [under('+\tWARN', 'x', bare)], null).remarks.length, 2);
  });

  it('to a reply has one Re:', () => {
    const reply = only(mail(['Subject: Re: RE: [PATCH] x', 'Message-ID: <a@b>'], 'text\n'));
    const { text } = composeReply(reply, [{ bodyLine: 0, text: 'x' }], null);
    assert.equal(headerValue(only(text).headers, 'Subject'), 'Re: [PATCH] x');
  });
});

function fileOf(name: string, count: number, lines: string): string {
  return `diff --git a/${name} b/${name}\nnew file mode 100644\n--- /dev/null\n+++ b/${name}\n@@ -0,0 +1,${count} @@\n${lines}`;
}
