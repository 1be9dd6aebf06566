export {
  ALONE,
  ALONE_BUDGET,
  type Alone,
  aloneSubject,
  type Replayed,
  replayAlone,
  runAlone,
} from './alone.js';
export {
  CONCRETE,
  type Played,
  PROGRAMME_BUDGET,
  type Programme,
  play,
  programmeSubject,
  replayProgramme,
} from './programme.js';
export type { Assumption, Breach, Verdict } from './verdict.js';
