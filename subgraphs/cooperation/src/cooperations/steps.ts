import { build, daysOf, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { committee as committeeOf } from '@hub/regions';
import {
  assertLengths,
  assertOthers,
  changedTexts,
  type FetchContext,
  givenCommittee,
  type Machine,
  type MutationInput,
  periodOf,
  stepsOf,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { partnerSteps, withdrawOpenInvitations } from '../partners/steps.ts';
import { partner } from '../partners/tables.ts';
import { cooperationMachine } from './cooperation.machine.ts';
import { cooperation, cooperationEvent } from './tables.ts';
import { partColumns, staffOf, wholeOf } from './whole.ts';

type State = keyof typeof cooperationMachine.states;

/** The machine as it is for a cooperation in a state: with the step that leaves it there. */
function cooperationMachineIn(state: State): Machine {
  const updateCooperation = {
    from: state === 'CONCLUDED' ? (['CONTACT', 'ACTIVE'] as const) : [state],
    to: state,
    by: ['STAFF'] as const,
    zh: '修改基本信息',
    en: 'change its title, field or description',
    asks: [],
  };
  return { ...cooperationMachine, steps: { ...cooperationMachine.steps, updateCooperation } };
}
const stepsIn = (state: State) => stepsOf(cooperation, cooperationMachineIn(state), cooperationEvent);
const byState = { CONTACT: stepsIn('CONTACT'), ACTIVE: stepsIn('ACTIVE'), CONCLUDED: stepsIn('CONCLUDED') };

/** How cooperations are made and moved; whichever state's machine it is, it names every step. */
export const cooperationSteps = byState.CONTACT;
export const cooperationMachineNamed = cooperationMachineIn('CONTACT');
export const cooperationStepsIn = (state: string) => byState[state as State];

const longest = { title: 200, field: 100, description: 4_000, result: 4_000 };
const mostPartners = 50;

interface InvitedPartner extends MutationInput {
  readonly committee: string;
  readonly role: string;
}
export interface ProposeInput extends MutationInput {
  readonly title: string;
  readonly kind: string;
  readonly field: string;
  readonly description?: string | null;
  readonly started?: string | null;
  readonly role: string;
  readonly partners?: readonly InvitedPartner[] | null;
  readonly visibility: 'JOINT' | 'PUBLIC';
}

/** The name of a committee that there is. @throws RuleBroken INVALID */
export function nameOfCommittee(code: string, path: readonly string[]): string {
  const found = committeeOf(code);
  if (!found) throw new RuleBroken('INVALID', { path, details: { field: path.at(-1) ?? '' } });
  return found.name;
}

/** Makes a cooperation of the actor's committee, and invites the others. */
export async function proposeCooperation(input: ProposeInput, context: FetchContext): Promise<{ id: string }> {
  const owner = staffOf(context);
  assertLengths(input, longest);
  const invited = input.partners ?? [];
  if (invited.length === 0 && input.kind !== 'STUDY_VISIT')
    throw new RuleBroken('REQUIRED', { path: ['partners'], details: { field: 'partners' } });
  if (invited.length > mostPartners)
    throw new RuleBroken('LIMIT_REACHED', { path: ['partners'], details: { maximum: mostPartners } });
  const codes = invited.map(({ committee }, at) => givenCommittee(committee, ['partners', String(at), 'committee']));
  assertOthers(owner, codes, (at) => ['partners', String(at), 'committee']);
  const started = periodOf(input.started);
  const visibility = input.visibility;
  const row = {
    owner,
    visibility,
    parties: visibility === 'JOINT' ? [owner, ...codes] : [],
    subjects: [],
    title: input.title,
    kind: input.kind,
    field: input.field,
    description: input.description || null,
    started,
    startedFrom: daysOf(started ?? undefined).from,
    partnerNames: [owner, ...codes].map((code) => nameOfCommittee(code, ['partners'])),
  };
  const { id } = await cooperationSteps.start(context, 'proposeCooperation', row, input);
  const side = (committee: string, committeeAsFiled: string, role: string, position: number) => ({
    ...partColumns(owner, row),
    cooperation: id,
    committee,
    committeeAsFiled,
    role,
    position,
  });
  await context.scope.run(
    statement(
      build.insert(partner).values({ ...side(owner, owner, input.role, 0), status: 'ACCEPTED', since: today() }),
    ),
  );
  for (const [at, asked] of invited.entries()) {
    const { committee, role } = asked;
    const row = side(codes[at] ?? committee, committee, role, at + 1);
    await partnerSteps.start(context, 'inviteCooperationPartner', row, asked);
  }
  return { id };
}

export interface UpdateInput extends MutationInput {
  readonly cooperation: string;
  readonly title?: string | null;
  readonly field?: string | null;
  readonly description?: string | null;
  readonly started?: string | null;
}

/** Changes what is proposed, or what the cooperation is called; an answer to what was there before is a conflict. */
export async function updateCooperation(input: UpdateInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { status } = await wholeOf(context, input.cooperation);
  const texts = changedTexts(input, ['title', 'field'], ['description']);
  const started = periodOf(input.started);
  const { id } = await cooperationStepsIn(status).take(context, 'updateCooperation', 'cooperation', input, (row) => ({
    ...texts,
    ...(started && { started, startedFrom: daysOf(started).from }),
    termsRevision: row.revision + 1,
  }));
  return { id };
}

export interface ConcludeInput extends MutationInput {
  readonly cooperation: string;
  readonly result: string;
}

/** Ends a cooperation; who hasn't answered is asked no more. */
export async function concludeCooperation(input: ConcludeInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const result = input.result;
  const { id } = await cooperationSteps.take(context, 'concludeCooperation', 'cooperation', input, () => ({ result }));
  await withdrawOpenInvitations(context, id, result);
  return { id };
}
