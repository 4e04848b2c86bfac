import type { Actor } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { sql } from 'drizzle-orm';

const { placeholder } = sql;

/** What each subgraph in which members write knows of the days on which a membership is in office, as SQL over the id `wanted`. */
const knownDays: Readonly<Record<string, string>> = {
  members: 'select serving as days from members.member where id = wanted and deleted is null',
  consultations: `select days from consultations.referable where id = wanted and type = 'Member'`,
};

/** Whether a membership is known to be out of office on a day. One that nobody told of isn't known to be. */
export const officeFunctions = (schema: keyof typeof knownDays & string): string => `
create or replace function ${schema}.out_of_office(wanted uuid, on_day date) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from (${knownDays[schema]}) as known where known.days is null or not known.days @> on_day)
$$;`;
export const officeCallable: readonly string[] = ['out_of_office(uuid, date)'];

const statementOf = (subgraph: string) =>
  statement(
    build
      .select({
        member: sql<string>`named.member`.as('named_member'),
        out: sql<boolean>`${sql.identifier(subgraph)}.out_of_office(named.member, coalesce(${placeholder('day')}::date, (now() at time zone 'Asia/Shanghai')::date))`.as(
          'out_of_office',
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
 * Holds that memberships are in office on a day: nobody acts as one that is over, and nobody appoints one.
 * @param day today unless given
 * @param path of the input that names them; the asker's own where it names nobody
 * @throws RuleBroken MEMBERSHIP_OVER, or HubError SUBGRAPH_UNAVAILABLE where the directory has to be heard before that may be said
 */
export async function assertInOffice(
  { scope, subgraph, heard }: Omit<Asking, 'actor'>,
  members: readonly string[],
  { day = null, path = [] }: { readonly day?: string | null; readonly path?: readonly string[] } = {},
): Promise<void> {
  if (!(subgraph in knownDays) || members.length === 0) return;
  const asked = statements.get(subgraph) ?? statementOf(subgraph);
  statements.set(subgraph, asked);
  if (!(await scope.run(asked, { members: [...members], day })).some(({ out }) => out)) return;
  // A term may have been renewed since it was last told.
  if (subgraph !== 'members' && !heard.includes('members'))
    throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'members', unheard: ['members'] });
  throw new RuleBroken('MEMBERSHIP_OVER', { path });
}

/** The same of whoever acts as a member. */
export async function assertActorInOffice(asking: Asking): Promise<void> {
  const { actor } = asking;
  if (actor.kind === 'MEMBER' && isId(actor.member)) await assertInOffice(asking, [actor.member]);
}
