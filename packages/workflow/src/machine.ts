/**
 * State machines as data. One file for each, beside the feature whose records it moves (`<record>.machine.ts`): the code
 * enforces it, docs/machines.md is drawn from it, and a test walks every step from every state.
 */
import type { Actor, Duty } from '@hub/access';
import { HubError, RuleBroken } from '@hub/errors';

/** Who may take a step. */
export const doers = {
  STAFF: { kind: 'STAFF', zh: '该政协机关经办人员' },
  PARTNER: { kind: 'STAFF', zh: '受邀方机关经办人员' },
  AUTHOR: { kind: 'MEMBER', zh: '提交的委员本人' },
  MEMBER: { kind: 'MEMBER', zh: '该政协委员' },
  CONVENOR: { kind: 'MEMBER', zh: '界别或小组召集人' },
  DEPARTMENT: { kind: 'DEPARTMENT', zh: '承办单位' },
  LIAISON: { kind: 'LIAISON', zh: '该政协社情民意联络员' },
  AGENCY: { kind: 'AGENCY', zh: '申请共享的数据使用方' },
  PUBLIC: { kind: 'PUBLIC', zh: '公众' },
  HUB: { kind: 'FEED', zh: '系统' },
} as const satisfies Record<string, { kind: Actor['kind']; zh: string }>;
export type Doer = keyof typeof doers;

/** By when a step is due: so long after a day, or on the day that a letter of the record's states. */
export type StepDeadline = CountedDeadline | { readonly on: string };

interface CountedDeadline {
  /** The setting of the committee that says how many. */
  readonly setting: string;
  readonly unit: 'WORKING_DAYS' | 'DAYS' | 'MONTHS';
  /** Counted from the day on which the record entered its state, or from a day of its own. */
  readonly counts: 'AFTER_ENTERING' | { readonly after: string } | { readonly before: string };
}

export interface Step<State extends string> {
  /** States in which it may be taken; none makes a record. */
  readonly from: readonly State[];
  /** Null: it stays in the state that it is in. */
  readonly to: State | null;
  readonly by: readonly Doer[];
  readonly zh: string;
  readonly en: string;
  /** Fields of the input that are asked for as evidence; without them the step isn't taken. */
  readonly asks: readonly string[];
  readonly deadline?: StepDeadline;
  /**
   * States in which it is the record's next move, and so a task of those who may take it. In its other states, and where
   * this is left out, it may be taken at will: withdrawing, cancelling, changing, or declining what is to be accepted.
   */
  readonly awaited?: readonly State[];
}

export interface Machine<State extends string = string, Name extends string = string> {
  /** The record's type in the graph. */
  readonly record: string;
  /** What staff have to be charged with. */
  readonly duty: Duty;
  readonly zh: string;
  readonly states: Readonly<Record<State, { readonly zh: string; readonly en: string }>>;
  /** By the name of the mutation. */
  readonly steps: Readonly<Record<Name, Step<State>>>;
}

/** Checks a machine as it is made: every state can be reached, every step names states that are there. */
export function machine<const State extends string, const Name extends string>(
  given: Machine<State, Name>,
): Machine<State, Name> {
  const steps = Object.entries(given.steps) as [Name, Step<State>][];
  const reached = new Set(steps.map(([, step]) => step.to));
  for (const state of Object.keys(given.states))
    if (!reached.has(state as State)) throw new Error(`${given.record}: no step leads to ${state}`);
  for (const [name, step] of steps) {
    if (step.from.length === 0 && step.to === null)
      throw new Error(`${given.record}.${name} makes a record in no state`);
    for (const state of [...step.from, ...(step.to === null ? [] : [step.to])])
      if (!(state in given.states)) throw new Error(`${given.record}.${name}: there is no state ${state}`);
    for (const state of step.awaited ?? [])
      if (!step.from.includes(state)) throw new Error(`${given.record}.${name} isn't taken from ${state}`);
  }
  return given;
}

/** What of a record decides who may take a step. */
export interface Stepping {
  readonly id: string;
  readonly owner: string;
  readonly status: string;
  readonly revision: number;
  readonly author?: string | null | undefined;
  readonly organization?: string | null | undefined;
  readonly department?: string | null | undefined;
  /** The committee that it invites to take part. */
  readonly committee?: string | null | undefined;
  /** The partner agency whose it is. */
  readonly agency?: string | null | undefined;
}

const isDoer: Readonly<Record<Doer, (actor: Actor, record: Omit<Stepping, 'id' | 'status' | 'revision'>) => boolean>> =
  {
    STAFF: (actor, { owner }) => actor.kind === 'STAFF' && actor.committee === owner,
    PARTNER: (actor, { committee }) => actor.kind === 'STAFF' && committee != null && actor.committee === committee,
    AUTHOR: (actor, { author, owner }) =>
      actor.kind === 'MEMBER' && actor.committee === owner && author != null && actor.member === author,
    MEMBER: (actor, { owner }) => actor.kind === 'MEMBER' && actor.committee === owner,
    CONVENOR: (actor, { organization, owner }) =>
      actor.kind === 'MEMBER' &&
      actor.committee === owner &&
      organization != null &&
      actor.convenes.includes(organization),
    DEPARTMENT: (actor, { department, owner }) =>
      actor.kind === 'DEPARTMENT' && actor.committee === owner && department != null && actor.department === department,
    LIAISON: (actor, { owner }) => actor.kind === 'LIAISON' && actor.committee === owner,
    AGENCY: (actor, { agency }) => actor.kind === 'AGENCY' && agency != null && actor.subject === agency,
    PUBLIC: () => true,
    HUB: (actor) => actor.kind === 'FEED',
  };

/**
 * Whether an actor could ever take a step, whatever the record.
 * @throws HubError FORBIDDEN where it couldn't
 */
export function assertMayEver(of: Machine, name: string, actor: Actor): void {
  const step = stepOf(of, name);
  const could = step.by.some(
    (doer) =>
      doer === 'PUBLIC' ||
      (doers[doer].kind === actor.kind && (actor.kind !== 'STAFF' || actor.duties.includes(of.duty))),
  );
  if (!could) throw new HubError('FORBIDDEN');
}

/** Which of those who may take a step the actor is for this record; none where it isn't the actor's to take. */
function doerOf(of: Machine, step: Step<string>, actor: Actor, record: Stepping): Doer | undefined {
  return step.by.find(
    (doer) => isDoer[doer](actor, record) && (actor.kind !== 'STAFF' || actor.duties.includes(of.duty)),
  );
}

/**
 * Checks that a step may be taken now, by this actor, with this evidence.
 * @param input the mutation's input: its evidence, and `expectedRevision` where the client says which revision it read
 * @throws HubError FORBIDDEN, or RuleBroken NOT_YOURS, CONFLICT, STEP_NOT_ALLOWED or REQUIRED
 */
export function assertStep(
  of: Machine,
  name: string,
  actor: Actor,
  record: Stepping,
  input: Readonly<Record<string, unknown>>,
): void {
  const step = stepOf(of, name);
  assertMayEver(of, name, actor);
  if (!doerOf(of, step, actor, record))
    throw new RuleBroken('NOT_YOURS', { details: { who: step.by.map((doer) => doers[doer].zh) } });
  assertRevision(record, input['expectedRevision']);
  if (!step.from.includes(record.status))
    throw new RuleBroken('STEP_NOT_ALLOWED', {
      record: record.id,
      details: { state: record.status, from: step.from.join(', ') },
    });
  assertAsked(step, input);
}

/** @throws RuleBroken REQUIRED where evidence that a step asks for is missing or empty */
export function assertAsked(step: Step<string>, input: Readonly<Record<string, unknown>>): void {
  for (const field of step.asks) {
    const given = input[field];
    const empty = given == null || given === '' || (Array.isArray(given) && given.length === 0);
    if (empty) throw new RuleBroken('REQUIRED', { path: [field], details: { field } });
  }
}

/** @throws RuleBroken CONFLICT where the client read another revision than the current one */
export function assertRevision(record: Pick<Stepping, 'id' | 'revision'>, expected: unknown): void {
  if (expected != null && expected !== record.revision)
    throw new RuleBroken('CONFLICT', {
      record: record.id,
      path: ['expectedRevision'],
      details: { revision: record.revision },
    });
}

export function stepOf(of: Machine, name: string): Step<string> {
  const step = of.steps[name];
  if (!step) throw new Error(`${of.record} has no step ${name}`);
  return step;
}

/** Steps that an actor may take on a record now. */
export function stepsOpenTo(of: Machine, actor: Actor, record: Stepping): { name: string; step: Step<string> }[] {
  return Object.entries(of.steps).flatMap(([name, step]) =>
    step.from.includes(record.status) && doerOf(of, step, actor, record) ? [{ name, step }] : [],
  );
}

/**
 * Checks that an actor may make a record by a step.
 * @param record what of the record to be decides who may
 * @throws HubError FORBIDDEN, or RuleBroken NOT_YOURS or REQUIRED
 */
export function assertStart(
  of: Machine,
  name: string,
  actor: Actor,
  record: Pick<Stepping, 'owner' | 'author' | 'organization' | 'department' | 'agency'>,
  input: Readonly<Record<string, unknown>>,
): void {
  const step = stepOf(of, name);
  assertMayEver(of, name, actor);
  if (!step.by.some((doer) => isDoer[doer](actor, record)))
    throw new RuleBroken('NOT_YOURS', { details: { who: step.by.map((doer) => doers[doer].zh) } });
  assertAsked(step, input);
}
