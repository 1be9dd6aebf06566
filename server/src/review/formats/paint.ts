/** Colours of the terminal, few and only those that every theme has. Whether they are wanted is for the caller. */
import type { Severity } from '../../findings/index.js';

/** What a piece of text is, never how it looks. */
export type Ink = Severity | 'place' | 'gutter' | 'quiet' | 'heading';

/** Gives `text` the look of `ink`. */
export type Paint = (ink: Ink, text: string) => string;

const CODES: Readonly<Record<Ink, string>> = {
  error: '1;31',
  warning: '1;33',
  info: '1;34',
  hint: '1;36',
  place: '1',
  gutter: '34',
  quiet: '2',
  heading: '1;4',
};

export const plain: Paint = (_ink, text) => text;

export const coloured: Paint = (ink, text) => (text ? `\u001b[${CODES[ink]}m${text}\u001b[0m` : text);
