import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { committee as committeeOf } from '@hub/regions';
import {
  assertLengths,
  assertMayEver,
  assertRevision,
  assertStep,
  type FetchContext,
  givenCommittee,
  givenId,
  invalidAt,
  type MutationInput,
  stepsOf,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { cooperation } from '../cooperations/tables.ts';
import {
  assertKeeps,
  assertOpen,
  ownReference,
  partColumns,
  partiesOf,
  sideOf,
  staffOf,
  wholeOf,
} from '../cooperations/whole.ts';
import { partnerMachine } from './partner.machine.ts';
import { organizationLink, partner, partnerAnswer, partnerEvent, partnerOrganization } from './tables.ts';

const { placeholder } = sql;

/** How partners are invited and moved. */
export const partnerSteps = stepsOf(partner, partnerMachine, partnerEvent);

const longest = { reason: 500 };

export interface InviteInput extends MutationInput {
  readonly cooperation: string;
  readonly committee: string;
  readonly role: string;
}

/** Invites a further committee. Those of a JOINT cooperation who are invited see it. */
export async function inviteCooperationPartner(input: InviteInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(partnerMachine, 'inviteCooperationPartner', context.actor);
  const whole = await wholeOf(context, input.cooperation);
  assertKeeps(context, whole, '发起该合作的政协机关经办人员');
  assertRevision(whole, input.expectedRevision);
  assertOpen(whole, undefined);
  const committee = givenCommittee(input.committee);
  const name = committeeOf(committee)?.name ?? committee;
  if (committee === whole.owner) throw invalidAt(['committee'], 'OWN');
  const parties =
    whole.visibility === 'JOINT'
      ? [...new Set([...whole.parties, ...partiesOf([committee], whole.upward)])]
      : whole.parties;
  const [written] = await context.scope.run(
    statement(
      build
        .update(cooperation)
        .set({ parties, partnerNames: [...new Set([...whole.partnerNames, name])] })
        .where(and(eq(cooperation.id, whole.id), eq(cooperation.revision, whole.revision)))
        .returning({ id: cooperation.id }),
    ),
  );
  if (!written) throw new RuleBroken('CONFLICT', { details: { revision: whole.revision + 1 } });
  return partnerSteps.start(
    context,
    'inviteCooperationPartner',
    {
      ...partColumns(whole.owner, { ...whole, parties }),
      cooperation: whole.id,
      committee,
      committeeAsFiled: input.committee,
      role: input.role,
      position: sql`(select max(position) + 1 from ${partner} where ${eq(partner.cooperation, whole.id)})`,
    },
    input,
  );
}

export interface WithdrawInput extends MutationInput {
  readonly cooperationPartner: string;
  readonly reason: string;
}

export async function withdrawCooperationInvitation(
  input: WithdrawInput,
  context: FetchContext,
): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { id } = await partnerSteps.take(context, 'withdrawCooperationInvitation', 'cooperationPartner', input, () => ({
    reason: input.reason,
  }));
  return { id };
}

const openInvitations = statement(
  build
    .select({ id: partner.id })
    .from(partner)
    .where(
      and(
        eq(partner.cooperation, sql`${placeholder('cooperation')}::uuid`),
        eq(partner.status, 'INVITED'),
        isNull(partner.deleted),
      ),
    ),
);

/** Withdraws whatever invitation of a cooperation nobody has answered. */
export async function withdrawOpenInvitations(context: FetchContext, of: string, reason: string): Promise<void> {
  for (const { id } of await context.scope.run(openInvitations, { cooperation: of }))
    await partnerSteps.take(
      context,
      'withdrawCooperationInvitation',
      'cooperationPartner',
      { cooperationPartner: id, reason },
      () => ({ reason: [...reason].slice(0, longest.reason).join('') }),
    );
}

const ownPartners = statement(
  build
    .select({
      id: partner.id,
      owner: partner.owner,
      visibility: partner.visibility,
      parties: partner.parties,
      subjects: partner.subjects,
      status: partner.status,
      since: partner.since,
      committee: partner.committee,
      position: partner.position,
      revision: partner.revision,
    })
    .from(partner)
    .where(
      and(
        eq(partner.cooperation, sql`${placeholder('cooperation')}::uuid`),
        eq(partner.committee, sql`${placeholder('committee')}`),
        isNull(partner.deleted),
      ),
    )
    .orderBy(desc(partner.position))
    .limit(1),
);

export interface AnswerInput extends MutationInput {
  readonly cooperation: string;
  readonly reason?: string | null;
}

/** What a committee says to being invited, or that it leaves: a row of its own, which moves the partner's by a trigger. */
const answer = (name: string, said: 'ACCEPTED' | 'DECLINED' | 'LEFT') => {
  return async (input: AnswerInput, context: FetchContext): Promise<{ id: string }> => {
    const { actor, scope } = context;
    assertMayEver(partnerMachine, name, actor);
    assertLengths(input, longest);
    const committee = staffOf(context);
    const whole = await wholeOf(context, input.cooperation);
    const [row] = await scope.run(ownPartners, { cooperation: whole.id, committee });
    if (!row || row.position === 0) throw new RuleBroken('NOT_YOURS', { details: { who: '受邀的政协机关经办人员' } });
    const { expectedRevision: read, ...given } = input;
    if (read != null && (read < whole.termsRevision || read > whole.revision))
      throw new RuleBroken('CONFLICT', {
        record: row.id,
        path: ['expectedRevision'],
        details: { revision: whole.revision },
      });
    assertStep(partnerMachine, name, actor, row, given);
    if (said === 'ACCEPTED') assertOpen(whole, row.id);
    await scope.run(
      statement(
        build.insert(partnerAnswer).values({
          ...partColumns(committee, row),
          partner: row.id,
          answer: said,
          reason: input.reason || null,
          answered: today(),
          cooperationRevision: read ?? whole.revision,
        }),
      ),
    );
    await partnerSteps.log.append(scope, actor, {
      name,
      record: { ...row, owner: committee, revision: row.revision + 1 },
      before: row,
      settings: {},
      input: { ...given },
    });
    return { id: row.id };
  };
};
export const acceptCooperation = answer('acceptCooperation', 'ACCEPTED');
export const declineCooperation = answer('declineCooperation', 'DECLINED');
export const leaveCooperation = answer('leaveCooperation', 'LEFT');

export interface AddOrganizationInput extends MutationInput {
  readonly cooperation: string;
  readonly name: string;
  readonly role?: string | null;
  readonly organization?: string | null;
}

/** Adds a body at the side of the actor's committee: its name for all who see the cooperation, its record for its own. */
export async function addPartnerOrganization(
  input: AddOrganizationInput,
  context: FetchContext,
): Promise<{ id: string }> {
  assertLengths(input, { name: 100, role: 50 });
  staffOf(context);
  const whole = await wholeOf(context, input.cooperation);
  const side = await sideOf(context, whole.id);
  assertOpen(whole, side.id);
  const body = {
    ...partColumns(side.committee, whole),
    partner: side.id,
    name: input.name,
    role: input.role || null,
    // A name alone refers to nothing that could be hidden.
    referenceOwner: side.committee,
    referenceVisibility: 'PUBLIC' as const,
  };
  await context.scope.run(statement(build.insert(partnerOrganization).values(body)));
  if (input.organization != null)
    await context.scope.run(
      statement(
        build.insert(organizationLink).values({
          ...partColumns(side.committee, whole),
          ...ownReference(side.committee),
          partnerOrganization: body.id,
          organization: givenId(input.organization, 'organization'),
        }),
      ),
    );
  return { id: side.id };
}

const organizationsById = statement(
  build
    .select({ id: partnerOrganization.id, owner: partnerOrganization.owner, partner: partnerOrganization.partner })
    .from(partnerOrganization)
    .where(
      and(sql`${partnerOrganization.id} = any(${placeholder('ids')}::uuid[])`, isNull(partnerOrganization.deleted)),
    ),
);
const removeOrganization = statement(
  build
    .update(partnerOrganization)
    .set({ deleted: sql`now()` })
    .where(sql`${partnerOrganization.id} = ${placeholder('id')}::uuid`),
);

export interface RemoveOrganizationInput extends MutationInput {
  readonly partnerOrganization: string;
}

export async function removePartnerOrganization(
  input: RemoveOrganizationInput,
  context: FetchContext,
): Promise<{ id: string }> {
  staffOf(context);
  const id = input.partnerOrganization;
  const [row] = isId(id) ? await context.scope.run(organizationsById, { ids: [id] }) : [];
  if (!row) throw new RuleBroken('NOT_FOUND', { path: ['partnerOrganization'] });
  assertKeeps(context, row, '添加该合作单位的政协机关经办人员');
  await context.scope.run(removeOrganization, { id });
  return { id: row.partner };
}
