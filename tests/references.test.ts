/** Every id that a mutation takes is somebody's to look at: a new one that nobody does turns this red. */
import { refersToOf } from '@hub/references';
import { subgraphSdl } from '@hub/subgraph-server';
import { type InputObjectTypeDefinitionNode, Kind, parse, type TypeNode } from 'graphql';
import { expect, test } from 'vitest';
import { subgraphs } from '../scripts/subgraphs.ts';

/** Codes of committees and regions, which every subgraph knows by itself. */
const codes = new Set(['committee', 'committees', 'region', 'regions', 'to', 'inPlaceOf', 'host', 'owner', 'parties']);

/** Ids of records of the subgraph's own, whose field isn't called as their type is: each is read, under its policies, where it is used. */
const own = new Set([
  ...[
    'AmendPlanInput.remove',
    'RequestLeaveInput.parts',
    'AgendaItemInput.id',
    'PartInput.id',
    'follows',
    'planItem',
    'item',
  ],
  ...[
    'chairmensMeeting',
    'topic',
    'comment',
    'CommentOnTopicInput.answers',
    'supersedes',
    'through',
    'before',
    'invitation',
  ],
  ...[
    'suggestions',
    'followUp',
    'file',
    'plan',
    'term',
    'parent',
    'child',
    'sector',
    'messages',
    'referral',
    'linkedInvitation',
    'outcome',
    'reading',
    'dispatch',
    'handlingReport',
    'session',
    'record',
    'EnterAttendanceInput.part',
  ],
  ...['submission', 'cooperationPartner', 'cooperationOutcome', 'partnerOrganization', 'agreementFile', 'signIn'],
  // Who was asked: one who wasn't is in no row of the topic.
  'WithdrawCoAuthorInvitationInput.member',
]);

const listed = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : listed(type.type));

test.each(subgraphs.map((definition) => [definition.name, definition] as const))(
  '%s looks at every id that its mutations take',
  (_, definition) => {
    const document = parse(subgraphSdl(definition));
    const types = new Set(
      document.definitions.flatMap((one) =>
        one.kind === Kind.OBJECT_TYPE_DEFINITION && definition.records.some(({ type }) => type === one.name.value)
          ? [one.name.value]
          : [],
      ),
    );
    const isOwn = (field: string) => types.has(`${field[0]?.toUpperCase()}${field.slice(1)}`);
    const inputs = document.definitions.filter(
      (one): one is InputObjectTypeDefinitionNode =>
        one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION &&
        one.name.value.endsWith('Input') &&
        // What the gateway alone hands over.
        !one.directives?.some(({ name }) => name.value === 'inaccessible'),
    );
    const unseen = inputs.flatMap(({ name: input, fields = [] }) =>
      fields.flatMap(({ name: { value: field }, type, directives }) => {
        if (listed(type) !== 'ID' || refersToOf(directives) || codes.has(field) || isOwn(field)) return [];
        return own.has(field) || own.has(`${input.value}.${field}`) ? [] : [`${input.value}.${field}`];
      }),
    );
    expect(unseen).toEqual([]);
  },
);
