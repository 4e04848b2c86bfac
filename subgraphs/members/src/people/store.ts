import {
  type CodeRange,
  type Connection,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';
import { today } from '@hub/working-days';
import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { affiliation, member, organizationMember, person, post } from '../tables.ts';

const { placeholder } = sql;

const memberFields = {
  id: member.id,
  owner: member.owner,
  person: member.person,
  name: member.name,
  occupation: member.occupation,
  tags: member.tags,
  visibility: member.visibility,
  source: member.source,
  revision: member.revision,
  created: member.created,
  modified: member.modified,
};
export type Member = Awaited<ReturnType<typeof membersById.run>>[number];

const postFields = {
  id: post.id,
  owner: post.owner,
  person: post.person,
  organization: post.organization,
  title: post.title,
  current: post.current,
  asOf: post.asOf,
  validFrom: post.validFrom,
  validUntil: post.validUntil,
  source: post.source,
  revision: post.revision,
};
export type Post = Awaited<ReturnType<typeof postsById.run>>[number];

const personFields = { id: person.id, name: person.name };
export type Person = Awaited<ReturnType<typeof peopleById.run>>[number];

const membersById = statement(
  build
    .select(memberFields)
    .from(member)
    .where(and(sql`${member.id} = any(${placeholder('ids')}::uuid[])`, isNull(member.deleted))),
);
const membersOfPeople = statement(
  build
    .select(memberFields)
    .from(member)
    .where(and(sql`${member.person} = any(${placeholder('keys')}::uuid[])`, isNull(member.deleted)))
    .orderBy(asc(member.owner)),
);
const sectorsOfMembers = statement(
  build
    .select({
      member: affiliation.member,
      sector: affiliation.sector,
      validFrom: affiliation.validFrom,
      validUntil: affiliation.validUntil,
    })
    .from(affiliation)
    .where(and(sql`${affiliation.member} = any(${placeholder('keys')}::uuid[])`, isNull(affiliation.deleted)))
    .orderBy(desc(affiliation.validFrom)),
);
const peopleById = statement(
  build
    .select(personFields)
    .from(person)
    .where(and(sql`${person.id} = any(${placeholder('ids')}::uuid[])`, isNull(person.deleted))),
);
const postsById = statement(
  build
    .select(postFields)
    .from(post)
    .where(and(sql`${post.id} = any(${placeholder('ids')}::uuid[])`, isNull(post.deleted))),
);
const postsBy = (column: typeof post.person | typeof post.owner | typeof post.organization, type: 'uuid' | 'text') =>
  statement(
    build
      .select(postFields)
      .from(post)
      .where(and(sql`${column} = any(${placeholder('keys')}::${sql.raw(type)}[])`, isNull(post.deleted)))
      .orderBy(asc(post.position), asc(post.id)),
  );
const postsOfPeople = postsBy(post.person, 'uuid');
const postsOfCommittees = postsBy(post.owner, 'text');
const postsOfOrganizations = postsBy(post.organization, 'uuid');

/** Whether a place with dates is held on a day. */
const held = (place: typeof affiliation | typeof organizationMember, on: SQL) =>
  and(
    sql`coalesce(${place.validFrom}, '-infinity') <= ${on}`,
    sql`coalesce(${place.validUntil}, 'infinity') >= ${on}`,
    isNull(place.deleted),
  );
const nowadays = sql`(now() at time zone 'Asia/Shanghai')::date`;

const conditions = {
  sector: sql`exists (select 1 from ${affiliation} where ${and(eq(affiliation.member, member.id), sql`${affiliation.sector} = ${placeholder('sector')}`, held(affiliation, nowadays))})`,
  serving: sql`${member.serving} @> ${placeholder('serving')}::date`,
  gone: sql`not ${member.serving} @> ${placeholder('gone')}::date`,
  level: sql`${member.owner} ~ ${placeholder('level')}`,
};
const orders = {
  NAME_ASC: { by: ['name'], descending: false },
  NAME_DESC: { by: ['name'], descending: true },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;

const membersIn = rangedList({
  name: 'members',
  table: member,
  fields: memberFields,
  owner: member.owner,
  province: member.province,
  searched: { schema: 'members', type: 'member', walksNation: true },
  orders,
  counters: { schema: 'members', type: 'member', conditions: { level: sql`owner ~ ${placeholder('level')}` } },
});
const asked = sql`key.day::date`;
const membersOfOrganization = list({
  name: 'members of organization',
  table: member,
  fields: memberFields,
  key: { organization: 'uuid', day: 'text' },
  tie: sql`${member.id} in (
    select ${affiliation.member} from ${affiliation} where ${affiliation.sector} = key.organization and ${held(affiliation, asked)}
    union all
    select ${organizationMember.member} from ${organizationMember} where ${organizationMember.organization} = key.organization and ${held(organizationMember, asked)})`,
  sorts: true,
  orders,
});

export interface MemberFilter {
  readonly text?: string | null;
  readonly sector?: string | null;
  readonly current?: boolean | null;
  readonly on?: string | null;
  readonly level?: CommitteeLevel | null;
}

/** People, members and posts, for one fetch. */
export class PeopleStore {
  readonly #lists: ListReader;
  readonly members;
  readonly people;
  readonly posts;
  readonly membersOfPerson;
  readonly postsOfPerson;
  readonly postsOfCommittee;
  readonly postsOfOrganization;
  readonly sectorOfMember;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.members = rowById(scope, membersById);
    this.people = rowById(scope, peopleById);
    this.posts = rowById(scope, postsById);
    this.membersOfPerson = rowsByKey(scope, membersOfPeople, (row) => row.person);
    this.postsOfPerson = rowsByKey(scope, postsOfPeople, (row) => row.person);
    this.postsOfCommittee = rowsByKey(scope, postsOfCommittees, (row) => row.owner);
    this.postsOfOrganization = rowsByKey(scope, postsOfOrganizations, (row) => row.organization ?? '');
    this.sectorOfMember = rowsByKey(scope, sectorsOfMembers, (row) => row.member);
  }

  /** Members of a committee, or of every committee in its region. */
  membersIn(
    range: CodeRange,
    filter: MemberFilter | null | undefined,
    order: keyof typeof orders,
    page: PageArguments,
  ): Connection<Member> {
    const day = filter?.current == null && filter?.on == null ? undefined : (filter.on ?? today());
    return this.#lists.connection(
      membersIn(range),
      { ...range },
      {
        page,
        order,
        filter: filterBy(conditions, {
          text: filter?.text,
          sector: filter?.sector,
          serving: filter?.current === false ? undefined : day,
          gone: filter?.current === false ? day : undefined,
          level: filter?.level && codesOfLevel[filter.level],
        }),
      },
    );
  }

  /** Members of a sector, special committee or group on a day. */
  membersOfOrganization(organization: string, day: string, page: PageArguments): Connection<Member> {
    return this.#lists.connection(membersOfOrganization, { organization, day }, { page, order: 'NAME_ASC' });
  }

  countMembers(range: CodeRange): Promise<number> {
    return this.#lists.total(membersIn(range), { ...range });
  }
}
