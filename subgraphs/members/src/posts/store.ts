import { type FetchContext, givenCommittee, type MutationInput } from '@hub/workflow';
import {
  assertCharged,
  assertKeeps,
  change,
  firstDayOf,
  found,
  invalid,
  kept,
  lastDay,
  put,
  textOf,
} from '../keeping.ts';
import { keepersOf } from '../organizations/keepers.ts';
import { organization, person, post } from '../tables.ts';

export interface AppointInput extends MutationInput {
  readonly committee: string;
  readonly person?: string | null;
  readonly name?: string | null;
  readonly title: string;
  readonly organization?: string | null;
  readonly validFrom?: string | null;
  readonly position?: number | null;
  readonly visibility?: string | null;
}
export async function appointToPost(input: AppointInput, context: FetchContext): Promise<{ id: string }> {
  assertCharged(context.actor, ['members', 'township']);
  const owner = givenCommittee(input.committee);
  const of = input.organization == null ? null : await found(context, organization, input.organization, 'organization');
  assertKeeps(context.actor, owner, of === null ? ['members'] : keepersOf(of.classification));
  if (of !== null && of.owner !== owner) invalid('organization');
  const visibility = input.visibility ?? 'PUBLIC';
  const { id } =
    input.person == null
      ? await put(context, person, { owner, visibility, name: textOf('name', input.name ?? '', 50) })
      : await found(context, person, input.person, 'person');
  return put(context, post, {
    owner,
    visibility,
    person: id,
    organization: of?.id ?? null,
    title: textOf('title', input.title, 100),
    validFrom: firstDayOf('validFrom', input.validFrom),
    position: input.position ?? 0,
  });
}

export interface EndInput extends MutationInput {
  readonly post: string;
  readonly on?: string | null;
}
export async function endPost(input: EndInput, context: FetchContext): Promise<{ id: string }> {
  const row = await kept(context, post, input.post, 'post', {
    expectedRevision: input.expectedRevision,
    duties: ['members', 'township'],
  });
  const of = row.organization === null ? null : await found(context, organization, row.organization, 'post');
  assertCharged(context.actor, of === null ? ['members'] : keepersOf(of.classification));
  if (!row.current || row.validUntil !== null) invalid('post');
  return change(context, post, row, { validUntil: lastDay(input.on, row.validFrom) });
}
