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
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { partnerSteps, withdrawOpenInvitations } from '../partners/steps.ts';
import { partner } from '../partners/tables.ts';
import { cooperationMachine } from './cooperation.machine.ts';
import { cooperation, cooperationEvent } from './tables.ts';
import { partColumns, partiesOf, sideNamed, staffOf, wholeOf } from './whole.ts';

const { placeholder } = sql;

type State = keyof typeof cooperationMachine.states;

/** The machine as it is for a cooperation in a state: with the step that leaves it there. */
function cooperationMachineIn(state: State): Machine {
  const updateCooperation = {
    from: state === 'CONCLUDED' ? (['CONTACT', 'ACTIVE'] as const) : [state],
    to: state,
    by: ['STAFF'] as const,
    zh: '修改基本信息',
    en: 'change its title, field or description, or who sees it',
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

/** Who may be chosen to see it, from the narrowest to the widest. */
const audiences = ['JOINT', 'UPWARD', 'PUBLIC'] as const;
type CooperationAudience = (typeof audiences)[number];

/** An audience's columns: UPWARD is JOINT with more parties. */
const audienceColumns = (given: CooperationAudience, partners: readonly string[]) => ({
  visibility: given === 'PUBLIC' ? ('PUBLIC' as const) : ('JOINT' as const),
  upward: given === 'UPWARD',
  parties: given === 'PUBLIC' ? [] : partiesOf(partners, given === 'UPWARD'),
});

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
  readonly visibility: CooperationAudience;
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
  const row = {
    owner,
    ...audienceColumns(input.visibility, [owner, ...codes]),
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
  readonly visibility?: CooperationAudience | null;
}

const partnersOf = statement(
  build
    .select({ committee: partner.committee, status: partner.status })
    .from(partner)
    .where(
      and(
        eq(partner.cooperation, sql`${placeholder('cooperation')}::uuid`),
        inArray(partner.status, ['INVITED', 'ACCEPTED']),
        isNull(partner.deleted),
      ),
    )
    .orderBy(asc(partner.position)),
);
const agreeing = statement(
  build
    .select({
      agreed: sql`cooperation.agree_to_widening(${placeholder('cooperation')}::uuid, ${placeholder('visibility')}::text)`,
    })
    .from(sql`(values (1)) as once`),
);

/** Whether it is another committee that takes part which agrees that more may see it, and says nothing else. */
async function isAgreeing(input: UpdateInput, context: FetchContext): Promise<boolean> {
  const { cooperation: id, visibility, idempotencyKey: _, expectedRevision: __, ...rest } = input;
  if (visibility == null || visibility === 'JOINT' || Object.values(rest).some((given) => given !== undefined))
    return false;
  const { owner } = await wholeOf(context, id);
  const committee = staffOf(context);
  return committee !== owner && (await sideNamed(context, id, committee)) !== undefined;
}

/** The columns of another audience. @throws RuleBroken PARTNERS_TO_AGREE for a wider one that a partner hasn't agreed to */
async function audienceChange(given: CooperationAudience | null | undefined, row: SteppedRow, { scope }: FetchContext) {
  const now = row['upward'] === true ? 'UPWARD' : row.visibility;
  if (given == null || given === now) return {};
  const partners = await scope.run(partnersOf, { cooperation: row.id });
  const columns = audienceColumns(
    given,
    partners.map(({ committee }) => committee),
  );
  const rank = audiences.indexOf(given);
  if (rank < (audiences as readonly string[]).indexOf(now)) return { ...columns, wideningAgreed: [] };
  const said = row['wideningAgreed'] as readonly string[];
  const agrees = (committee: string) => audiences.slice(rank).some((one) => said.includes(`${committee} ${one}`));
  const others = partners.filter(({ committee, status }) => status === 'ACCEPTED' && committee !== row.owner);
  if (!others.every(({ committee }) => agrees(committee)))
    throw new RuleBroken('PARTNERS_TO_AGREE', { path: ['visibility'], record: row.id });
  return columns;
}

/** Changes what is proposed, or what the cooperation is called; an answer to what was there before is a conflict. */
export async function updateCooperation(input: UpdateInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { status } = await wholeOf(context, input.cooperation);
  if (await isAgreeing(input, context)) {
    await context.scope.run(agreeing, { cooperation: input.cooperation, visibility: input.visibility });
    return { id: input.cooperation };
  }
  const texts = changedTexts(input, ['title', 'field'], ['description']);
  const started = periodOf(input.started);
  const { id } = await cooperationStepsIn(status).take(
    context,
    'updateCooperation',
    'cooperation',
    input,
    async (row) => ({
      ...texts,
      ...(await audienceChange(input.visibility, row, context)),
      ...(started && { started, startedFrom: daysOf(started).from }),
      termsRevision: row.revision + 1,
    }),
  );
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
