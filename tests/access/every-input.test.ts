/** Every place of every input of a mutation, with the nastiest values of its kind. */
import type { Subgraph } from '@hub/subgraph-server';
import type { TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { everyInput, everyText, type Tally } from './every-input.ts';
import { setRules, type World } from './fixture.ts';
import { isForGatewayAlone } from './matrix.ts';
import { deedsOf, Undoing } from './mutations.ts';
import { openSubgraphs } from './opened.ts';
import { createWorld } from './world.ts';

const schemas = subgraphs.map(({ name }) => name);
let database: TestDatabase;
let world: World;
let opened: ReadonlyMap<string, Subgraph>;
const undoing = new Undoing();

beforeAll(async () => {
  ({ database, world } = await createWorld());
  await setRules(database.admin, schemas, 'enable');
  opened = await openSubgraphs(database.url, undoing.over);
});
afterAll(async () => {
  for (const subgraph of opened.values()) await subgraph.close();
  await database.drop();
});

/** Places of which the answer of their mutation doesn't tell. */
const toldElsewhere = new Set([
  // Settings tell what holds today, and these are of a later day.
  'changeConsultationSettings input.validFrom',
  'changeMemberSettings input.validFrom',
  'changeMemberSettings input.dutyLines.0.consultationKinds.0',
  'changeMemberSettings input.dutyLines.0.label',
  // Of the correction, which its office alone is told of.
  'correctMember input.reason',
  'correctSession input.reason',
  'correctTerm input.reason',
  // Of another record, which it names.
  'acceptConsultation input.hostName',
  'amendPlan input.change.0.plannedFrom',
  'amendPlan input.change.0.plannedUntil',
  'appointMember input.name',
  'appointMember input.occupation',
  'appointToPost input.name',
  'assignSector input.validFrom',
  'nominateMember input.name',
  'nominateMember input.occupation',
  // Its sender is told a receipt alone.
  'fileSubmission input.text',
  'fileSubmission input.title',
]);

/** Mutations of which the fixture lacks what they are done with: signed codes, files that arrived, meetings of chairmen or that are over, a party that doesn't host, members of the directory. */
const neverDone: readonly string[] = [
  ...['addPaper', 'attachAgreementFile', 'closeTerm', 'correctReading', 'correctRecordedSuggestion', 'declineReferral'],
  ...['endorseTag', 'holdPlanItem', 'inviteCommittees', 'keepJointPlan', 'objectToConsultationRecord'],
  ...['recallReferral', 'recordConsultationHeld', 'recordConsultationNotHeld', 'recordScans', 'removePlanItem'],
  ...['replacePaper', 'scanDutyCode', 'signIn', 'submitPlanToChairmen', 'takeBackCounter', 'takeReferral'],
  'uninviteParty',
];

const tally: Tally = { inputs: 0, values: 0, told: 0, never: new Set(), untold: new Set() };

test.each(['members', 'consultations', 'cooperation'])(
  'of %s: nothing fails, what is refused is named, and what is taken is told as it was given',
  async (name) => {
    const subgraph = opened.get(name) as Subgraph;
    const found: string[] = [];
    for (const deed of deedsOf(subgraph))
      if (deed.kind === 'mutation' && !isForGatewayAlone(deed.field))
        found.push(...(await everyInput({ world, admin: database.admin, schemas, subgraph, undoing }, deed, tally)));
    expect(found).toEqual([]);
  },
  // Thousands of steps one after another, which a busy machine takes long for.
  600_000,
);

test.each(['members', 'consultations', 'cooperation'])(
  'each text of an input of %s is taken as it is kept, or refused at its place, whatever it holds',
  (name) => {
    const { graphqlSchema } = opened.get(name) as Subgraph;
    expect(everyText(graphqlSchema)).toEqual([]);
  },
);

test('nearly all mutations are done here, and the rest is known', () => {
  expect([...tally.never].sort()).toEqual(neverDone);
});

test('most of what is taken is told in the answer, and the rest is known', () => {
  expect(tally.inputs).toBeGreaterThan(850);
  expect(tally.values).toBeGreaterThan(1_400);
  expect(tally.told).toBeGreaterThan(200);
  expect([...tally.untold].filter((place) => !toldElsewhere.has(place))).toEqual([]);
});
