import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { assertRevision, type FetchContext, type MutationInput } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { change, found, invalid, kept, put, textOf } from '../keeping.ts';
import { memberSettings } from '../settings/settings.ts';
import { endorsement, member, tag } from '../tables.ts';

const { placeholder } = sql;

const tagFields = {
  id: tag.id,
  owner: tag.owner,
  member: tag.member,
  author: tag.author,
  text: tag.text,
  position: tag.position,
  endorsements: tag.endorsements,
  needed: tag.needed,
  confirmedOn: tag.confirmed,
  confirmedBy: tag.confirmedBy,
  revision: tag.revision,
};
export type Tag = Awaited<ReturnType<typeof tagsById.run>>[number];
const tagsById = statement(
  build
    .select(tagFields)
    .from(tag)
    .where(and(sql`${tag.id} = any(${placeholder('ids')}::uuid[])`, isNull(tag.deleted))),
);
const tagsOfMembers = statement(
  build
    .select(tagFields)
    .from(tag)
    .where(and(sql`${tag.member} = any(${placeholder('keys')}::uuid[])`, isNull(tag.deleted)))
    .orderBy(asc(tag.position)),
);
const unconfirmedTagsOfCommittees = statement(
  build
    .select(tagFields)
    .from(tag)
    .where(and(sql`${tag.owner} = any(${placeholder('keys')}::text[])`, isNull(tag.confirmed), isNull(tag.deleted)))
    .orderBy(asc(tag.created), asc(tag.id))
    .limit(100),
);

/** The tag wall, for one fetch. */
export class TagStore {
  readonly tags;
  readonly tagsOfMember;
  readonly unconfirmedTagsOfCommittee;

  constructor(scope: Scope) {
    this.tags = rowById(scope, tagsById);
    this.tagsOfMember = rowsByKey(scope, tagsOfMembers, (row) => row.member);
    this.unconfirmedTagsOfCommittee = rowsByKey(scope, unconfirmedTagsOfCommittees, (row) => row.owner);
  }
}

export async function tagMember(
  input: MutationInput & { readonly tag: string },
  context: FetchContext,
): Promise<{ id: string }> {
  const { actor, scope } = context;
  if (actor.kind !== 'MEMBER') throw new HubError('FORBIDDEN');
  const own = await found(context, member, actor.member, 'tag');
  if (own.owner !== actor.committee) throw new RuleBroken('NOT_FOUND', { path: ['tag'] });
  const { tagLimit, tagEndorsements } = await memberSettings.of(context, actor.committee);
  const taken = new Set((await scope.run(tagsOfMembers, { keys: [actor.member] })).map(({ position }) => position));
  const free = Array.from({ length: tagLimit }, (_, at) => at + 1).find((position) => !taken.has(position));
  if (free === undefined) throw new RuleBroken('LIMIT_REACHED', { path: ['tag'], details: { maximum: tagLimit } });
  return put(context, tag, {
    owner: actor.committee,
    visibility: 'MEMBERS',
    subjects: [actor.member],
    member: actor.member,
    author: actor.member,
    text: textOf('tag', input.tag, 20),
    position: free,
    needed: tagEndorsements,
  });
}

interface TagInput extends MutationInput {
  readonly tag: string;
}
export async function endorseTag(input: TagInput, context: FetchContext): Promise<{ id: string }> {
  const { actor } = context;
  if (actor.kind !== 'MEMBER') throw new HubError('FORBIDDEN');
  const row = await found(context, tag, input.tag, 'tag');
  if (row.owner !== actor.committee) throw new RuleBroken('NOT_YOURS', { details: { who: '该政协委员' } });
  // Nobody endorses what is their own.
  if (row.member === actor.member) invalid('tag');
  await put(context, endorsement, {
    owner: row.owner,
    visibility: 'MEMBERS',
    subjects: [actor.member],
    tag: row.id,
    author: actor.member,
  });
  return { id: row.id };
}

export async function confirmTag(input: TagInput, context: FetchContext): Promise<{ id: string }> {
  const row = await kept(context, tag, input.tag, 'tag', input);
  if (row.confirmed !== null)
    throw new RuleBroken('STEP_NOT_ALLOWED', { record: row.id, details: { state: 'CONFIRMED', from: 'PROPOSED' } });
  return change(context, tag, row, { confirmed: today(), confirmedBy: 'STAFF' });
}

/** @returns the member whose wall it was on */
export async function removeTag(input: TagInput, context: FetchContext): Promise<{ id: string }> {
  const { actor } = context;
  const own = actor.kind === 'MEMBER';
  if (!own && actor.kind !== 'STAFF') throw new HubError('FORBIDDEN');
  const row = own ? await found(context, tag, input.tag, 'tag') : await kept(context, tag, input.tag, 'tag', input);
  if (own && row.author !== actor.member) throw new RuleBroken('NOT_YOURS', { details: { who: '该委员本人' } });
  assertRevision(row, input.expectedRevision);
  await change(context, tag, row, { deleted: new Date().toISOString() });
  return { id: row.member };
}
