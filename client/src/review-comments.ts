/**
 * Comments on the lines of patches, in the editor's own comment boxes. What is
 * typed is kept at every change, and is there again after a restart.
 */
import * as vscode from 'vscode';
import { DecodedScheme, type PlacedComment } from '../../server/src/protocol/index.js';
import { addressInFront, documentAt } from './active-document.js';
import { type CommentDrafts, presentLine } from './comment-drafts.js';
import { COMMENTS, COMMENTS_CONTEXT } from './names.js';
import { complain } from './say.js';

const AUTHOR: vscode.CommentAuthorInformation = { name: 'You' };

/** One box of a thread. */
class DraftComment implements vscode.Comment {
  mode = vscode.CommentMode.Preview;
  readonly author = AUTHOR;
  readonly contextValue = 'draft';
  /** While it is edited, what it said before. */
  saved: string;

  constructor(
    public body: string,
    readonly thread: vscode.CommentThread,
  ) {
    this.saved = body;
  }
}

/** A thread with what is needed to find its line again. */
interface Placed {
  readonly thread: vscode.CommentThread;
  lineText: string;
}

export class ReviewComments implements vscode.Disposable {
  readonly #drafts: CommentDrafts;
  readonly #controller = vscode.comments.createCommentController(COMMENTS, 'IOMMU Review');
  /** By the address of the document. */
  readonly #threads = new Map<string, Placed[]>();
  readonly #disposables: vscode.Disposable[] = [this.#controller];

  constructor(drafts: CommentDrafts) {
    this.#drafts = drafts;
    this.#controller.options = {
      prompt: 'Comment on this line',
      placeHolder: 'What is wrong, why, and what to do instead',
    };
    this.#controller.commentingRangeProvider = {
      provideCommentingRanges: (document) =>
        isCommentable(document) ? [new vscode.Range(0, 0, document.lineCount - 1, 0)] : [],
    };
    this.#disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.#restore(document)),
      // A decoded document is empty until the server has answered.
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#restore(document)),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#noteContext()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#noteContext()),
    );
    for (const document of vscode.workspace.textDocuments) this.#restore(document);
    this.#noteContext();
  }

  /** The reply box of a thread, new or not. */
  add({ thread, text }: vscode.CommentReply): void {
    const said = text.trim();
    if (said !== '') thread.comments = [...thread.comments, new DraftComment(said, thread)];
    this.#adopt(thread);
  }

  /** A comment on a line (from 0), to be edited further. */
  addOn(document: vscode.TextDocument, line: number, text: string): void {
    const placed = this.#of(document.uri).find(({ thread }) => thread.range?.start.line === line);
    const thread =
      placed?.thread ?? this.#controller.createCommentThread(document.uri, document.lineAt(line).range, []);
    thread.comments = [...thread.comments, new DraftComment(text, thread)];
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    this.#adopt(thread);
  }

  edit(comment: DraftComment): void {
    comment.mode = vscode.CommentMode.Editing;
    refresh(comment.thread);
  }

  save(comment: DraftComment): void {
    comment.saved = comment.body;
    comment.mode = vscode.CommentMode.Preview;
    refresh(comment.thread);
    this.#keep(comment.thread.uri);
  }

  cancel(comment: DraftComment): void {
    comment.body = comment.saved;
    comment.mode = vscode.CommentMode.Preview;
    refresh(comment.thread);
  }

  remove(comment: DraftComment): void {
    const { thread } = comment;
    thread.comments = thread.comments.filter((each) => each !== comment);
    if (thread.comments.length === 0) this.removeThread(thread);
    else this.#keep(thread.uri);
  }

  removeThread(thread: vscode.CommentThread): void {
    const key = thread.uri.toString();
    this.#threads.set(
      key,
      this.#of(thread.uri).filter((placed) => placed.thread !== thread),
    );
    thread.dispose();
    this.#keep(thread.uri);
  }

  resolve(thread: vscode.CommentThread, isResolved: boolean): void {
    show(thread, isResolved);
    this.#keep(thread.uri);
  }

  /** What is to be said of a document, on the lines as they stand; resolved threads are not. */
  placed(document: vscode.TextDocument): PlacedComment[] {
    return this.#of(document.uri)
      .filter(({ thread }) => !isResolved(thread))
      .flatMap(({ thread, lineText }) => {
        const line = lineNow(document, thread.range?.start.line ?? 0, lineText);
        return textsOf(thread).map((text) => ({ line, text }));
      });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #of(uri: vscode.Uri): readonly Placed[] {
    return this.#threads.get(uri.toString()) ?? [];
  }

  /** Takes note of a thread that the editor or this made. */
  #adopt(thread: vscode.CommentThread): void {
    // What was kept before must not be written over by what is said now.
    const document = documentAt(thread.uri);
    if (document) this.#restore(document);
    const known = this.#of(thread.uri);
    if (!known.some((placed) => placed.thread === thread)) {
      const line = thread.range?.start.line ?? 0;
      this.#threads.set(thread.uri.toString(), [...known, { thread, lineText: lineIn(thread.uri, line) }]);
      show(thread, false);
    }
    this.#keep(thread.uri);
  }

  #restore(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (!isCommentable(document) || document.getText() === '' || this.#threads.has(key)) return;
    const restored = this.#drafts.read(key).map((draft): Placed => {
      const line = lineNow(document, draft.line, draft.lineText);
      const thread = this.#controller.createCommentThread(document.uri, document.lineAt(line).range, []);
      thread.comments = draft.texts.map((text) => new DraftComment(text, thread));
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
      show(thread, draft.isResolved);
      return { thread, lineText: draft.lineText };
    });
    this.#threads.set(key, restored);
    this.#noteContext();
  }

  #keep(uri: vscode.Uri): void {
    const threads = this.#of(uri).map(({ thread, lineText }) => ({
      line: thread.range?.start.line ?? 0,
      lineText,
      isResolved: isResolved(thread),
      texts: textsOf(thread),
    }));
    try {
      this.#drafts.write(uri.toString(), threads);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void complain(`IOMMU Review: your comments cannot be saved and will be lost with this window: ${why}`);
    }
    this.#noteContext();
  }

  /** Lets the button for a reply appear only where there is something to say. */
  #noteContext(): void {
    const uri = addressInFront();
    const says = uri !== null && this.#of(uri).some(({ thread }) => !isResolved(thread));
    void vscode.commands.executeCommand('setContext', COMMENTS_CONTEXT, says);
  }
}

export { DraftComment };

/** Patches that have an address which will be theirs tomorrow too. */
function isCommentable({ uri, languageId }: vscode.TextDocument): boolean {
  const isPatch = languageId === 'kernel-patch' || languageId === 'diff';
  return isPatch && (uri.scheme === 'file' || uri.scheme === DecodedScheme);
}

function textsOf(thread: vscode.CommentThread): string[] {
  return thread.comments.map((comment) =>
    // What is typed in an open box is not said yet.
    comment instanceof DraftComment ? comment.saved : String(comment.body),
  );
}

function isResolved(thread: vscode.CommentThread): boolean {
  return thread.state === vscode.CommentThreadState.Resolved;
}

function show(thread: vscode.CommentThread, resolved: boolean): void {
  thread.state = resolved ? vscode.CommentThreadState.Resolved : vscode.CommentThreadState.Unresolved;
  thread.contextValue = resolved ? 'resolved' : 'open';
  thread.label = resolved ? 'Resolved: not part of the reply' : 'Draft';
}

/** The editor sees a change only when the list is another one. */
function refresh(thread: vscode.CommentThread): void {
  thread.comments = [...thread.comments];
}

function lineIn(uri: vscode.Uri, line: number): string {
  const document = documentAt(uri);
  return document && line < document.lineCount ? document.lineAt(line).text : '';
}

function lineNow(document: vscode.TextDocument, line: number, lineText: string): number {
  return presentLine({ line, lineText }, document.lineCount, (at) => document.lineAt(at).text);
}
