/** What an open file carries counts its own references, and nobody takes one. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const countBesideFile = defineRule({
  id: 'count-beside-file',
  classes: ['state-in-wrong-object'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'The private data of a struct file has a reference count of its own that nothing raises.',
  why: 'The file is counted already: release() runs when its last reference goes, and the data goes with it. A second count can only disagree with the first.',
  remedy: 'Free it in release(); who needs it for longer takes the file with fget() and puts it with fput().',
  source: 'fs/file_table.c:__fput calls release(); fs/file.c:fget (6.12)',
  bad: [
    {
      title: 'one count for one owner',
      code: `
struct toy_ctx { refcount_t users; };
//                          ^^^^^ count-beside-file: the file

static int toy_open(struct inode *inode, struct file *file)
{
	struct toy_ctx *ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);

	if (!ctx)
		return -ENOMEM;
	refcount_set(&ctx->users, 1);
	file->private_data = ctx;
	return 0;
}

static int toy_release(struct inode *inode, struct file *file)
{
	struct toy_ctx *ctx = file->private_data;

	if (refcount_dec_and_test(&ctx->users))
		kfree(ctx);
	return 0;
}

static const struct file_operations toy_fops = {
	.open = toy_open,
	.release = toy_release,
};`,
    },
  ],
  good: [
    {
      title: 'others keep it as well',
      code: `
struct toy_ctx { refcount_t users; };

static int toy_open(struct inode *inode, struct file *file)
{
	struct toy_ctx *ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);

	if (!ctx)
		return -ENOMEM;
	refcount_set(&ctx->users, 1);
	file->private_data = ctx;
	return 0;
}

struct toy_ctx *toy_get(struct toy_ctx *ctx)
{
	refcount_inc(&ctx->users);
	return ctx;
}

static const struct file_operations toy_fops = {
	.open = toy_open,
};`,
    },
    {
      title: 'the count of the file',
      code: `
struct toy_ctx { int id; };

static int toy_open(struct inode *inode, struct file *file)
{
	struct toy_ctx *ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);

	if (!ctx)
		return -ENOMEM;
	file->private_data = ctx;
	return 0;
}

static int toy_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations toy_fops = {
	.open = toy_open,
	.release = toy_release,
};`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'count-beside-file',
      ({ subject, other }) =>
        `Why a count of its own? ${other} lives as long as the file, which is counted: drop ${subject}, and free it in release().`,
    ),
});
