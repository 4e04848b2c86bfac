import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import {
  type CatalogField,
  catalogFields,
  catalogOf,
  classesOf,
  type DatasetDescription,
  datasetFaults,
  datasets,
} from '../src/index.ts';

const schema = buildSchema(readFileSync(new URL('../../../gateway/schema.graphql', import.meta.url), 'utf8'));
const supergraph = readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8');
const classes = classesOf(supergraph);
const shared = datasets.filter(({ sharing }) => sharing !== 'NOT_SHARED');

test('the catalogue is of the graph as it is composed', () => {
  expect(catalogFields).toEqual(catalogOf(supergraph));
});

test('it has every field of the public graph that is no structure, mutations that agencies may do, and none that is inaccessible', () => {
  const named = Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__') && !classes.isStructure(type.name)
      ? Object.keys(type.getFields())
          .filter((field) => type.name !== 'Mutation' || classes.field(type.name, field))
          .map((field) => `${type.name}.${field}`)
      : [],
  );
  expect(named.filter((name) => name.startsWith('Mutation.')).sort()).toEqual([
    'Mutation.addAgencyKey',
    'Mutation.pauseWebhook',
    'Mutation.redeliverWebhookMessages',
    'Mutation.registerWebhook',
    'Mutation.removeWebhook',
    'Mutation.renewWebhookSecret',
    'Mutation.replayWebhook',
    'Mutation.requestSharing',
    'Mutation.resumeWebhook',
    'Mutation.retireAgencyKey',
    'Mutation.withdrawSharingRequest',
  ]);
  expect(catalogFields.map(({ type, field }) => `${type}.${field}`).sort()).toEqual(named.sort());
});

test('of what is not shared it tells the name alone', () => {
  const closed = catalogFields.filter(({ sharing }) => sharing === 'NOT_SHARED');
  expect(closed.length).toBeGreaterThan(0);
  for (const field of closed) expect(Object.keys(field)).toEqual(['dataset', 'type', 'field', 'sharing', 'personal']);
});

test('what is asked of nobody but oneself is never shared', () => {
  const closed = [
    'Me',
    'Leave',
    'DutyReport',
    'CalendarFeed',
    'StepEvent',
    'MemberEvaluation',
    'Attendance',
    'Nominee',
  ];
  for (const field of catalogFields)
    if (closed.includes(field.type) || ['events', 'pendingSteps'].includes(field.field))
      expect(field.sharing, `${field.type}.${field.field}`).toBe('NOT_SHARED');
});

test('what can tell a belief, a home or an illness is personal', () => {
  for (const name of [
    'Member.sector',
    'Organization.members',
    'OrganizationMember.organization',
    'Leave.reason',
    'ServiceRequest.description',
    'ServiceRequest.filedAs',
    'Submission.text',
    'Submission.filedBy',
  ]) {
    const [type = '', field = ''] = name.split('.');
    expect(classes.field(type, field)?.personal, name).toBe(true);
  }
});

describe.each(datasets)('$name', (dataset: DatasetDescription) => {
  test('says all of itself in both languages', () => {
    const { title, description, licence, keywords, conditions, legalGround, sharing } = dataset;
    for (const { zh, en } of [
      title,
      description,
      licence,
      ...[conditions ?? []].flat(),
      ...[legalGround ?? []].flat(),
    ]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[\p{ASCII}’]+$/u);
    }
    expect(keywords.zh.length).toBeGreaterThan(0);
    expect(keywords.en.length).toBeGreaterThan(0);
    expect(conditions !== undefined).toBe(sharing === 'CONDITIONAL');
    expect(legalGround !== undefined).toBe(sharing === 'NOT_SHARED');
    expect(dataset.sampleQuery !== undefined).toBe(sharing !== 'NOT_SHARED');
  });
});

test.each(shared)(
  'the sample query of $name is valid, reads some of it, and nothing that isn’t shared',
  ({ name, sampleQuery }) => {
    const document = parse(sampleQuery ?? '');
    expect(validate(schema, document)).toEqual([]);
    const read = fieldsRead(sampleQuery ?? '');
    const found = read.flatMap(([type, field]) => classes.field(type, field) ?? []);
    expect(found.filter(({ dataset }) => dataset === name).length).toBeGreaterThan(1);
    expect(found.filter(({ sharing, personal }) => sharing === 'NOT_SHARED' || personal)).toEqual([]);
  },
);

function fieldsRead(operation: string): (readonly [string, string])[] {
  const info = new TypeInfo(schema);
  const read: (readonly [string, string])[] = [];
  visit(
    parse(operation),
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        if (parent) read.push([getNamedType(parent).name, node.name.value]);
      },
    }),
  );
  return read;
}

describe('a fault is', () => {
  const [values] = datasets.filter(({ name }) => name === 'values');
  const field: CatalogField = {
    dataset: 'values',
    type: 'Period',
    field: 'start',
    sharing: 'UNCONDITIONAL',
    personal: false,
  };
  const described = values ? [values] : [];

  test('nothing, where each dataset has fields and a description', () => {
    expect(datasetFaults([field], described)).toEqual([]);
    expect(datasetFaults([field, { ...field, field: 'text', sharing: 'NOT_SHARED' }], described)).toEqual([]);
  });

  test('a dataset that nothing describes', () => {
    expect(datasetFaults([field, { ...field, dataset: 'lamps' }], described)).toEqual([
      'dataset lamps: nothing describes it (packages/sharing/src/datasets)',
    ]);
  });

  test('a description without fields', () => {
    expect(datasetFaults([], described)).toEqual(['dataset values: no field belongs to it']);
  });

  test('two descriptions of one dataset', () => {
    expect(datasetFaults([field], [...described, ...described])).toEqual(['dataset values: it is described twice']);
  });

  test('a description that promises more or less than the fields', () => {
    expect(datasetFaults([{ ...field, sharing: 'CONDITIONAL' }], described)).toEqual([
      'dataset values: it is described as UNCONDITIONAL, and its fields are CONDITIONAL',
    ]);
    expect(datasetFaults([{ ...field, sharing: 'NOT_SHARED' }], described)).toEqual([
      'dataset values: it is described as UNCONDITIONAL, and its fields are NOT_SHARED',
    ]);
  });
});
