/** Parts of records that have an audience of their own, never wider than their whole's. */
import { type AudienceColumns, withinSql } from '@hub/access';

export interface PartAudience {
  readonly part: string;
  /** The part's column with the id of its whole, which it has a foreign key over. */
  readonly column: string;
  readonly whole: string;
  /** Whom a row of the part names by itself, as an array in SQL over `part`; they see it whoever sees the whole. */
  readonly names?: string;
}

const columnsOf = (row: string): AudienceColumns => ({
  owner: `${row}.owner`,
  visibility: `${row}.visibility`,
  parties: `${row}.parties`,
  subjects: `${row}.subjects`,
});

/**
 * Triggers that keep it. A part that is written is looked at beside its whole, which can't change meanwhile; a whole that is
 * narrowed narrows its parts in the same statement, to what they and it have in common; one that is widened widens none.
 */
export function partAudiences(schema: string, parts: readonly PartAudience[]): string {
  return parts.map((part) => checking(schema, part) + narrowing(schema, part)).join('\n');
}

function checking(schema: string, { part, column, whole, names }: PartAudience): string {
  const within = withinSql(columnsOf('new'), columnsOf('whole'));
  const namesNobodyElse = names ? 'true' : `(whole.visibility = 'PUBLIC' or new.subjects <@ whole.subjects)`;
  return `
create or replace function ${schema}.keep_${part}_within() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  whole record;
begin
  select owner, visibility, parties, subjects, deleted into whole from ${schema}.${whole} where id = new.${column} for key share;
  if not (${within} and ${namesNobodyElse}) then
    raise exception 'what belongs to a ${whole} is no wider than that' using errcode = '23514', constraint = '${part}_within_${whole}';
  end if;
  if new.deleted is null then new.deleted := whole.deleted; end if;
  return new;
end $$;
create or replace trigger a_keep_${part} before insert or update of ${column}, visibility, parties, subjects on ${schema}.${part}
  for each row execute function ${schema}.keep_${part}_within();`;
}

function narrowing(schema: string, { part, column, whole, names }: PartAudience): string {
  const [its, now] = [columnsOf('part'), columnsOf('new')];
  const fits = withinSql(its, now);
  // What everybody saw becomes as its whole; of anything else that is left which the whole has too.
  const asWhole = `(part.visibility = 'PUBLIC' and ${withinSql({ ...its, visibility: 'new.visibility', parties: 'new.parties' }, now)})`;
  const bothJoint = `(part.visibility = 'JOINT' and new.visibility = 'JOINT')`;
  const own = names ?? `'{}'::text[]`;
  const gone = 'select unnest(old.subjects) except select unnest(new.subjects)';
  const namesNobodyElse = `(new.visibility = 'PUBLIC' or ${names ? `not part.subjects && array(${gone})` : 'part.subjects <@ new.subjects'})`;
  const left = names
    ? `select unnest(part.subjects) except (${gone})`
    : 'select unnest(part.subjects) intersect select unnest(new.subjects)';
  return `
create or replace function ${schema}.narrow_${part}() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update ${schema}.${part} as part set
    visibility = case when ${fits} then part.visibility when ${asWhole} then new.visibility
      when ${bothJoint} then 'JOINT' when new.visibility = 'PRIVATE' then 'PRIVATE' else 'INTERNAL' end,
    parties = case when ${fits} then part.parties when ${asWhole} then new.parties
      when ${bothJoint} then array(select unnest(part.parties) intersect select unnest(new.parties || new.owner::text)) else '{}' end,
    subjects = case when ${asWhole} and not ${fits} then array(select unnest(new.subjects) union select unnest(${own}))
      else array((${left}) union select unnest(${own})) end
    where ${column} = new.id and not (${fits} and ${namesNobodyElse});
  return null;
end $$;
create or replace trigger narrow_${part} after update of visibility, parties, subjects on ${schema}.${whole}
  for each row when (old.visibility <> new.visibility or old.parties <> new.parties or old.subjects <> new.subjects)
  execute function ${schema}.narrow_${part}();`;
}
