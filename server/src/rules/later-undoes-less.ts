/** A later failure undoes less than an earlier one. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const laterUndoesLess = defineRule({
  id: 'later-undoes-less',
  classes: ['error-unwind', 'resource-leak'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'Of two failures in a row the later one jumps to a label that undoes less.',
  why: 'What the earlier one undoes was done by then, and stays when the later one leaves.',
  remedy: 'Jump to labels in reverse order of what was done.',
  source: 'Documentation/process/coding-style.rst, 7) Centralized exiting of functions (6.12)',
  bad: [
    {
      title: 'the wrong label',
      code: `
int toy_start(int id);
int toy_link(int id);
int toy_name(int id);
void toy_stop(int id);
void toy_unlink(int id);

int toy_init(int id)
{
	int ret;

	toy_start(id);
	ret = toy_link(id);
	if (ret)
		goto err_unlink;
	ret = toy_name(id);
	if (ret)
		goto err_stop;
//              ^^^^^^^^^^^^^^ later-undoes-less: undoes less
	return 0;

err_unlink:
	toy_unlink(id);
err_stop:
	toy_stop(id);
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'in reverse order',
      code: `
int toy_start(int id);
int toy_link(int id);
int toy_name(int id);
void toy_stop(int id);
void toy_unlink(int id);

int toy_init(int id)
{
	int ret;

	toy_start(id);
	ret = toy_link(id);
	if (ret)
		goto err_stop;
	ret = toy_name(id);
	if (ret)
		goto err_unlink;
	return 0;

err_unlink:
	toy_unlink(id);
err_stop:
	toy_stop(id);
	return ret;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'later-undoes-less',
      ({ subject, other }) =>
        `This failure comes later and undoes less: ${subject} skips ${other}(), which an earlier one calls. Wrong label?`,
    ),
});
