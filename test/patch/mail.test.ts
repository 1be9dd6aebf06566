/** Headers, MIME parts, transfer encodings and charsets. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headerValue, readPatches } from '../../server/src/patch/index.js';
import { bytes, DIFF, filesOf, mail, mbox, only, SIGNATURE, written } from './mails.js';

const PLAIN = 'MIME-Version: 1.0';
const type = (value: string) => `Content-Type: ${value}`;
const transfer = (value: string) => `Content-Transfer-Encoding: ${value}`;
const texts = (message: { body: readonly { text: string }[] }) => message.body.map(({ text }) => text);

describe('headers', () => {
  const value = (content: string | Uint8Array, name: string) => headerValue(only(content).headers, name);

  it('are unfolded and keep their raw line', () => {
    const message = only(mail(['Subject: [PATCH] a', '  long', '\tone', 'Date: today'], 'x'));
    assert.deepEqual(message.headers[1], {
      name: 'Subject',
      value: '[PATCH] a long one',
      written: '[PATCH] a long one',
      rawLine: 2,
    });
    assert.equal(message.headers[2]!.rawLine, 5);
    assert.equal(message.body[0]!.rawLine, 7);
  });

  const encoded: [string, string][] = [
    ['=?utf-8?q?J=C3=B6rg_R=2E?= <j@x>', 'Jörg R. <j@x>'],
    ['=?UTF-8?B?SsO2cmc=?=', 'Jörg'],
    ['=?iso-8859-1?Q?J=F6rg?=', 'Jörg'],
    ['=?utf-8*de?q?J=C3=B6rg?=', 'Jörg'],
    ['=?utf-8?q?one?= =?utf-8?q?_two?=', 'one two'],
    ['=?utf-8?q?one?= and =?utf-8?q?two?=', 'one and two'],
    ['=?utf-8?q?one?= =?iso-8859-1?q?=F6?=', 'oneö'],
    ['=?utf-8?B?w?= x', ' x'],
    ['=?utf-8?q?=C3?= =?utf-8?q?=B6?=', 'ö'],
    ['=?no-such-charset?q?plain?=', 'plain'],
    ['=?utf-8?x?broken?=', '=?utf-8?x?broken?='],
    ['=?utf-8?q?a=0Ab?=', 'a b'],
  ];
  for (const [written, read] of encoded)
    it(`decode ${written}`, () => assert.equal(value(mail([`X-Name: ${written}`], 'x'), 'x-name'), read));

  it('join an encoded word folded over two lines', () => {
    assert.equal(value(mail(['X: =?utf-8?q?=C3=A4?=', ' =?utf-8?q?=C3=B6?='], 'x'), 'X'), 'äö');
  });

  it('read raw UTF-8, and ISO-8859-1 where it is none', () => {
    assert.equal(value(bytes('From: a@b\nX: voil\xc3\xa0\n\nx'), 'X'), 'voilà');
    assert.equal(value(bytes('From: a@b\nX: voil\xe0 !\n\nx'), 'X'), 'voilà !');
  });

  it('give the message id with its brackets', () => {
    assert.equal(only(mail(['Message-Id: <1@x> (added by y)'], 'x')).messageId, '<1@x>');
    assert.equal(only(mail([], 'x')).messageId, null);
  });

  it('end at the first line that is none', () => {
    const message = only('From: a@b\nSubject: x\nno header\n\nmore');
    assert.deepEqual(texts(message), ['no header', '', 'more']);
  });

  it('of something else do not make a mail', () => {
    const message = only('Index: foo.c\nNote: this is a diff\n\ntext');
    assert.deepEqual(message.headers, []);
    assert.equal(message.body.length, 4);
  });
});

describe('a body', () => {
  const flat = ['ä = 1;', 'two', ''];

  it('in quoted-printable is decoded; a line knows where it began', () => {
    const message = only(
      mail([type('text/plain; charset=utf-8'), transfer('quoted-printable')], '=C3=A4 =3D=\n 1;  \ntwo\n'),
    );
    assert.deepEqual(message.body, [
      { text: 'ä = 1;', rawLine: 5 },
      { text: 'two', rawLine: 7 },
    ]);
    assert.equal(message.encoding, 'quoted-printable');
  });

  it('in quoted-printable keeps what is no escape', () => {
    const message = only(mail([transfer('quoted-printable')], 'a=ZZ b=3d=3D\nend='));
    assert.deepEqual(texts(message), ['a=ZZ b==', 'end']);
  });

  it('in quoted-printable with an encoded line end becomes two lines', () => {
    const message = only(mail([transfer('quoted-printable')], 'a=0D=0Ab\nc'));
    assert.deepEqual(
      message.body.map(({ text, rawLine }) => `${rawLine} ${text}`),
      ['4 a', '4 b', '5 c'],
    );
  });

  it('in quoted-printable that an editor has decoded around its escapes keeps both', () => {
    assert.deepEqual(texts(only(mail([transfer('quoted-printable')], 'ö=C3=B6'))), ['öö']);
  });

  it('in base64 is decoded; all lines stand at the first encoded one', () => {
    const encoded = Buffer.from('ä = 1;\r\ntwo\r\n')
      .toString('base64')
      .replace(/(.{8})/g, '$1\n');
    const message = only(mail([type('text/plain; charset=utf-8'), transfer('BASE64')], `\n${encoded}\n`));
    assert.deepEqual(message.body, [
      { text: 'ä = 1;', rawLine: 6 },
      { text: 'two', rawLine: 6 },
    ]);
    assert.equal(message.encoding, 'base64');
  });

  it('in base64 with a list footer under it passes the footer over, and says so', () => {
    const message = only(
      mail([transfer('base64')], `${Buffer.from('one\n').toString('base64')}\n_______\nlist@example.org`),
    );
    assert.deepEqual(texts(message), ['one']);
    assert.equal(message.problems.length, 2);
    assert.equal(message.problems[0]!.line, 5);
  });

  const charsets: [string, string][] = [
    ['utf-8', '\xc3\xa4 = 1;\ntwo\n'],
    ['us-ascii', '\xc3\xa4 = 1;\ntwo\n'],
    ['iso-8859-1', '\xe4 = 1;\ntwo\n'],
    ['windows-1252', '\xe4 = 1;\ntwo\n'],
    ['windows-1250', '\xe4 = 1;\ntwo\n'],
    ['us-ascii', '\xe4 = 1;\ntwo\n'],
    ['no-such', '\xe4 = 1;\ntwo\n'],
  ];
  for (const [charset, raw] of charsets)
    it(`in ${charset} is decoded (${escape(raw.slice(0, 2))})`, () => {
      const message = only(bytes(mail([type(`text/plain; charset="${charset}"`)], raw)));
      assert.deepEqual(texts(message), flat.slice(0, 2));
    });

  it('in a 7-bit charset is decoded', () => {
    const message = only(bytes(mail([type('text/plain; charset=iso-2022-jp')], '\x1b$B$"\x1b(B = 1;')));
    assert.deepEqual(texts(message), ['あ = 1;']);
  });

  it('in UTF-16 is decoded before it is cut into lines', () => {
    const encoded = Buffer.from('\ufeffa\nĊb\n', 'utf16le').toString('base64');
    const message = only(mail([type('text/plain; charset=utf-16le'), transfer('base64')], encoded));
    assert.deepEqual(texts(message), ['a', 'Ċb']);
  });

  it('with one invalid line loses none, and says so once', () => {
    const message = only(bytes(mail([type('text/plain; charset=utf-8')], '\xc3\xa4\n\xe4\n\xc3\n\xc3\xa4')));
    assert.deepEqual(texts(message), ['ä', 'ä', 'Ã', 'ä']);
    assert.deepEqual(
      message.problems.map(({ line }) => line),
      [5],
    );
  });

  it('that an editor has decoded is taken as it is', () => {
    assert.deepEqual(texts(only(mail([type('text/plain; charset=iso-8859-1')], 'ä€'))), ['ä€']);
  });

  it('with CRLF, or with both line ends, has none of them in its lines', () => {
    const message = only(
      mail(['Subject: [PATCH] x'], `Why.\n${DIFF}`).replaceAll('\n', '\r\n').replace('Why.\r', 'Why.'),
    );
    assert.equal(message.subject!.title, 'x');
    assert.deepEqual(message.problems, []);
    assert.equal(written(message)[4], '+	WARN_ON(ret);');
  });

  it('of a UTF-16 file is read', () => {
    const content = Buffer.from(`\ufeff${mail(['Subject: ä'], DIFF)}`, 'utf16le');
    assert.equal(only(content).subject!.title, 'ä');
    assert.equal(only(content).files.length, 1);
  });

  it('after a byte order mark is read', () => {
    assert.equal(only(`\ufeff${DIFF}`).files.length, 1);
    assert.equal(only(bytes(`\xef\xbb\xbf${mail([], 'x')}`)).headers.length, 1);
  });
});

describe('format=flowed', () => {
  const FLOWED = 'text/plain; charset=us-ascii; format=flowed';
  const stuffed = DIFF.replace(/^ /gm, '  ').replace('\n\n', '\n  \n');

  it('loses its stuffing; lines are not joined', () => {
    const message = only(mail([type(FLOWED)], `a soft \nline\n From here\n${stuffed}${SIGNATURE}`));
    assert.deepEqual(texts(message).slice(0, 3), ['a soft ', 'line', 'From here']);
    assert.deepEqual(message.problems, []);
    assert.equal(written(message)[0], ' 	int ret;');
    assert.equal(message.body.at(-2)!.text, '-- ');
  });

  it('with DelSp loses the space of soft line ends, but for the signature', () => {
    const message = only(mail([type(`${FLOWED}; delsp=yes`)], `soft  \n${stuffed}${SIGNATURE}`));
    assert.equal(message.body[0]!.text, 'soft ');
    assert.deepEqual(message.problems, []);
    assert.equal(message.body.at(-2)!.text, '-- ');
  });

  it('announced for a diff nobody stuffed is not believed', () => {
    const message = only(mail([type(FLOWED)], DIFF));
    assert.deepEqual(message.problems, []);
    assert.equal(written(message)[0], ' 	int ret;');
  });
});

describe('parts', () => {
  const multi = (kind: string, ...parts: readonly string[]) =>
    mail(
      [PLAIN, type(`multipart/${kind}; boundary="b 1"`)],
      `preamble\n${parts.map((part) => `--b 1\n${part}\n`).join('')}--b 1--\nepilogue`,
    );
  const text = `${type('text/plain')}\n\nHello.`;

  it('of a mixed mail follow one another', () => {
    const message = only(
      multi(
        'mixed',
        text,
        `${type('text/x-patch; name=a.patch')}\nContent-Disposition: attachment\n\n${DIFF}`,
      ),
    );
    assert.equal(message.body[0]!.text, 'Hello.');
    assert.equal(message.commitMessageEnd, 1);
    assert.deepEqual(message.problems, []);
    assert.deepEqual(filesOf(message), ['modified drivers/iommu/foo.c > drivers/iommu/foo.c']);
    assert.equal(message.files[0]!.rawLine, 14);
  });

  it('in base64 set the encoding of the message when they hold the diff', () => {
    const encoded = Buffer.from(DIFF).toString('base64');
    const part = `${type('application/octet-stream; name="0001-x.patch"')}\n${transfer('base64')}\n\n${encoded}`;
    const message = only(multi('mixed', text, part));
    assert.equal(message.encoding, 'base64');
    assert.equal(message.files[0]!.rawLine, 14);
  });

  const names = [
    'filename="x.diff"',
    "filename*=utf-8''x%2Ediff",
    'filename*0="x.d"; filename*1="iff"',
    "filename*0*=utf-8''x%2E; filename*1=diff",
  ];
  for (const name of names)
    it(`are attachments by ${name}`, () => {
      const part = `${type('application/octet-stream')}\nContent-Disposition: attachment; ${name}\n\n${DIFF}`;
      assert.equal(only(multi('mixed', text, part)).files.length, 1);
    });

  it('that are no text are left out', () => {
    const part = `${type('application/pgp-signature; name=signature.asc')}\n\n-----BEGIN PGP SIGNATURE-----`;
    assert.deepEqual(texts(only(multi('signed', text, part))), ['Hello.']);
  });

  it('that are packed are told of', () => {
    const part = `${type('application/gzip; name=series.patch.gz')}\n${transfer('base64')}\n\nAAAA`;
    const message = only(multi('mixed', text, part));
    assert.match(message.problems[0]!.message, /series\.patch\.gz is packed/);
  });

  it('in HTML are left out beside plain text, and read when there is nothing else', () => {
    const html = `${type('text/html')}\n\n<p>Hello.</p>`;
    assert.deepEqual(texts(only(multi('alternative', text, html))), ['Hello.']);
    const alone = only(multi('alternative', html));
    assert.deepEqual(texts(alone), ['<p>Hello.</p>']);
    assert.match(alone.problems[0]!.message, /only HTML/);
  });

  it('nest', () => {
    const inner = `${type('multipart/alternative; boundary=in')}\n\n--in\n${text}\n--in\n${type('text/html')}\n\n<p>\n--in--`;
    assert.deepEqual(texts(only(multi('mixed', inner, `\n${DIFF}`)))[0], 'Hello.');
    assert.equal(only(multi('mixed', inner, `\n${DIFF}`)).files.length, 1);
  });

  it('may be a forwarded mail', () => {
    const forwarded = `${type('message/rfc822')}\n\nFrom: b@c\n${transfer('base64')}\n\n${Buffer.from(DIFF).toString('base64')}`;
    assert.equal(only(multi('mixed', text, forwarded)).files.length, 1);
  });

  it('without a closing boundary reach to the end', () => {
    const content = multi('mixed', text, `\n${DIFF}`).replace('--b 1--\nepilogue', '');
    assert.equal(only(content).files.length, 1);
  });

  it('without any boundary are read as one text, and told of', () => {
    const message = only(mail([type('multipart/mixed; boundary=zz')], DIFF));
    assert.equal(message.files.length, 1);
    assert.match(message.problems[0]!.message, /without its boundary/);
  });

  it('do not run on: a cut-off hunk ends with its part', () => {
    const cut = DIFF.split('\n').slice(0, 8).join('\n');
    const message = only(multi('mixed', `\n${cut}`, '\n more text\n+ and more'));
    assert.equal(written(message).length, 3);
    assert.equal(message.problems.length, 1);
  });

  it('with the head of an attached format-patch are not cut in two', () => {
    const head = `From ${'0123456789'.repeat(4)} Mon Sep 17 00:00:00 2001\nFrom: b@c\nSubject: [PATCH] y\n\nWhy.\n---\n`;
    const content = multi('mixed', text, `${type('text/x-patch')}\n\n${head}${DIFF}`);
    assert.equal(readPatches(content).messages.length, 1);
    assert.equal(only(content).files.length, 1);
    assert.equal(readPatches(mbox(content, content)).messages.length, 2);
  });
});
