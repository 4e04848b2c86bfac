/** Takes steps and makes the records that tests of members begin with. */
import type { Actor } from '@hub/access';
import { staff, type TestSubgraph } from '@hub/testkit';

export const town = '330110';
export const neighbour = '330113';
/** A member of the town, whom nobody sees among the others. */
export const bystander = '10000000-0000-4000-8000-000000000001';
const pascal = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;

export interface Outcome {
  /** The code of what was refused, an error's or a broken rule's. */
  readonly code: string | null;
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
  readonly record: any;
}

/** `take(step, input)` as the staff of the town unless said; `field` is the payload's, `fields` what is read of the record. */
export const stepper =
  (hub: TestSubgraph) =>
  async (
    name: string,
    field: string,
    input: object,
    { as = staff(town), fields = '' }: { as?: Actor; fields?: string } = {},
  ): Promise<Outcome> => {
    const { data, errors } = await hub.ask(
      `mutation ($input: ${pascal(name)}Input!) { ${name}(input: $input) { ${field} { id ${fields} } userErrors { code } } }`,
      { as, variables: { input } },
    );
    const payload = data?.[name];
    const record = payload?.[field] ?? null;
    return { code: errors[0] ?? payload?.userErrors[0]?.code ?? null, id: record?.id, record };
  };

/** A term in force and what makes members and organizations in it, for the town unless said. */
export function makers(hub: TestSubgraph) {
  const take = stepper(hub);
  return {
    take,
    async bystander(): Promise<void> {
      const sql = hub.testDatabase.admin;
      const person = crypto.randomUUID();
      await sql`insert into members.person (id, owner, owner_as_filed, visibility, name) values (${person}, ${town}, ${town}, 'PRIVATE', '旁人')`;
      await sql`insert into members.member (id, owner, owner_as_filed, visibility, person, name) values (${bystander}, ${town}, ${town}, 'PRIVATE', ${person}, '旁人')`;
    },
    term: (committee = town, start = '2022-01-01') =>
      take('openTerm', 'term', { committee, start, end: '2030-01-01' }, { as: staff(committee) }),
    async member(name: string, committee = town): Promise<string> {
      const decision = { decision: '常委会会议', decided: '2022-01-10' };
      const { code, record } = await take(
        'appointMember',
        'membership',
        { committee, name, ...decision },
        { as: staff(committee), fields: 'member { id }' },
      );
      if (code !== null) throw new Error(`${name} is no member: ${code}`);
      return record.member.id;
    },
    async organization(name: string, classification: string, input: object = {}): Promise<string> {
      const { code, id } = await take('addOrganization', 'organization', {
        committee: town,
        name,
        classification,
        ...input,
      });
      if (code !== null) throw new Error(`${name} isn't there: ${code}`);
      return id;
    },
  };
}
