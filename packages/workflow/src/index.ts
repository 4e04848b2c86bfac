export { adoptedByAll } from './adopted-by-all.ts';
export {
  correctionsOf,
  correctionTable,
  type Entered,
  type EnteredRow,
  type WithdrawInput,
} from './corrections.ts';
export { type Days, dueOf } from './deadline.ts';
export {
  agencyEventTable,
  type EventTable,
  type EvidenceList,
  eventLog,
  eventTable,
  type Moved,
} from './events.ts';
export {
  assertLengths,
  assertNoMoreThan,
  assertOnce,
  assertOthers,
  changedTexts,
  givenCommittee,
  givenId,
  givenRegion,
  invalidAt,
  periodOf,
  type QuantityInput,
  quantityOf,
  within,
} from './given.ts';
export {
  assertMayEver,
  assertRevision,
  assertStart,
  assertStep,
  type Doer,
  doers,
  type Machine,
  machine,
  type Step,
  type StepDeadline,
  type Stepping,
  stepOf,
  stepsOpenTo,
} from './machine.ts';
export { type Done, type FetchContext, type MutationInput, mutation, type Secret, type Secrets } from './mutation.ts';
export { localSettings, type Settings, settingTable } from './settings.ts';
export { type SteppedRow, statusColumns, stepsOf } from './steps.ts';
export { awaitedOf, newsFor, type Wait, type Waiting, type WorkKind, waitingFor } from './work.ts';
