/**
 * Which documents are reviewed, and with which tree around them. Mails and
 * diffs are shown to the reviewer, which tells whether they touch kernel C;
 * C is reviewed only where it is plainly the kernel's.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { includesKernelHeader, type Settings } from '../protocol/index.js';
import type { InputPart } from '../review/index.js';
import { nameOf, pathOf, schemeOf } from './addresses.js';
import type { KernelTrees } from './kernel-trees.js';
import type { TreeOnDisk } from './tree-on-disk.js';

/** From this size on a mailbox is read lazily, and C not at all. */
export const LARGE_DOCUMENT = 2 * 1024 * 1024;

const PATCH_LANGUAGES = new Set(['kernel-patch', 'diff', 'patch', 'mail', 'gitsendemail', 'mbox']);
/** Other schemes are views of documents: the other side of a comparison, the decoded text of a mail. */
const SCHEMES = new Set(['file', 'untitled', '']);

export type Admission =
  | { readonly admitted: false; readonly reason: string }
  | {
      readonly admitted: true;
      readonly part: InputPart;
      readonly tree: TreeOnDisk | null;
      /** Whether the tree is one that the user named in vain. */
      readonly treeMissing: boolean;
    };

/** Decides on a document as it stands now. */
export function admit(document: TextDocument, settings: Settings, trees: KernelTrees): Admission {
  if (!settings.enable) return refused('IOMMU Review is switched off for this document.');
  if (!SCHEMES.has(schemeOf(document.uri))) return refused('Only files and unsaved documents are reviewed.');
  if (document.languageId === 'cpp' && !isC(document)) return refused('The kernel has no C++.');
  const configured = trees.configured(settings.kernelTree);
  const treeMissing = settings.kernelTree !== '' && configured === null;
  if (isC(document)) return admitC(document, configured, treeMissing, trees);
  const path = pathOf(document.uri);
  const tree = trees.sourceOf(document.uri) ?? configured ?? trees.around(path) ?? trees.opened();
  return {
    admitted: true,
    part: { path: path ?? nameOf(document.uri), content: document.getText() },
    tree,
    treeMissing,
  };
}

/** The same, of a text that is a change of another one; null for one that is none. */
export function changeOf(admission: Admission, before: string | null): Admission {
  return admission.admitted && before !== null
    ? { ...admission, part: { ...admission.part, before } }
    : admission;
}

function admitC(
  document: TextDocument,
  configured: TreeOnDisk | null,
  treeMissing: boolean,
  trees: KernelTrees,
): Admission {
  const content = document.getText();
  if (content.length > LARGE_DOCUMENT) return refused('C files of more than 2 MB are not reviewed.');
  const path = pathOf(document.uri);
  // The tree it lies in, whatever the user named: its own headers describe it.
  const tree = trees.around(path);
  if (tree === null && !includesKernelHeader(content))
    return refused('Not kernel C: it lies in no kernel tree and includes no linux/ header.');
  const treePath = tree === null || path === null ? null : tree.pathInTree(path);
  const part = { path: path ?? withSuffix(nameOf(document.uri)), content };
  return {
    admitted: true,
    part: treePath === null ? part : { ...part, treePath },
    tree: tree ?? configured,
    treeMissing,
  };
}

/** Whether the document is C: by its language where that says it, else by its name; editors take `.h` for C++. */
export function isC(document: TextDocument): boolean {
  if (document.languageId === 'c') return true;
  return !PATCH_LANGUAGES.has(document.languageId) && /\.[ch]$/.test(nameOf(document.uri));
}

/** An unsaved C document has no name that tells what it is. */
function withSuffix(name: string): string {
  return /\.[ch]$/.test(name) ? name : `${name}.c`;
}

function refused(reason: string): Admission {
  return { admitted: false, reason };
}
