import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { codeRange, isCode, region as regionOf } from '@hub/regions';
import { assertLengths, type FetchContext } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, desc, isNull, sql } from 'drizzle-orm';
import { assertShareable } from './shareable.ts';
import { type SharedDataset, sharingTerms } from './tables.ts';

const { placeholder } = sql;

/** What an agreement says, as it is given; what is left out is as it was. */
export interface TermsInput {
  readonly datasets?:
    | readonly (Omit<SharedDataset, 'unmasked'> & { readonly unmasked?: readonly string[] | null })[]
    | null;
  readonly regions?: readonly string[] | null;
  readonly purpose?: string | null;
  readonly legalBasis?: string | null;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
  readonly rowsPerDay?: number | null;
  readonly requestsPerMinute?: number | null;
}

/** What an agreement says. */
export interface Terms {
  readonly datasets: readonly SharedDataset[];
  readonly regions: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly rowsPerDay: number;
  readonly requestsPerMinute: number;
}

const longest = { purpose: 1_000, legalBasis: 500 };
const most = { datasets: 30, regions: 50, rowsPerDay: 1_000_000, requestsPerMinute: 6_000, years: 3 };

const usual = { rowsPerDay: 10_000, requestsPerMinute: 60 };

const invalid = (field: string) => new RuleBroken('INVALID', { path: [field], details: { field } });

function assertWithin(field: 'rowsPerDay' | 'requestsPerMinute', value: number): void {
  if (value < 1) throw invalid(field);
  if (value > most[field]) throw new RuleBroken('LIMIT_REACHED', { path: [field], details: { maximum: most[field] } });
}

/**
 * The terms that an input makes of those before. A committee shares of its own region alone.
 * @param committee code of the one that shares
 * @throws RuleBroken INVALID, REQUIRED, TOO_LONG, LIMIT_REACHED, or NOT_SHAREABLE with the fields
 */
export function termsOf(committee: string, input: TermsInput, before: Terms | undefined): Terms {
  assertLengths(input, longest);
  const given = <Name extends keyof Terms>(name: Name): Terms[Name] => {
    const value = (input[name] ?? before?.[name]) as Terms[Name] | undefined;
    if (value === undefined) throw new RuleBroken('REQUIRED', { path: [name], details: { field: name } });
    return value;
  };
  const datasets = given('datasets').map(({ dataset, fields, unmasked }) => ({
    dataset,
    fields: [...new Set(fields)],
    unmasked: [...new Set(unmasked ?? [])],
  }));
  if (datasets.length === 0) throw new RuleBroken('REQUIRED', { path: ['datasets'], details: { field: 'datasets' } });
  if (datasets.length > most.datasets)
    throw new RuleBroken('LIMIT_REACHED', { path: ['datasets'], details: { maximum: most.datasets } });
  assertShareable(datasets);
  const regions = [...new Set(given('regions'))];
  if (regions.length === 0) throw new RuleBroken('REQUIRED', { path: ['regions'], details: { field: 'regions' } });
  if (regions.length > most.regions)
    throw new RuleBroken('LIMIT_REACHED', { path: ['regions'], details: { maximum: most.regions } });
  const own = codeRange(committee);
  for (const [at, code] of regions.entries())
    if (!isCode(code) || code.length !== 6 || !regionOf(code) || code < own.lo || code >= own.hi)
      throw new RuleBroken('INVALID', { path: ['regions', String(at)], details: { field: 'regions' } });
  const validFrom = given('validFrom');
  const validUntil = given('validUntil');
  if (validUntil < validFrom || validUntil < today()) throw invalid('validUntil');
  if (validUntil > `${Number(validFrom.slice(0, 4)) + most.years}${validFrom.slice(4)}`)
    throw new RuleBroken('LIMIT_REACHED', { path: ['validUntil'], details: { maximum: most.years } });
  const rowsPerDay = input.rowsPerDay ?? before?.rowsPerDay ?? usual.rowsPerDay;
  const requestsPerMinute = input.requestsPerMinute ?? before?.requestsPerMinute ?? usual.requestsPerMinute;
  assertWithin('rowsPerDay', rowsPerDay);
  assertWithin('requestsPerMinute', requestsPerMinute);
  return {
    datasets,
    regions,
    purpose: given('purpose'),
    legalBasis: given('legalBasis'),
    validFrom,
    validUntil,
    rowsPerDay,
    requestsPerMinute,
  };
}

const versionsOfAgreement = statement(
  build
    .select({
      id: sharingTerms.id,
      version: sharingTerms.version,
      status: sharingTerms.status,
      draftedBy: sharingTerms.draftedBy,
      datasets: sharingTerms.datasets,
      regions: sharingTerms.regions,
      purpose: sharingTerms.purpose,
      legalBasis: sharingTerms.legalBasis,
      validFrom: sharingTerms.validFrom,
      validUntil: sharingTerms.validUntil,
      rowsPerDay: sharingTerms.rowsPerDay,
      requestsPerMinute: sharingTerms.requestsPerMinute,
    })
    .from(sharingTerms)
    .where(and(sql`${sharingTerms.agreement} = ${placeholder('agreement')}::uuid`, isNull(sharingTerms.deleted)))
    .orderBy(desc(sharingTerms.version)),
);
const replace = statement(
  build
    .update(sharingTerms)
    .set({ status: 'REPLACED' })
    .where(
      sql`${sharingTerms.agreement} = ${placeholder('agreement')}::uuid and ${sharingTerms.status} = ${placeholder('status')}`,
    ),
);
const bringIntoForce = statement(
  build
    .update(sharingTerms)
    .set({ status: 'IN_FORCE' })
    .where(
      sql`${sharingTerms.agreement} = ${placeholder('agreement')}::uuid and ${sharingTerms.version} = ${placeholder('version')}::integer`,
    ),
);

/** The versions of an agreement, the latest first. */
export const versionsOf = ({ scope }: FetchContext, agreement: string) => scope.run(versionsOfAgreement, { agreement });

/** The agreement that terms belong to. */
interface Whole {
  readonly id: string;
  readonly owner: string;
  readonly visibility: Visibility;
  readonly parties: readonly string[];
  readonly subjects: readonly string[];
}

/** Keeps a version; a draft replaces the draft before it. */
export async function keepTerms(
  { scope }: FetchContext,
  of: Whole,
  version: { readonly number: number; readonly terms: Terms } & (
    | { readonly status: 'REQUESTED'; readonly agency: string }
    | { readonly status: 'DRAFT'; readonly draftedBy: string }
  ),
): Promise<void> {
  const { number, terms, ...made } = version;
  if (made.status === 'DRAFT') await scope.run(replace, { agreement: of.id, status: 'DRAFT' });
  await scope.run(
    statement(
      build.insert(sharingTerms).values({
        ...terms,
        ...made,
        regions: [...terms.regions],
        id: crypto.randomUUID(),
        owner: of.owner,
        ownerAsFiled: of.owner,
        visibility: of.visibility,
        parties: [...of.parties],
        subjects: [...of.subjects],
        agreement: of.id,
        version: number,
      }),
    ),
  );
}

/**
 * Brings the draft into force that the actor read, in place of the version that was.
 * @throws RuleBroken CONFLICT where another version is the draft, SECOND_PERSON_NEEDED where the actor drafted it
 */
export async function enforceDraft(
  context: FetchContext,
  agreement: string,
  version: number,
): Promise<Pick<Terms, 'validFrom' | 'validUntil'> & { readonly version: number }> {
  const versions = await versionsOf(context, agreement);
  const draft = versions.find(({ status }) => status === 'DRAFT');
  const inForce = versions.find(({ status }) => status === 'IN_FORCE');
  if (!draft)
    throw new RuleBroken('STEP_NOT_ALLOWED', { record: agreement, details: { state: 'IN_FORCE', from: 'DRAFT' } });
  if (draft.version !== version)
    throw new RuleBroken('CONFLICT', {
      record: agreement,
      path: ['version'],
      details: { reason: 'VERSION', number: draft.version },
    });
  const { actor, scope } = context;
  if ('subject' in actor && draft.draftedBy === actor.subject)
    throw new RuleBroken('SECOND_PERSON_NEEDED', { record: agreement });
  if (draft.validUntil < today()) throw invalid('validUntil');
  // It replaces the version in force at once, which would leave none until its first day.
  if (inForce && draft.validFrom > today() && draft.validFrom > inForce.validFrom) throw invalid('validFrom');
  await scope.run(replace, { agreement, status: 'IN_FORCE' });
  await scope.run(bringIntoForce, { agreement, version });
  return { version, validFrom: draft.validFrom, validUntil: draft.validUntil };
}
