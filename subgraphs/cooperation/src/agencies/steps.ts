import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { assertLengths, assertMayEver, type FetchContext, type MutationInput, stepsOf } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { agencyKeyMachine } from './agency-key.machine.ts';
import { isCreditCode } from './credit-code.ts';
import { partnerAgencyMachine } from './partner-agency.machine.ts';
import { type PublicKey, publicKeyOf } from './public-key.ts';
import { agencyKey, agencyKeyEvent, mostKeys, partnerAgency, partnerAgencyEvent } from './tables.ts';

/** How agencies are registered and closed, and their keys added and retired. */
export const partnerAgencySteps = stepsOf(partnerAgency, partnerAgencyMachine, partnerAgencyEvent);
export const agencyKeySteps = stepsOf(agencyKey, agencyKeyMachine, agencyKeyEvent);

const longest = { name: 100, publicKey: 1_000, reason: 500 };

interface RegisterInput extends MutationInput {
  readonly name: string;
  readonly creditCode: string;
  readonly publicKey: string;
}

export async function registerAgency(input: RegisterInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(partnerAgencyMachine, 'registerAgency', context.actor);
  assertLengths(input, longest);
  const { actor } = context;
  if (actor.kind !== 'STAFF') throw new HubError('FORBIDDEN');
  const creditCode = input.creditCode.toUpperCase();
  if (!isCreditCode(creditCode))
    throw new RuleBroken('INVALID', { path: ['creditCode'], details: { field: 'creditCode' } });
  const key = await publicKeyOf(input.publicKey);
  const audience = { owner: actor.committee, visibility: 'PUBLIC', parties: [], subjects: [] } as const;
  const { id } = await partnerAgencySteps.start(
    context,
    'registerAgency',
    { ...audience, name: input.name, creditCode },
    input,
  );
  await startKey(context, { ...audience, id }, key, input);
  return { id };
}

type Whole = { readonly id: string; readonly owner: string; readonly visibility: string } & Record<
  'parties' | 'subjects',
  readonly string[]
>;

function startKey(context: FetchContext, agency: Whole, key: PublicKey, input: MutationInput & object) {
  const { id, owner, visibility, parties, subjects } = agency;
  return agencyKeySteps.start(
    context,
    'addAgencyKey',
    { owner, visibility, parties, subjects, agency: id, ...key },
    input,
  );
}

interface CloseInput extends MutationInput {
  readonly partnerAgency: string;
  readonly reason: string;
}

export async function closeAgency(input: CloseInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { id } = await partnerAgencySteps.take(context, 'closeAgency', 'partnerAgency', input, () => ({
    reason: input.reason,
  }));
  return { id };
}

interface AddKeyInput extends MutationInput {
  readonly partnerAgency: string;
  readonly publicKey: string;
}

const activeKeys = statement(
  build
    .select({ total: sql<number>`count(*)`.mapWith(Number).as('total') })
    .from(agencyKey)
    .where(sql`${agencyKey.agency} = ${sql.placeholder('agency')}::uuid and ${agencyKey.status} = 'ACTIVE'`),
);

export async function addAgencyKey(input: AddKeyInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(agencyKeyMachine, 'addAgencyKey', context.actor);
  assertLengths(input, longest);
  const agency = await partnerAgencySteps.read(context, input.partnerAgency, 'partnerAgency');
  if (agency.status !== 'REGISTERED') throw new RuleBroken('AGENCY_CLOSED', { path: ['partnerAgency'] });
  const key = await publicKeyOf(input.publicKey);
  const [active] = await context.scope.run(activeKeys, { agency: agency.id });
  if ((active?.total ?? 0) >= mostKeys) throw new RuleBroken('LIMIT_REACHED', { details: { maximum: mostKeys } });
  return startKey(context, agency, key, input);
}

interface RetireKeyInput extends MutationInput {
  readonly agencyKey: string;
}

export async function retireAgencyKey(input: RetireKeyInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await agencyKeySteps.take(context, 'retireAgencyKey', 'agencyKey', input);
  return { id };
}
