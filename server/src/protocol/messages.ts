/**
 * The messages that plain LSP does not have: their names and what they carry.
 * An editor that knows none of them loses the decoded document, the report
 * and the status item, and nothing else.
 */
import type {
  ChoicePoint,
  OperationName,
  RunQuestion,
  RunSource,
  SeriesPatch,
  Severity,
  WorldVariant,
} from '../findings/index.js';
import type { Settings } from './settings.js';

/** Sent by the client with `initialize`; every member may be missing in other editors. */
export interface InitializationOptions {
  readonly settings?: Partial<Settings>;
  /** Commands that the client runs itself, so that code actions and lenses may name them. */
  readonly commands?: readonly string[];
  /** False: git is not to be run, since nobody vouches for the folder that is open. Left out, it may be. */
  readonly mayRunGit?: boolean;
  /** Address of the folder that holds a page `<rule id>.md` for every rule, with a final slash. */
  readonly rulePages?: string;
}

/** Commands of the client that a code action or lens may name when `InitializationOptions.commands` lists them. */
export const ClientCommand = {
  /** Argument: the id of a rule. */
  explainRule: 'iommuReview.explainRule',
  /** Argument: the address of the encoded mail. */
  openDecodedPatch: 'iommuReview.openDecodedPatch',
  /** Argument: the text of a new C file. */
  openScaffold: 'iommuReview.openScaffold',
  /** Arguments: the address of a document, and which of its batches is meant, from 0. */
  openAttachTrace: 'iommuReview.openAttachTrace',
  /** The same, and, where one is meant, the function of a driver's operation. */
  openSimulator: 'iommuReview.openSimulator',
} as const;

/** Request: the readable text of a quoted-printable or base64 mail. Null when the document is not encoded. */
export const DecodedPatchRequest = 'iommuReview/decodedPatch';

export interface DecodedPatchParams {
  /** The encoded document. */
  readonly uri: string;
}

export interface DecodedPatch {
  readonly text: string;
  /** Address of the decoded document, from `decodedUriOf`. */
  readonly uri: string;
}

/** Notification to the server: a decoded document is on screen, publish its diagnostics under `decodedUri` too. */
export const DecodedOpenedNotification = 'iommuReview/decodedOpened';
/** Notification to the server: it is gone, withdraw them. */
export const DecodedClosedNotification = 'iommuReview/decodedClosed';

export interface DecodedDocumentParams {
  readonly uri: string;
  readonly decodedUri: string;
}

/** Notification to the client: the text of an encoded mail changed, so its decoded document must be asked for anew. */
export const DecodedChangedNotification = 'iommuReview/decodedChanged';

/** Request: a page on the scenarios that a document was played in. Null when there are none, or nothing is known of them. */
export const AttachTraceRequest = 'iommuReview/attachTrace';

export interface AttachTraceParams {
  readonly uri: string;
  /** Of several series in a document, the one that is meant, from 0. */
  readonly batch: number;
}

export interface AttachTrace {
  readonly markdown: string;
}

/** Request: what came of the scenarios of a document, and of the programmes of a driver in it. Null when there are none, or nothing is known of them. */
export const AttachFlowRequest = 'iommuReview/attachFlow';

export interface AttachFlow {
  /** That which binds; of a driver, the operation by which it attaches, the first of several. */
  readonly function: string;
  /** `27 scenarios, 10 fail`, or why none means anything. */
  readonly words: string;
  /** Nothing more will be run. */
  readonly isOver: boolean;
  /** Version of the document: a run of another one may be another run. */
  readonly version: number;
  readonly scenarios: readonly FlowScenario[];
}

export interface FlowScenario {
  readonly id: string;
  /** Of a programme of a driver, the operation that it is played with: others have programmes of the same id. */
  readonly operation?: OperationName;
  /** Of the run that shows what came of it; left out for that of the breach, or the plainest. */
  readonly tape?: string;
  readonly story: string;
  readonly verdict: 'violated' | 'held' | 'not-modelled';
  readonly explored: 'completely' | 'to-bound';
  readonly runs: number;
  readonly why: string;
  /** What breaks first; null when nothing does that the document shows. */
  readonly breach: (FlowBreach & { readonly tape: string; readonly scenario: string }) | null;
}

export interface FlowBreach {
  /** What was watched. */
  readonly title: string;
  readonly isCertain: boolean;
  readonly message: string;
}

/** Request: one run of a scenario, step by step, with what it left open. */
export const ScenarioRunRequest = 'iommuReview/scenarioRun';

export interface ScenarioRunParams extends AttachTraceParams {
  readonly run: RunQuestion;
}

/** `none`: there is no such run, because. */
export type ScenarioRunAnswer =
  | { readonly kind: 'run'; readonly run: FlowRun }
  | { readonly kind: 'none'; readonly why: string };

export interface FlowRun {
  readonly operation?: OperationName;
  /** Its id, with what is varied in its world: `bind-bind+failures`. */
  readonly scenario: string;
  readonly story: string;
  readonly verdict: FlowScenario['verdict'];
  readonly explored: FlowScenario['explored'];
  /** How many runs the verdict is of; 1 where a tape was given. */
  readonly runs: number;
  readonly why: string;
  readonly breach: FlowBreach | null;
  readonly tape: string;
  readonly steps: readonly FlowStep[];
  /** To all questions of the run, in order. */
  readonly answers: readonly number[];
  readonly choices: readonly ChoicePoint[];
  readonly variants: readonly WorldVariant[];
  /** Files of the simulated world that steps stand in: they are in no folder. */
  readonly sources: readonly RunSource[];
}

export interface FlowStep {
  readonly lane: string;
  /** `iommu-sva-lib.c:149` */
  readonly place: string;
  /** Line of the document, from 0; null for what stands in another file. */
  readonly line: number | null;
  /** The file of the run's `sources`, and the line there, from 0; null for what stands in the document, or nowhere. */
  readonly source: { readonly file: string; readonly line: number } | null;
  /** How deep in calls, from 0. */
  readonly depth: number;
  readonly text: string;
  readonly changes: readonly { readonly kind: 'added' | 'modified' | 'freed'; readonly text: string }[];
  /** Held by the lane after the step. */
  readonly locks: readonly string[];
  readonly isViolation: boolean;
}

/** Notification to the server, with `ScenarioRunParams`: the user looks at that run; the hints beside the code follow it. */
export const TraceChosenNotification = 'iommuReview/traceChosen';

/** Request with `ScenarioRunParams`: a picture of that run. Null when there is no such run. */
export const ScenarioPictureRequest = 'iommuReview/scenarioPicture';

export interface ScenarioPicture {
  readonly svg: string;
}

/** Request without parameters: the reference designs that can be opened, a list of `DesignEntry`. */
export const DesignsRequest = 'iommuReview/designs';

export interface DesignEntry {
  readonly id: string;
  readonly title: string;
  readonly story: string;
}

/** Request: the C of a design. Null when there is none of that id. */
export const DesignCodeRequest = 'iommuReview/designCode';

export interface DesignCodeParams {
  readonly id: string;
}

export interface DesignCode {
  readonly text: string;
}

/** Request: the patches of a document in series order. Null when it is not open, or no patch. */
export const SeriesRequest = 'iommuReview/series';

export interface SeriesParams {
  readonly uri: string;
}

export interface Series {
  /** Folder of the kernel tree that the patches are applied to in memory; null when there is none. */
  readonly tree: string | null;
  readonly patches: readonly SeriesPatch[];
}

/** Request: a file before and after one patch of a series. Null when there is none at that line. */
export const FileVersionsRequest = 'iommuReview/fileVersions';

export interface FileVersionsParams {
  readonly uri: string;
  /** Line of the document on which the file's headers begin, from 1. */
  readonly line: number;
}

/**
 * Request: the findings of a document held against those of an earlier version
 * of the same series. Null when one of the two is not open, or no patch.
 */
export const CompareRequest = 'iommuReview/compare';

export interface CompareParams {
  readonly uri: string;
  /** The earlier version, open too. */
  readonly against: string;
}

export interface SeriesComparison {
  /** In the earlier document. */
  readonly gone: readonly ComparedFinding[];
  /** These two in the later one. */
  readonly fresh: readonly ComparedFinding[];
  readonly still: readonly ComparedFinding[];
  /** Nothing more will be run of either: until then, what runs show may still come. */
  readonly isOver: boolean;
  /** What was not read of either, as a sentence; empty when all was. */
  readonly remark: string;
}

export interface ComparedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Lines and characters of its document, from 0. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** Notification to the server: somebody vouches for the folder that is open, and git may be run from now on. */
export const TrustGrantedNotification = 'iommuReview/trustGranted';

/** Request: what of a repository may be reviewed, a `GitHistory` or a `GitTrouble`. */
export const GitHistoryRequest = 'iommuReview/gitHistory';

export interface GitHistoryParams {
  /** Addresses of folders; the first of them that lies in a repository is meant. */
  readonly folders: readonly string[];
}

export interface GitHistory {
  readonly kind: 'history';
  /** Path of its top folder. */
  readonly root: string;
  /** What a range may begin behind, the most likely first. */
  readonly bases: readonly {
    readonly name: string;
    readonly kind: 'upstream' | 'tag';
    /** From there to HEAD. */
    readonly commits: number;
  }[];
  /** Latest first. */
  readonly commits: readonly {
    readonly id: string;
    readonly subject: string;
    readonly author: string;
    readonly age: string;
  }[];
}

/** Why git has nothing to say; `words` are a sentence without a full stop. */
export interface GitTrouble {
  readonly kind: 'trouble';
  readonly why: 'not-installed' | 'no-repository' | 'not-trusted' | 'nothing' | 'refused';
  readonly words: string;
}

/** Request: commits, or what is not committed, as a text to be opened: `GitPatches` or a `GitTrouble`. */
export const GitPatchesRequest = 'iommuReview/gitPatches';

export interface GitPatchesParams {
  /** Of the history. */
  readonly root: string;
  /** `base..HEAD`, or a base alone; null for what is not committed. */
  readonly range: string | null;
  /** Address under which the text will be opened: it is applied to the tree of that repository. */
  readonly uri: string;
}

export interface GitPatches {
  readonly kind: 'patches';
  /** A mailbox or a diff, one character an octet. */
  readonly text: string;
  /** C files that git has never been told of, which are not in it. */
  readonly untracked: number;
}

/**
 * Request: the mails that say what a reviewer has put on lines of a document,
 * one for each mail that something is said of. Null when it is not open.
 */
export const RepliesRequest = 'iommuReview/replies';

export interface RepliesParams {
  /** A patch; for a decoded document its mail. */
  readonly uri: string;
  /** Whether the lines are those of the decoded document. */
  readonly isDecoded: boolean;
  readonly comments: readonly PlacedComment[];
  /** `Name <mail>` of whoever answers; empty: the mails do not say it. */
  readonly from: string;
}

export interface PlacedComment {
  /** Line of the document, from 0. */
  readonly line: number;
  readonly text: string;
}

export interface Replies {
  /** As mails, in the order of the patches. */
  readonly mails: readonly string[];
  /** What the sender should know, such as that a mail belongs to no thread. */
  readonly remarks: readonly string[];
}

/** Request without parameters: what a bug report needs from the server, without any source text. */
export const ReportRequest = 'iommuReview/report';

export interface Report {
  readonly markdown: string;
}

/**
 * Notification to the client, before each review of a document: should the
 * server die in it, the client knows which document to keep out.
 */
export const ReviewingNotification = 'iommuReview/reviewing';

export interface ReviewingParams {
  readonly uri: string;
}

/** Notification to the client, after each review of a document. */
export const StatusNotification = 'iommuReview/status';

export interface StatusParams {
  readonly uri: string;
  /** How many findings are published for the document. */
  readonly findings: number;
  /** Strongest severity among them. */
  readonly worst: Severity | null;
  /** False: the document is none of our business, or was not read; `reason` says why. */
  readonly reviewed: boolean;
  /** Empty, or a sentence for the user: why nothing was reviewed, or what was left out. */
  readonly reason: string;
  readonly milliseconds: number;
}

/** Exit code of a server whose native parser does not load: restarting it would not help (`EX_CONFIG`). */
export const EXIT_PARSER_MISSING = 78;
