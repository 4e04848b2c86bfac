import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { isId } from '@hub/inputs';
import { assertInOffice } from '@hub/references';
import { type FetchContext, givenCommittee, type MutationInput } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { assertKeeps, change, firstDayOf, found, invalid, kept, lastDay, put } from '../keeping.ts';
import { contactLink, member, organization } from '../tables.ts';

const { placeholder } = sql;

const linkFields = {
  id: contactLink.id,
  owner: contactLink.owner,
  tree: contactLink.tree,
  parentType: contactLink.parentType,
  parent: contactLink.parent,
  childType: contactLink.childType,
  child: contactLink.child,
  validFrom: contactLink.validFrom,
  validUntil: contactLink.validUntil,
  visibility: contactLink.visibility,
  revision: contactLink.revision,
};
export type ContactLink = Awaited<ReturnType<typeof linksById.run>>[number];
const linksById = statement(
  build
    .select(linkFields)
    .from(contactLink)
    .where(and(sql`${contactLink.id} = any(${placeholder('ids')}::uuid[])`, isNull(contactLink.deleted))),
);

/** How far a walk goes. The way up of a real tree is shorter by far. */
const longestWay = { up: 32, down: 6 } as const;

/** The nodes asked for, each with its day. Apart and materialized: under a policy no index serves a comparison with what a cast makes. */
const wanted = sql`select key, split_part(key, ' ', 1)::uuid as node, split_part(key, ' ', 2)::date as "on" from unnest(${placeholder('keys')}::text[]) as key`;

/** Everybody on the way from each node, in all trees at once: one statement however many nodes there are. */
const walkOf = (way: keyof typeof longestWay) => {
  const [from, to] = way === 'up' ? ['child', 'parent'] : ['parent', 'child'];
  const steps = sql.raw(`
    select wanted.key, wanted."on", link.id, link.tree, link.${to} as node, link.${to}_type as type, 1 as depth
      from wanted join members.contact_link as link on link.${from} = wanted.node
          and link.deleted is null and coalesce(link.valid_from, '-infinity') <= wanted."on" and coalesce(link.valid_until, 'infinity') >= wanted."on"
    union all
    select walk.key, walk."on", link.id, link.tree, link.${to}, link.${to}_type, walk.depth + 1
      from walk join members.contact_link as link on link.${from} = walk.node and link.tree = walk.tree
          and link.deleted is null and coalesce(link.valid_from, '-infinity') <= walk."on" and coalesce(link.valid_until, 'infinity') >= walk."on"
      where walk.depth < ${longestWay[way]}`);
  return statement(
    build
      .select({
        key: sql<string>`walk.key`.as('key'),
        id: sql<string>`walk.id`.as('id'),
        tree: sql<string>`walk.tree`.as('tree'),
        node: sql<string>`walk.node`.as('node'),
        type: sql<string>`walk.type`.as('type'),
        depth: sql<number>`walk.depth`.mapWith(Number).as('depth'),
      })
      .from(sql`(with recursive wanted as materialized (${wanted}), walk as (${steps}) select * from walk) as walk`)
      .orderBy(sql`walk.key, walk.tree, walk.depth, walk.node`),
  );
};
const waysUp = walkOf('up');
const waysDown = walkOf('down');
export type Contact = Awaited<ReturnType<typeof waysUp.run>>[number];

/** The contact trees, for one fetch. */
export class ContactStore {
  readonly links;
  readonly #up;
  readonly #down;

  constructor(scope: Scope) {
    this.links = rowById(scope, linksById);
    this.#up = rowsByKey(scope, waysUp, (row) => row.key);
    this.#down = rowsByKey(scope, waysDown, (row) => row.key);
  }

  /** Who stands above a member or organization today, nearest first. */
  async above(node: string, tree: string | null | undefined): Promise<Contact[]> {
    return (await this.#up.load(`${node} ${today()}`)).filter((row) => tree == null || row.tree === tree);
  }

  /** Who stands below, nearest first. */
  async below(node: string, tree: string | null | undefined, depth: number): Promise<Contact[]> {
    return (await this.#down.load(`${node} ${today()}`)).filter(
      (row) => row.depth <= depth && (tree == null || row.tree === tree),
    );
  }
}

const membersById = statement(
  build
    .select({ id: member.id, owner: member.owner })
    .from(member)
    .where(and(sql`${member.id} = any(${placeholder('ids')}::uuid[])`, isNull(member.deleted))),
);

interface Node {
  readonly id: string;
  readonly type: 'MEMBER' | 'ORGANIZATION';
}
/** @throws RuleBroken NOT_FOUND, or INVALID for what is another committee's */
async function nodeOf(context: FetchContext, id: string, path: string, owner: string): Promise<Node> {
  const [asMember] = isId(id) ? await context.scope.run(membersById, { ids: [id] }) : [];
  const row = asMember ?? (await found(context, organization, id, path));
  if (row.owner !== owner) invalid(path);
  return { id: row.id, type: asMember ? 'MEMBER' : 'ORGANIZATION' };
}

export interface LinkInput extends MutationInput {
  readonly committee: string;
  readonly tree: string;
  readonly parent: string;
  readonly child: string;
  readonly validFrom?: string | null;
  readonly visibility?: string | null;
}
export async function linkContact(input: LinkInput, context: FetchContext): Promise<{ id: string }> {
  const owner = givenCommittee(input.committee);
  assertKeeps(context.actor, owner);
  const parent = await nodeOf(context, input.parent, 'parent', owner);
  const child = await nodeOf(context, input.child, 'child', owner);
  const people = [parent, child].filter(({ type }) => type === 'MEMBER').map(({ id }) => id);
  for (const [path, node] of Object.entries({ parent, child }))
    if (node.type === 'MEMBER')
      await assertInOffice(context, [node.id], { day: firstDayOf('validFrom', input.validFrom), path: [path] });
  const usual = people.length === 0 ? 'PUBLIC' : input.tree === 'CONTACT_GRID' ? 'MEMBERS' : 'INTERNAL';
  return put(context, contactLink, {
    owner,
    visibility: input.visibility ?? usual,
    subjects: people,
    tree: input.tree,
    parentType: parent.type,
    parent: parent.id,
    childType: child.type,
    child: child.id,
    validFrom: firstDayOf('validFrom', input.validFrom),
  });
}

export async function unlinkContact(
  input: MutationInput & { readonly contactLink: string; readonly on?: string | null },
  context: FetchContext,
): Promise<{ id: string }> {
  const row = await kept(context, contactLink, input.contactLink, 'contactLink', input);
  if (row.validUntil !== null) invalid('contactLink');
  return change(context, contactLink, row, { validUntil: lastDay(input.on, row.validFrom) });
}
