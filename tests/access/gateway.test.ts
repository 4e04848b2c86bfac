/** The matrix through the gateway: what it gathers from several subgraphs shows no more than they do. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TokenClaims } from '@hub/access';
import { apiSchemaFile } from '@hub/gateway';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { type ActorName, actorNames, actors, shows } from './cells.ts';
import { receipt, type World } from './fixture.ts';
import { disclosures, graphRequestsOf, listViolations, viewOf } from './matrix.ts';
import { createWorld } from './world.ts';

let hub: Hub;
let world: World;
/**
 * Whoever comes in from outside; the hub's own followers have no token, and what partner agencies may ask is tried where
 * they sign their own (tests/journeys/agencies.test.ts).
 */
const outside = actorNames.filter((actor) => actor !== 'feed' && actors[actor].kind !== 'AGENCY');
const tokens = new Map<ActorName, string>();
const graph = buildSchema(readFileSync(apiSchemaFile, 'utf8'));

function claimsOf(actor: ActorName): TokenClaims | undefined {
  const who = actors[actor];
  switch (who.kind) {
    case 'PUBLIC':
    case 'FEED':
    case 'AGENCY':
      return undefined;
    case 'MEMBER':
      return {
        role: 'member',
        membership: [{ id: who.member, committee: who.committee, convenes: who.convenes }],
      };
    case 'STAFF':
      return { role: 'staff', committee: who.committee, duties: who.duties };
    case 'DEPARTMENT':
      return { role: 'department', committee: who.committee, department: who.department };
    case 'LIAISON':
      return { role: 'liaison', committee: who.committee };
    case 'OPERATOR':
      return { role: 'operator' };
  }
}

beforeAll(async () => {
  const made = await createWorld();
  world = made.world;
  hub = await startHub('over HTTP', { database: made.database });
  for (const actor of outside) {
    const claims = claimsOf(actor);
    const who = actors[actor];
    if (claims && 'subject' in who) tokens.set(actor, await hub.issuer.issue(who.subject, claims));
  }
});
afterAll(() => hub.stop());

const ask = (actor: ActorName, query: string) => {
  const token = tokens.get(actor);
  const headers = 'receipt' in actors[actor] ? { 'x-receipt': receipt } : {};
  return hub.ask(query, { headers, ...(token !== undefined && { token }) });
};

test.each(outside)('shows %s what it may see and nothing else', async (actor) => {
  const found: string[] = [];
  for (const request of graphRequestsOf(world, graph)) {
    const { data, errors, text } = await ask(actor, request.query);
    const what = request.list ?? request.checks[0]?.field;
    if (errors.length > 0) found.push(`${actor} asks ${what} and is told of ${JSON.stringify(errors)}`);
    found.push(...disclosures(world, actor, text).map((row) => `${actor} asks ${what} and is shown ${row}`));
    found.push(...listViolations(world, request, actor, data));
    for (const { path, parent } of request.checks) {
      const got = data?.[String(path[0])]?.id ?? null;
      const wanted = parent.row && shows(world, actor, parent.row) ? parent.row.id : null;
      if (got !== wanted) found.push(`${actor}: ${what} of ${parent.row?.table}·${parent.row?.variant} is ${got}`);
    }
  }
  expect(found).toEqual([]);
});

/** Of which type of the graph the rows of a table are, where they have one. */
const typeOf: ReadonlyMap<string, string> = new Map(
  subgraphs.flatMap(({ name, records }) => records.map(({ table, type }) => [`${name}.${table}`, type] as const)),
);

test.each(outside)(
  'finds for %s by its id what it may see, and what else there is as little as what never was',
  async (actor) => {
    const rows = world.rows.filter(({ table }) => typeOf.has(table));
    const found: string[] = [];
    for (let at = 0; at < rows.length; at += 99) {
      const some = rows.slice(at, at + 99);
      const ids = [...some.map(({ id }) => id), randomUUID()];
      const { data, errors } = await ask(actor, `{ nodes(ids: ${JSON.stringify(ids)}) { __typename id } }`);
      expect(errors).toEqual([]);
      expect(data.nodes[some.length]).toBeNull();
      for (const [place, row] of some.entries()) {
        const wanted = shows(world, actor, row) ? { __typename: typeOf.get(row.table), id: row.id } : null;
        const got = data.nodes[place];
        if (JSON.stringify(got) !== JSON.stringify(wanted))
          found.push(`${row.table}·${row.variant}: ${JSON.stringify(got)}`);
      }
    }
    expect(rows.length).toBeGreaterThan(500);
    expect(found).toEqual([]);
  },
);

describe('what may not be seen', () => {
  test('is answered as what never was', async () => {
    const [hidden] = (world.byTable.get('members.member') ?? []).filter(({ variant }) => variant === 'me');
    const asked = async (id: string) => {
      const { text, status } = await ask(
        'everyone',
        `{ member(id: "${id}") { id name consultations { totalCount } } }`,
      );
      return { text, status };
    };
    expect(await asked(hidden?.id ?? '')).toEqual(await asked('11111111-1111-4111-8111-111111111111'));
    expect(viewOf(world, 'everyone').rows('members.member')).not.toContain(hidden);
  });

  test('is not found by searching for its words', async () => {
    // Searches look past upper and lower case, so one whose name has no other like it.
    const [hidden] = (world.byTable.get('consultations.consultation') ?? []).filter(({ variant }) => variant === 'yMe');
    const search = (actor: ActorName) =>
      ask(actor, `{ consultations(filter: { text: "${hidden?.values['title']}" }) { totalCount nodes { id } } }`);
    expect((await search('everyone')).data).toEqual({ consultations: { totalCount: 0, nodes: [] } });
    expect((await search('member elsewhere')).data).toEqual({
      consultations: { totalCount: 1, nodes: [{ id: hidden?.id }] },
    });
  });
});
