import { RuleBroken } from '@hub/errors';
import { buildSchema, type GraphQLInputType } from 'graphql';
import { expect, test } from 'vitest';
import { givenInput } from '../src/given-input.ts';

const schema = buildSchema(`
  directive @ceiling(lines: Int) on INPUT_FIELD_DEFINITION
  type Query { x: Int }
  input Part { title: String!, place: String, id: ID }
  input Figure { text: String @ceiling(lines: 1) }
  input Plan { title: String!, note: String, topics: [String!], parts: [Part!], count: Int, figure: Figure }
`);
const plan = schema.getType('Plan') as GraphQLInputType;

/** What is refused, and where. */
function refusal(input: object): string {
  try {
    givenInput(input, plan);
  } catch (error) {
    if (error instanceof RuleBroken) return `${error.code} ${error.path.join('.')} ${error.details['field']}`;
    throw error;
  }
  return 'taken';
}

test('a text loses the spaces around it, and one of which nothing can be seen is none', () => {
  const parts = [{ title: '上午', place: '\u200b\u202e', id: ' x ' }];
  expect(givenInput({ title: '\u3000题目 一\n', note: ' \u3164 ', topics: [' 水'], parts, count: 3 }, plan)).toEqual({
    title: '题目 一',
    note: null,
    topics: ['水'],
    parts: [{ title: '上午', place: null, id: ' x ' }],
    count: 3,
  });
  for (const blank of ['', ' ', '\n', '\u200b'])
    expect(givenInput({ title: '题', note: blank }, plan)).toEqual({ title: '题', note: null });
  expect(givenInput({ title: '❤\ufe0f', note: null }, plan)).toEqual({ title: '❤\ufe0f', note: null });
});

test('a text is of one line, but for prose', () => {
  const given = {
    title: '题\r\n目',
    note: '一\u2028二',
    topics: ['水\t质'],
    parts: [{ title: '上\u0085午' }],
    figure: { text: '约\n三' },
  };
  expect(givenInput(given, plan)).toEqual({
    title: '题 目',
    note: '一\n二',
    topics: ['水 质'],
    parts: [{ title: '上 午' }],
    figure: { text: '约 三' },
  });
});

test('a text that there has to be is asked for where it shows nothing', () => {
  expect(refusal({ title: '\u200b\ufe0f\u2800' })).toBe('REQUIRED title title');
  expect(refusal({ title: '题', topics: ['水', '\u3164'] })).toBe('REQUIRED topics.1 topics');
  expect(refusal({ title: '题', parts: [{ title: '上午' }, { title: '\u00ad' }] })).toBe(
    'REQUIRED parts.1.title title',
  );
});

test('what is no text is refused, wherever it stands', () => {
  for (const text of ['a\0', '\ud800', '\ufdd0', '\u{1ffff}'])
    expect(refusal({ title: '题', parts: [{ title: '上午', id: text }] })).toBe('INVALID parts.0.id id');
});
