/** Requests of the series view: mails, their files, replies, versions, commits. */
import {
  type CompareParams,
  CompareRequest,
  type FileVersionsParams,
  FileVersionsRequest,
  type GitHistory,
  type GitHistoryParams,
  GitHistoryRequest,
  type GitPatches,
  type GitPatchesParams,
  GitPatchesRequest,
  type GitTrouble,
  type RepliesParams,
  RepliesRequest,
  type Series,
  type SeriesComparison,
  type SeriesParams,
  SeriesRequest,
  TrustGrantedNotification,
} from '../protocol/index.js';
import { comparison, type Version } from './features/compare.js';
import { gitHistory, gitPatches } from './features/git.js';
import { replies } from './features/replies.js';
import { fileVersionsOf, seriesOf } from './features/series.js';
import type { Session } from './session.js';

/** What is asked of the mails in a document: their list, their files, the answers to them. */
export function answerOnPatches({ connection, documents, reviews, guard }: Session): void {
  connection.onRequest<Series | null, void>(
    SeriesRequest,
    guard.request('series', null, async ({ uri }: SeriesParams, token) => {
      const reviewed = await reviews.current(uri, token);
      const text = documents.get(uri)?.getText();
      return reviewed && text !== undefined ? seriesOf(text, reviewed) : null;
    }),
  );
  connection.onRequest(
    FileVersionsRequest,
    guard.request('file versions', null, async ({ uri, line }: FileVersionsParams, token) => {
      const reviewed = await reviews.current(uri, token);
      const text = documents.get(uri)?.getText();
      return reviewed && text !== undefined ? fileVersionsOf(text, reviewed, line) : null;
    }),
  );
  connection.onRequest(
    RepliesRequest,
    guard.request('replies', null, (params: RepliesParams) => {
      const text = documents.get(params.uri)?.getText();
      return text === undefined ? null : replies(text, params);
    }),
  );
}

/** What is asked of a series and its earlier version, and of the repository that it may come from. */
export function answerOnCommits(session: Session): void {
  const { connection, documents, reviews, guard } = session;
  const versionOf = async (uri: string): Promise<Version | null> => {
    const reviewed = await reviews.current(uri);
    const text = documents.get(uri)?.getText();
    return reviewed && text !== undefined ? { text, reviewed } : null;
  };
  connection.onRequest<SeriesComparison | null, void>(
    CompareRequest,
    guard.request('comparison', null, async ({ uri, against }: CompareParams) => {
      const [later, earlier] = [await versionOf(uri), await versionOf(against)];
      return later && earlier && comparison(later, earlier);
    }),
  );
  connection.onRequest<GitHistory | GitTrouble | null, void>(
    GitHistoryRequest,
    guard.request('git history', null, (params: GitHistoryParams) => gitHistory(params, reviews.mayRunGit)),
  );
  connection.onRequest<GitPatches | GitTrouble | null, void>(
    GitPatchesRequest,
    guard.request('git patches', null, (params: GitPatchesParams) => {
      reviews.trees.comesFrom(params.uri, params.root);
      return gitPatches(params, reviews.mayRunGit);
    }),
  );
  connection.onNotification(
    TrustGrantedNotification,
    guard.notification('trust', () => {
      reviews.mayRunGit = true;
      reviews.allChanged();
    }),
  );
}
