import { test } from 'node:test';
import { checkScopes } from './scopes.js';

const check = (sample: string) => checkScopes('source.kernel-patch', sample);

test('mail headers: names, folded values, the tags of a subject', () =>
  check(`
| From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001
  ^^^^ keyword.other.mail
       ^^^^^^^^ constant.numeric.commit.diff
| From: Ada Writer <ada@example.org>
  ^^^^ keyword.other.header.mail
      ^ punctuation.separator.key-value.mail
                    ^^^^^^^^^^^^^^^ markup.underline.link.address.mail
| Subject: [PATCH RFC v2 03/11] iommu/sva: Keep
  ^^^^^^^ keyword.other.header.mail
            ^^^^^ keyword.control.tag.mail
                  ^^^ keyword.control.tag.mail
                      ^^ constant.numeric.version.mail
                         ^^^^^ constant.numeric.position.mail
                                ^^^^^^^^^^^^^^^ markup.heading.subject.mail
|  the domains of an mm in one object
   ^^^^^^^^^^^^^^^^^^ markup.heading.subject.mail
| Content-Type: text/plain; charset="utf-8"
                            ^^^^^^^ variable.parameter.mail
                                    ^^^^^^^ string.quoted.parameter.mail
| X-Long: one
|  two: three
   ^^^ string.unquoted.header.mail !keyword.other.header.mail
|
| Body: not a header any more
  ^^^^ !keyword.other.header.mail
`));

test('a mail that starts with a header at once', () =>
  check(`
| Return-Path: <ada@example.org>
  ^^^^^^^^^^^ keyword.other.header.mail
| Subject: Re: [PATCH] iommu: Say it
           ^^^ keyword.other.reply.mail
                ^^^^^ keyword.control.tag.mail
|
| Hello
  ^^^^^ !meta.header
`));

test('quoting levels, and a diff inside a quote', () =>
  check(`
| > > first words
  ^ punctuation.definition.quote.mail
      ^^^^^ meta.quote.level-2.mail markup.quote.mail
| > +	struct cookie *c;
    ^ markup.inserted.quoted.diff meta.quote.level-1.mail
| > -	int users;
    ^ markup.deleted.quoted.diff
| > @@ -1,3 +1,4 @@ static int f(void)
    ^^ meta.diff.range.quoted.diff
| >>> deep
      ^^^^ meta.quote.level-3.mail
| mine
  ^^^^ !markup.quote
`));

test('trailers, diffstat, separator, signature', () =>
  check(`
| The body of a mail.
| Fixes: 0123456789ab ("iommu: Break it")
  ^^^^^ keyword.other.trailer.kernel-patch
         ^^^^^^^^^^^^ constant.numeric.commit.kernel-patch
                       ^^^^^^^^^^^^^^^^^ string.quoted.double.kernel-patch
| Link: https://example.org/r/1
  ^^^^ keyword.other.trailer.kernel-patch
        ^^^^^^^^^^^^^^^^^^^^^^^ markup.underline.link.mail
| Signed-off-by: Ada Writer <ada@example.org>
  ^^^^^^^^^^^^^ keyword.other.trailer.kernel-patch
                             ^^^^^^^^^^^^^^^ markup.underline.link.address.mail
| Not a trailer: no
  ^^^ !keyword.other.trailer.kernel-patch
| ---
  ^^^ meta.separator.diff
|  drivers/iommu/sample.c | 12 +++---
   ^^^^^^^^^^^^^^^^^^^^^^ entity.name.filename.kernel-patch
                            ^^ constant.numeric.lines.kernel-patch
                               ^^^ markup.inserted.diffstat.diff
                                  ^^^ markup.deleted.diffstat.diff
|  1 file changed, 3 insertions(+), 3 deletions(-)
   ^ constant.numeric.files.kernel-patch
                   ^^^^^^^^^^^^^^^ markup.inserted.diffstat.diff
|  create mode 100644 drivers/iommu/sample.c
   ^^^^^^ keyword.other.mode.kernel-patch
|
| -- 
  ^^ comment.block.signature.mail
| 2.39.2
  ^^^^^^ comment.block.signature.mail
`));

test('a hunk of a C file: whole lines inserted or deleted, C inside', () =>
  check(`
| diff --git a/drivers/iommu/sample.c b/drivers/iommu/sample.c
  ^^^^ meta.diff.header.git.diff
             ^^^^^^^^^^^^^^^^^^^^^^^^ entity.name.filename.diff
| index 0123456..89abcde 100644
        ^^^^^^^ constant.numeric.blob.diff
| --- a/drivers/iommu/sample.c
  ^^^ punctuation.definition.from-file.diff meta.diff.header.from-file.diff
      ^^^^^^^^^^^^^^^^^^^^^^^^ entity.name.filename.from-file.diff
| +++ b/drivers/iommu/sample.c
  ^^^ punctuation.definition.to-file.diff meta.diff.header.to-file.diff
| @@ -10,4 +10,6 @@ static int attach(struct device *dev)
  ^^ punctuation.definition.range.diff meta.diff.range.unified.diff
     ^^^^^^^^^^^ meta.toc-list.line-number.diff
                   ^^^^^^^^^^^^^ entity.name.section.hunk.diff
|  	if (ret)
   	^^ keyword.control.c meta.diff.context.diff !markup
| +	return "text";
  ^ punctuation.definition.inserted.diff markup.inserted.diff
   	^^^^^^ keyword.control.c markup.inserted.diff source.c !meta.embedded
   	       ^^^^^^ string.quoted.double.c
| -	goto out;
  ^ punctuation.definition.deleted.diff markup.deleted.diff
   	^^^^ keyword.control.c markup.deleted.diff
| 
|  	return 0;
   	^^^^^^ keyword.control.c
| \\ No newline at end of file
  ^ comment.line.no-newline.diff
| diff --git a/drivers/iommu/other.c b/drivers/iommu/other.c
  ^^^^ meta.diff.header.git.diff
| @@ -1,2 +1,2 @@
  ^^ meta.diff.range.unified.diff
| -int a;
  ^^^^ markup.deleted.diff
| +int b;
   ^^^ storage.type.c
`));

test('what a line leaves open ends with the lines of its kind', () =>
  check(`
| diff --git a/kernel/sample.c b/kernel/sample.c
| @@ -1,9 +1,9 @@
| +	if (a &&
   	    ^ meta.parens.c
| -	if (b) {
  ^ punctuation.definition.deleted.diff
   	^^ keyword.control.c !meta.parens.c
|  	return 0;
   	^^^^^^ keyword.control.c !meta.block.c
| +	/* a comment
   	^^^^^^^^^^^^ comment.block.c
| +	 * that goes on
  ^ punctuation.definition.inserted.diff
   	   ^^^^ comment.block.c
|  	return 0;
   	^^^^^^ keyword.control.c !comment
|  	 * the tail of a comment that began above the hunk
   	   ^^^^^^^^ comment.block.c
|  	 */
   	 ^^ comment.block.c
| +	/* open at the end of the hunk
| -- 
  ^^ comment.block.signature.mail !comment.block.c !markup.deleted
`));

test('a hunk of another file is a diff and nothing more', () =>
  check(`
| diff --git a/Documentation/sample.rst b/Documentation/sample.rst
  ^^^^ meta.diff.header.git.diff
| --- a/Documentation/sample.rst
| +++ b/Documentation/sample.rst
| @@ -1,3 +1,3 @@ Title
  ^^ meta.diff.range.unified.diff
| +return to sender
  ^^^^^^^^^^^^^^^^ markup.inserted.diff !keyword.control.c
| -if it was sent
  ^^^^^^^^^^^^^^ markup.deleted.diff !source.c
| --- 
  ^^^ markup.deleted.diff
`));

test('a plain diff without a line of git above', () =>
  check(`
| --- drivers/iommu/sample.c	2022-03-30 12:00:00
  ^^^ meta.diff.header.from-file.diff
| +++ drivers/iommu/sample.c	2022-03-30 12:01:00
  ^^^ meta.diff.header.to-file.diff
| @@ -1 +1 @@
  ^^ meta.diff.range.unified.diff
| -int a;
   ^^^ storage.type.c markup.deleted.diff
| +int b;
   ^^^ storage.type.c markup.inserted.diff
`));

test('the next mail of an mbox begins after a hunk', () =>
  check(`
| diff --git a/kernel/sample.c b/kernel/sample.c
| @@ -1,9 +1,9 @@
| +	int a;
| -- 
| 2.39.2
|
| From mboxrd@z Thu Jan  1 00:00:00 1970
  ^^^^ keyword.other.mail
| Subject: [PATCH 2/2] next
  ^^^^^^^ keyword.other.header.mail
`));

test('the lines of a base64 body are kept quiet', () =>
  check(`
| Content-Transfer-Encoding: base64
  ^^^^^^^^^^^^^^^^^^^^^^^^^ keyword.other.header.mail
|
| RnJvbSBhIHNhbXBsZSB0aGF0IHNheXMgbm90aGluZyBhdCBhbGwsIGJ1dCBhdCBsZW5ndGgu
  ^^^^^^^^^^ comment.block.base64.mail
| ZG9tYWluX2FsbG9jKGRldik7Cg==
  ^^^^^^^^^^ comment.block.base64.mail
| plain words
  ^^^^^ !comment.block.base64.mail
`));
