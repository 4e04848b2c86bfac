import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { sql } from 'drizzle-orm';

const { placeholder } = sql;

const personsOf = statement(
  build
    .select({
      member: sql<string>`named.member`.as('named_member'),
      person: sql<string>`consultations.person_of(named.member)`.as('named_person'),
    })
    .from(sql`unnest(${placeholder('members')}::uuid[]) as named(member)`),
);

/**
 * Holds that several members who are named together are as many people.
 * @param already one who is among them in any case
 * @throws RuleBroken SAME_PERSON at the first who is one with another
 */
export async function assertPersons(
  { scope }: { readonly scope: Scope },
  field: string,
  members: readonly string[],
  already: string | null = null,
): Promise<void> {
  if (members.length + (already === null ? 0 : 1) < 2) return;
  const found = await scope.run(personsOf, { members: already === null ? [...members] : [already, ...members] });
  const persons = new Map(found.map(({ member, person }) => [member, person]));
  const known = new Set(already === null ? [] : [persons.get(already)]);
  for (const [at, member] of members.entries()) {
    const person = persons.get(member);
    if (known.has(person)) throw new RuleBroken('SAME_PERSON', { path: [field, String(at)] });
    known.add(person);
  }
}
