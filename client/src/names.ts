/** Names that package.json declares and the code uses; a test compares the two. */

/** `source` of every diagnostic of ours. */
export const DIAGNOSTIC_SOURCE = 'iommu-review';

/** Also the section of the settings, so that `iommuReview.trace.server` reaches the language client. */
export const CLIENT_ID = 'iommuReview';
export const CLIENT_NAME = 'IOMMU Review';

export const Command = {
  openDecodedPatch: 'iommuReview.openDecodedPatch',
  restartServer: 'iommuReview.restartServer',
  showOutput: 'iommuReview.showOutput',
  copyReport: 'iommuReview.copyReport',
  explainRule: 'iommuReview.explainRule',
  openScaffold: 'iommuReview.openScaffold',
  openAttachTrace: 'iommuReview.openAttachTrace',
  openSimulator: 'iommuReview.openSimulator',
  exportRunPicture: 'iommuReview.exportRunPicture',
  openReferenceDesign: 'iommuReview.openReferenceDesign',
  openSampleSeries: 'iommuReview.openSampleSeries',
  toggleInlayHints: 'iommuReview.toggleInlayHints',
  showInPatch: 'iommuReview.showInPatch',
  compareFile: 'iommuReview.compareFile',
  nextFinding: 'iommuReview.nextFinding',
  previousFinding: 'iommuReview.previousFinding',
  openSeriesFolder: 'iommuReview.openSeriesFolder',
  fetchSeries: 'iommuReview.fetchSeries',
  reviewCommits: 'iommuReview.reviewCommits',
  reviewWorkingTree: 'iommuReview.reviewWorkingTree',
  compareSeries: 'iommuReview.compareSeries',
  endComparison: 'iommuReview.endComparison',
  composeReply: 'iommuReview.composeReply',
  commentOnFinding: 'iommuReview.commentOnFinding',
  addComment: 'iommuReview.addComment',
  editComment: 'iommuReview.editComment',
  saveComment: 'iommuReview.saveComment',
  cancelComment: 'iommuReview.cancelComment',
  deleteComment: 'iommuReview.deleteComment',
  deleteThread: 'iommuReview.deleteThread',
  resolveThread: 'iommuReview.resolveThread',
  reopenThread: 'iommuReview.reopenThread',
} as const;

/** Context key: the mail in the active editor is quoted-printable or base64. */
export const ENCODED_MAIL_CONTEXT = 'iommuReview.encodedMail';

/** The list of patches in the side bar. */
export const SERIES_VIEW = 'iommuReview.series';

/** Type of the panel that runs are walked through in. */
export const SIMULATOR_PANEL = 'iommuReview.simulator';

/** Of the boxes in which comments are written. */
export const COMMENTS = 'iommuReview.comments';

/** Context key: something is said of the document in the active editor. */
export const COMMENTS_CONTEXT = 'iommuReview.hasComments';

/** Context key: the extension runs, so there is a server to restart and a log to show. */
export const ACTIVATED_CONTEXT = 'iommuReview.activated';
