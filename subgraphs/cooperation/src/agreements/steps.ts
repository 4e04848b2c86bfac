import { build, type Period, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import {
  assertLengths,
  assertMayEver,
  assertStep,
  type FetchContext,
  givenCommittee,
  type MutationInput,
  periodOf,
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import {
  assertKeeps,
  assertOpen,
  partColumns,
  sideNamed,
  sideOf,
  staffOf,
  type Whole,
  wholeOf,
} from '../cooperations/whole.ts';
import { files } from '../files/store.ts';
import { givenTexts, pastPeriodOf } from '../given.ts';
import { agreementMachine } from './agreement.machine.ts';
import { agreement, agreementEvent, agreementFile, type Signature } from './tables.ts';

const { placeholder } = sql;

/** How agreements are added and moved. */
export const agreementSteps = stepsOf(agreement, agreementMachine, agreementEvent);

const longest = { title: 200, parties: 100, description: 4_000, reason: 500 };

const agreementsOf = statement(
  build
    .select({ id: agreement.id, status: agreement.status })
    .from(agreement)
    .where(
      and(
        sql`${agreement.id} = ${placeholder('id')}::uuid`,
        sql`${agreement.cooperation} = ${placeholder('cooperation')}::uuid`,
        isNull(agreement.deleted),
      ),
    ),
);

/** @throws RuleBroken INVALID unless it is an agreement of the cooperation */
export async function assertAgreementOf(
  { scope }: FetchContext,
  cooperation: string,
  id: string,
  field: string,
): Promise<void> {
  const [found] = isId(id) ? await scope.run(agreementsOf, { id, cooperation }) : [];
  if (!found) throw new RuleBroken('INVALID', { path: [field], details: { field } });
}

/** @throws RuleBroken INVALID where it ends before it begins */
function termOf(from: string | null | undefined, until: string | null | undefined): Period | null {
  const start = periodOf(from)?.start;
  const end = periodOf(until)?.start;
  if (start !== undefined && end !== undefined && end < start.slice(0, end.length))
    throw new RuleBroken('INVALID', { path: ['termUntil'], details: { field: 'termUntil' } });
  return start === undefined && end === undefined ? null : { start, end };
}

type Audience = Pick<Whole, 'visibility' | 'parties' | 'subjects'>;
/** Adds a file that the actor sent: it comes to have the agreement's audience by a trigger, which refuses one that isn't usable. */
async function addFile(
  context: FetchContext,
  committee: string,
  of: Audience & { readonly id: string },
  kind: string,
  file: string,
): Promise<void> {
  await files.assertReceived(file, context);
  await context.scope.run(
    statement(build.insert(agreementFile).values({ ...partColumns(committee, of), agreement: of.id, kind, file })),
  );
}

export interface AddInput extends MutationInput {
  readonly cooperation: string;
  readonly title: string;
  readonly parties: readonly string[];
  readonly committees?: readonly string[] | null;
  readonly termFrom?: string | null;
  readonly termUntil?: string | null;
  readonly description?: string | null;
  readonly supersedes?: string | null;
  readonly file?: string | null;
}

/** @throws RuleBroken INVALID unless those that are named take part, are two at least, and the one that enters it is among them */
async function signingOf(
  context: FetchContext,
  whole: Whole,
  own: string,
  given: readonly string[],
): Promise<string[]> {
  if (given.length === 0) return [];
  const codes = given.map((code) => givenCommittee(code, ['committees']));
  for (const [at, code] of codes.entries())
    if (codes.indexOf(code) !== at || !(await sideNamed(context, whole.id, code)))
      throw new RuleBroken('INVALID', { path: ['committees', String(at)], details: { field: 'committees' } });
  if (codes.length < 2 || !codes.includes(own))
    throw new RuleBroken('INVALID', { path: ['committees'], details: { field: 'committees' } });
  return codes;
}

export async function addAgreement(input: AddInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(agreementMachine, 'addAgreement', context.actor);
  assertLengths(input, longest);
  const whole = await wholeOf(context, input.cooperation);
  const { committee } = await sideOf(context, whole.id);
  assertOpen(whole, undefined);
  if (input.supersedes != null) await assertAgreementOf(context, whole.id, input.supersedes, 'supersedes');
  const { id: _, ...columns } = partColumns(committee, whole);
  const signing = await signingOf(context, whole, committee, input.committees ?? []);
  const { id } = await agreementSteps.start(
    context,
    'addAgreement',
    {
      ...columns,
      cooperation: whole.id,
      title: input.title,
      signatories: givenTexts('parties', input.parties),
      committees: signing,
      term: termOf(input.termFrom, input.termUntil),
      description: input.description || null,
      supersedes: input.supersedes ?? null,
    },
    input,
  );
  if (input.file != null) await addFile(context, committee, { ...whole, id }, 'DRAFT', input.file);
  return { id };
}

interface StepInput extends MutationInput {
  readonly agreement: string;
}
export interface SignInput extends StepInput {
  readonly signed?: string | null;
  readonly file?: string | null;
}
export interface EndInput extends StepInput {
  readonly reason: string;
}

/** Who has left the cooperation sees it no more, its own part in it included. */
const seenWith = (context: FetchContext, row: SteppedRow) => wholeOf(context, String(row['cooperation']), 'agreement');

const sign = statement(
  build
    .select({
      signed:
        sql<boolean>`cooperation.sign_agreement(${placeholder('id')}::uuid, ${placeholder('on')}::jsonb, ${placeholder('today')}::date, ${placeholder('revision')}::integer)`.as(
          'signed',
        ),
    })
    .from(sql`(values (1)) as once`),
);

/** One side signs; with the last that does it is signed. */
export async function signAgreement(input: SignInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  assertMayEver(agreementMachine, 'signAgreement', actor);
  const row = await agreementSteps.read(context, input.agreement, 'agreement');
  const whole = await seenWith(context, row);
  const { committee } = await sideOf(context, whole.id);
  const signers = row['committees'] as readonly string[];
  if (signers.length > 0 && !signers.includes(committee))
    throw new RuleBroken('NOT_YOURS', { details: { who: '签署该协议的政协机关经办人员' } });
  if ((row['signatures'] as readonly Signature[]).some((one) => one.committee === committee))
    throw new RuleBroken('ALREADY_THERE', { record: row.id });
  assertStep(agreementMachine, 'signAgreement', actor, { ...row, owner: committee }, { ...input });
  const on = pastPeriodOf('signed', input.signed);
  const [done] = await scope.run(sign, {
    id: row.id,
    on: on === null ? null : JSON.stringify(on),
    today: today(),
    revision: row.revision,
  });
  // Somebody else wrote it after it was read here.
  if (!done?.signed) throw new RuleBroken('CONFLICT', { record: row.id, details: { revision: row.revision + 1 } });
  const { id } = row;
  if (input.file != null)
    await addFile(
      context,
      committee,
      { id, visibility: row.visibility, parties: [...row.parties], subjects: [...row.subjects] },
      'SIGNED',
      input.file,
    );
  return { id };
}

export async function endAgreement(input: EndInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { id } = await agreementSteps.take(context, 'endAgreement', 'agreement', input, async (before) => {
    await seenWith(context, before);
    return { reason: input.reason };
  });
  return { id };
}

export interface AttachInput extends StepInput {
  readonly kind: string;
  readonly file: string;
}

/** Adds a copy of the actor's committee's own, also to what another partner recorded. */
export async function attachAgreementFile(input: AttachInput, context: FetchContext): Promise<{ id: string }> {
  staffOf(context);
  const row = await agreementSteps.read(context, input.agreement, 'agreement');
  const whole = await seenWith(context, row);
  const { committee } = await sideOf(context, whole.id);
  await addFile(context, committee, { ...whole, id: row.id }, input.kind, input.file);
  return { id: row.id };
}

const filesById = statement(
  build
    .select({ id: agreementFile.id, owner: agreementFile.owner, agreement: agreementFile.agreement })
    .from(agreementFile)
    .where(and(sql`${agreementFile.id} = any(${placeholder('ids')}::uuid[])`, isNull(agreementFile.deleted))),
);
const removeFile = statement(
  build
    .update(agreementFile)
    .set({ deleted: sql`now()` })
    .where(sql`${agreementFile.id} = ${placeholder('id')}::uuid`),
);

export interface RemoveInput extends MutationInput {
  readonly agreementFile: string;
}

export async function removeAgreementFile(input: RemoveInput, context: FetchContext): Promise<{ id: string }> {
  staffOf(context);
  const id = input.agreementFile;
  const [row] = isId(id) ? await context.scope.run(filesById, { ids: [id] }) : [];
  if (!row) throw new RuleBroken('NOT_FOUND', { path: ['agreementFile'] });
  assertKeeps(context, row, '添加该文件的政协机关经办人员');
  await context.scope.run(removeFile, { id });
  return { id: row.agreement };
}
