/**
 * What was said of a mail is read back from the reply, on the same lines: by
 * this project's reader and by Python's, over mails of its own and over real ones.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { openMailbox, type PatchMessage, readPatches } from '../../server/src/patch/index.js';
import { type Comment, commentsOf, composeReply } from '../../server/src/reply/index.js';
import { DIFF, mail, mbox, only, SIGNATURE } from '../patch/mails.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const archive = join(root, '../shared/corpus/mails/sample-1500.mbox.xz');
const hasPython = spawnSync('python3', ['--version']).status === 0;

const HEADERS = ['Subject: [PATCH] x', 'Message-ID: <x@y>', 'To: list@example.org'];

/** Texts that a reader could take for something else. */
const WORDS = [
  'Why?',
  '> not a quote',
  ' > nor this',
  '[...]',
  '--',
  '-- ',
  'On Monday, somebody wrote:',
  'From here on',
  '@@ -1 +1 @@',
  '\tcode();',
  'é 大 😀',
  '',
  '.',
  'x'.repeat(90),
  'many words '.repeat(12),
];

const isSaid = ({ text }: Comment): boolean => text.trim() !== '';

/** As a comment reads that was broken into lines, in the order of the mail. */
function plain(comments: readonly Comment[]): string[] {
  return comments
    .filter(isSaid)
    .map(({ bodyLine, text }) => ({ at: bodyLine ?? -1, said: text.replace(/\s+/g, ' ').trim() }))
    .sort((one, other) => one.at - other.at)
    .map(({ at, said }) => `${at}: ${said}`);
}

describe('a reply, read back', () => {
  const lines = fc.constantFrom(
    ...`${DIFF}${SIGNATURE}`.split('\n'),
    '> quoted',
    '[...]',
    '',
    ' ',
    '+',
    '+}',
  );
  const bodies = fc
    .array(lines, { minLength: 1, maxLength: 60 })
    .map((all) => only(mail(HEADERS, `Text.\n\n---\n${DIFF}${all.join('\n')}\n${DIFF}${SIGNATURE}`)));
  const texts = fc
    .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
    .map((all) => all.join('\n'));

  it('has every comment on its line', () => {
    fc.assert(
      fc.property(bodies, fc.dictionary(fc.nat(100).map(String), texts, { maxKeys: 5 }), (message, said) => {
        const comments = Object.entries(said).flatMap(([at, text]): Comment[] =>
          Number(at) < message.body.length ? [{ bodyLine: Number(at), text }] : [],
        );
        const reply = only(Buffer.from(composeReply(message, comments, null).text));
        assert.deepEqual(plain(commentsOf(reply, message)), plain(comments));
      }),
      { numRuns: 400 },
    );
  });

  it('is the same in a mailbox with others', () => {
    const message = only(mail(HEADERS, `Text.\n\n---\n${DIFF}`));
    const comments = [{ bodyLine: 0, text: 'From here\nFrom there' }];
    const box = mbox(
      ...[1, 2].map(() => composeReply(message, comments, null).text.replace(/^(>*From )/gm, '>$1')),
    );
    for (const reply of readPatches(box).messages) assert.deepEqual(commentsOf(reply, message), comments);
  });
});

describe('replies to the mails of the iommu list', {
  skip: existsSync(archive) ? false : `no corpus at ${archive}`,
}, () => {
  const messages = existsSync(archive) ? sample() : [];
  const replies = messages.map((message, index) => {
    const comments = someComments(message, index);
    return { message, comments, text: composeReply(message, comments, null).text };
  });

  it('have every comment on its line', (t) => {
    for (const { message, comments, text } of replies) {
      const read = commentsOf(only(Buffer.from(text)), message);
      assert.deepEqual(plain(read), plain(comments), `mail at line ${message.rawLines.first}`);
    }
    t.diagnostic(`${replies.length} mails, ${replies.flatMap(({ comments }) => comments).length} comments`);
  });

  it('read the same by Python', { skip: hasPython ? false : 'python3 is not installed' }, () => {
    const chosen = replies.filter((_, index) => index % 5 === 0);
    const theirs: { to: string[]; subject: string; body: string }[] = JSON.parse(
      execFileSync('python3', ['-c', PYTHON], {
        input: JSON.stringify(chosen.map(({ text }) => text)),
        maxBuffer: 1 << 28,
      }).toString(),
    );
    chosen.forEach(({ message, comments }, index) => {
      const { body } = theirs[index]!;
      const read = commentsOf(
        { body: body.split('\n').map((text, line) => ({ text, rawLine: line + 1 })) },
        message,
      );
      assert.deepEqual(plain(read), plain(comments), `mail at line ${message.rawLines.first}`);
    });
  });
});

const PYTHON = `
import email, email.policy, json, sys
out = []
for text in json.load(sys.stdin):
    mail = email.message_from_bytes(text.encode(), policy=email.policy.default)
    out.append({'to': [str(a) for a in mail['To'].addresses] if mail['To'] else [], 'subject': str(mail['Subject']), 'body': mail.get_payload(decode=True).decode()})
json.dump(out, sys.stdout)
`;

function sample(): PatchMessage[] {
  const box = openMailbox(execFileSync('xz', ['-dc', archive], { maxBuffer: 1 << 28 }));
  return Array.from({ length: box.messageCount }, (_, index) => box.messageAt(index)).filter(
    ({ body }) => body.length > 0,
  );
}

/** Five places of a mail, spread, the same each time. */
function someComments({ body }: PatchMessage, seed: number): Comment[] {
  const places = new Set(
    [0.05, 0.3, 0.55, 0.8, 0.97].map((part) => (Math.floor(part * body.length) + seed) % body.length),
  );
  return [...places].map((bodyLine, index) => ({
    bodyLine,
    text: `${WORDS[(seed + index) % WORDS.length]} ${index}`,
  }));
}
