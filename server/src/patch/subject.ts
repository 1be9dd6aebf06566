/** Subject lines: `Re: [PATCH RFC v2 03/11] iommu/sva: Add …` taken apart. */
import type { Subject } from './types.js';

/** Reply marks of the mailers one meets on kernel lists, with their counters: `Re[2]:`, `AW:`, `回复:`. */
const REPLY = /^(?:re|aw|sv|antw|回复|答复|回覆)(?:\[\d+\]|\^\d+)?[ \t]*[:：]\s*/i;
const FORWARD = /^(?:fwd?|wg|转发)[ \t]*[:：]\s*/i;
const BRACKET = /^\[([^\]]*)\]\s*/;
/** `[RFC/PATCH]` is two words, `3/11` one. */
const WORD_BREAK = /[\s,]+|(?<=[a-z])\/(?=[a-z])/i;
const NUMBER = /^(\d{1,5})\/(\d{1,5})$/;
const VERSION = /^-?v(\d{1,4})(?:\.\d+)?$/i;
/** `PATCHv2`, `RFC-v3`, `PATCH_V2`. */
const GLUED_VERSION = /^(.*[a-z])[-_]?v(\d{1,4})$/i;

/** Takes a decoded subject apart; null for a message without one. */
export function readSubject(value: string | null): Subject | null {
  if (value === null) return null;
  let rest = value.replace(/\s+/g, ' ').trim();
  let isReply = false;
  const words: string[] = [];
  for (;;) {
    const mark = REPLY.exec(rest) ?? FORWARD.exec(rest);
    const bracket = BRACKET.exec(rest);
    if (mark) isReply ||= REPLY.test(rest);
    else if (bracket) words.push(bracket[1]!);
    else break;
    rest = rest.slice((mark ?? bracket)![0].length);
  }
  return { title: rest.trim(), isReply, ...readWords(words.join(' ').split(WORD_BREAK)) };
}

function readWords(words: readonly string[]): Omit<Subject, 'title' | 'isReply'> {
  const tags: string[] = [];
  let version = 1;
  let index: number | null = null;
  let total: number | null = null;
  for (const word of words) {
    const number = NUMBER.exec(word);
    const said = VERSION.exec(word);
    const glued = GLUED_VERSION.exec(word);
    if (number && index === null) {
      index = Number(number[1]);
      total = Number(number[2]);
    } else if (said) version = Number(said[1]);
    else if (glued) {
      tags.push(glued[1]!);
      version = Number(glued[2]);
    } else if (word !== '') tags.push(word);
  }
  return { tags, version, index, total };
}
