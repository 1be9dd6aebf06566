/**
 * Whether a document is any of our business, by its language, its text and its
 * place: the server is started for these alone. Asked on every keystroke until
 * then, so it looks at the text once and at each folder once.
 */

import { includesKernelHeader } from '../../server/src/protocol/index.js';

/** What the question needs to know of a document. */
export interface Candidate {
  readonly languageId: string;
  /** Path on disk, or null for a document that has none. */
  readonly path: string | null;
  text(): string;
}

/** A changed C file under one of the top folders of the kernel. */
const KERNEL_FILE =
  /^(?:diff --git a\/|(?:---|\+\+\+) (?:[a-z]\/)?)(?:arch|block|crypto|drivers|fs|include|init|io_uring|ipc|kernel|lib|mm|net|rust|samples|security|sound|tools|virt)\/\S*\.[ch](?:\s|$)/m;

export function touchesKernelC(diff: string): boolean {
  return KERNEL_FILE.test(diff);
}

export function isRelevant(candidate: Candidate, isInKernelTree: (path: string) => boolean): boolean {
  switch (candidate.languageId) {
    case 'kernel-patch':
      return true;
    case 'diff':
      return touchesKernelC(candidate.text());
    case 'cpp':
      // VS Code opens `.h` as C++; a kernel header is C all the same, but a C++ file never is ours.
      return candidate.path?.endsWith('.h') === true && isKernelC(candidate, isInKernelTree);
    case 'c':
      return isKernelC(candidate, isInKernelTree);
    default:
      return false;
  }
}

function isKernelC(candidate: Candidate, isInKernelTree: (path: string) => boolean): boolean {
  if (candidate.path !== null && isInKernelTree(candidate.path)) return true;
  return includesKernelHeader(candidate.text());
}
