import type { Actor } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { sql } from 'drizzle-orm';

const { placeholder } = sql;

/** What each subgraph in which members write knows of memberships: whose they are, and the days on which they are in office. */
const known: Readonly<Record<string, { readonly memberships: string; readonly isAll: string }>> = {
  members: {
    memberships: 'select id, owner, serving as days from members.member where deleted is null',
    isAll: 'true',
  },
  consultations: {
    memberships: `select id, owner, days from consultations.referable where type = 'Member'`,
    // Of a source that nobody follows nothing is known, and nothing is refused.
    isAll: `exists (select from consultations.reference_source where name = 'members')`,
  },
};

/**
 * What keeps a membership from acting, or from being named, on a day: OVER where it is out of office, and UNKNOWN where a committee
 * is named whose it isn't. One that nobody told of, and of which nothing is said whose it should be, is kept from nothing.
 */
export const officeFunctions = (schema: 'members' | 'consultations'): string => `
create or replace function ${schema}.kept_from_office(wanted uuid, of_committee text, on_day date) returns text language sql stable security definer set search_path = '' as $$
  select case
    when ${known[schema]?.isAll} and known.owner is distinct from coalesce(of_committee, known.owner) then 'UNKNOWN'
    when known.id is not null and (known.days is null or not known.days @> on_day) then 'OVER'
  end
  from (values (wanted)) as named(id) left join (${known[schema]?.memberships}) as known using (id)
$$;`;
export const officeCallable: readonly string[] = ['kept_from_office(uuid, text, date)'];

const statementOf = (subgraph: string) =>
  statement(
    build
      .select({
        member: sql<string>`named.member`.as('named_member'),
        keptFrom: sql<
          'OVER' | 'UNKNOWN' | null
        >`${sql.identifier(subgraph)}.kept_from_office(named.member, ${placeholder('committee')}::text, coalesce(${placeholder('day')}::date, (now() at time zone 'Asia/Shanghai')::date))`.as(
          'kept_from_office',
        ),
      })
      .from(sql`unnest(${placeholder('members')}::uuid[]) as named(member)`),
  );
const statements = new Map<string, ReturnType<typeof statementOf>>();

interface Asking {
  readonly scope: Scope;
  readonly actor: Actor;
  readonly subgraph: string;
  readonly heard: readonly string[];
}

/**
 * Holds that memberships are in office on a day: nobody appoints one that is over.
 * @param day today unless given
 * @param path of the input that names them
 * @throws RuleBroken MEMBERSHIP_OVER, or HubError SUBGRAPH_UNAVAILABLE where the directory has to be heard before that may be said
 */
export function assertInOffice(
  asking: Omit<Asking, 'actor'>,
  members: readonly string[],
  { day = null, path = [] }: { readonly day?: string | null; readonly path?: readonly string[] } = {},
): Promise<void> {
  return assertNotKept(asking, { members, committee: null, day, path });
}

/**
 * Holds that whoever acts as a member is one, of the committee that they act for: whom a token names, the directory knows.
 * @throws RuleBroken MEMBERSHIP_OVER or MEMBERSHIP_UNKNOWN, or HubError SUBGRAPH_UNAVAILABLE as above
 */
export async function assertActorInOffice({ actor, ...asking }: Asking): Promise<void> {
  if (actor.kind !== 'MEMBER' || !isId(actor.member)) return;
  await assertNotKept(asking, { members: [actor.member], committee: actor.committee, day: null, path: [] });
}

async function assertNotKept(
  { scope, subgraph, heard }: Omit<Asking, 'actor'>,
  {
    path,
    ...named
  }: {
    readonly members: readonly string[];
    readonly committee: string | null;
    readonly day: string | null;
    readonly path: readonly string[];
  },
): Promise<void> {
  if (!(subgraph in known) || named.members.length === 0) return;
  const asked = statements.get(subgraph) ?? statementOf(subgraph);
  statements.set(subgraph, asked);
  const kept = (await scope.run(asked, { ...named, members: [...named.members] })).find(({ keptFrom }) => keptFrom);
  if (!kept) return;
  // A member may have been appointed, or a term renewed, since it was last told.
  if (subgraph !== 'members' && !heard.includes('members'))
    throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'members', unheard: ['members'] });
  throw new RuleBroken(kept.keptFrom === 'OVER' ? 'MEMBERSHIP_OVER' : 'MEMBERSHIP_UNKNOWN', { path });
}
