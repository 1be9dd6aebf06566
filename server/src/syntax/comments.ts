/** The comments of a text, found without parsing it. */
import type { Span } from '../base/index.js';
import { skipLiteral } from './lexing.js';

/** In order, with their delimiters; what stands in strings is none. */
export function commentsIn(text: string): readonly Span[] {
  const comments: Span[] = [];
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    const end = char === '/' || char === '"' || char === "'" ? skipLiteral(text, at) : at;
    if (end === at) at++;
    else {
      if (char === '/') comments.push({ start: at, end });
      at = end;
    }
  }
  return comments;
}
