import type { Actor } from '@hub/access';
import { assertStep, dueOf, machine, stepsOpenTo } from '@hub/workflow';
import { describe, expect, test } from 'vitest';

const paper = machine({
  record: 'Paper',
  duty: 'meetings',
  zh: '文件',
  states: { DRAFT: { zh: '草稿', en: 'draft' }, SENT: { zh: '已报送', en: 'sent' } },
  steps: {
    writePaper: { from: [], to: 'DRAFT', by: ['MEMBER'], zh: '起草', en: 'write', asks: [] },
    sendPaper: {
      from: ['DRAFT'],
      to: 'SENT',
      by: ['AUTHOR', 'STAFF', 'CONVENOR'],
      zh: '报送',
      en: 'send',
      asks: ['text'],
      deadline: { setting: 'days', unit: 'WORKING_DAYS', counts: 'AFTER_ENTERING' },
    },
  },
});
const record = {
  id: '1',
  owner: '330100',
  status: 'DRAFT',
  revision: 3,
  author: 'm',
  organization: 'o',
};
const member = (id: string, committee = '330100', convenes: string[] = []): Actor => ({
  kind: 'MEMBER',
  subject: id,
  member: id,
  committee,
  memberships: [id],
  convenes,
});
const staff = (committee: string, duties: ('meetings' | 'members')[]): Actor => ({
  kind: 'STAFF',
  subject: 's',
  committee,
  duties,
});
const outcome = (actor: Actor, input: object = { text: 'x' }, given = record) => {
  try {
    assertStep(paper, 'sendPaper', actor, given, { ...input });
    return 'taken';
  } catch (error) {
    return (
      (error as { code?: string; extensions?: { code: string } }).code ??
      (error as { extensions: { code: string } }).extensions.code
    );
  }
};

describe('a step', () => {
  test.each<[string, Actor, string]>([
    ['its author', member('m'), 'taken'],
    ['staff who are charged with it', staff('330100', ['meetings']), 'taken'],
    ['the convenor of its group', member('n', '330100', ['o']), 'taken'],
    ['another member', member('n'), 'NOT_YOURS'],
    ['its author as a member of another committee', member('m', '330110'), 'NOT_YOURS'],
    ['the convenor of another group', member('n', '330100', ['p']), 'NOT_YOURS'],
    ['staff who are charged with something else', staff('330100', ['members']), 'FORBIDDEN'],
    ['staff above', staff('330000', ['meetings']), 'NOT_YOURS'],
    ['the public', { kind: 'PUBLIC' }, 'FORBIDDEN'],
    ['an operator', { kind: 'OPERATOR', subject: 'o' }, 'FORBIDDEN'],
  ])('by %s', (_, actor, expected) => {
    expect(outcome(actor)).toBe(expected);
  });

  test('isn’t taken without what it asks for, from another state, or on another revision than was read', () => {
    expect(outcome(member('m'), { text: '' })).toBe('REQUIRED');
    expect(outcome(member('m'), {})).toBe('REQUIRED');
    expect(outcome(member('m'), { text: 'x', expectedRevision: 2 })).toBe('CONFLICT');
    expect(outcome(member('m'), { text: 'x', expectedRevision: 3 })).toBe('taken');
    expect(outcome(member('m'), { text: 'x' }, { ...record, status: 'SENT' })).toBe('STEP_NOT_ALLOWED');
  });

  test('is offered to those who may take it, while it may be taken', () => {
    expect(stepsOpenTo(paper, member('m'), record).map(({ name }) => name)).toEqual(['sendPaper']);
    expect(stepsOpenTo(paper, member('n'), record)).toEqual([]);
    expect(stepsOpenTo(paper, member('m'), { ...record, status: 'SENT' })).toEqual([]);
  });

  test('is due by the committee’s own number of working days, provisionally where holidays aren’t published', () => {
    const step = paper.steps.sendPaper;
    expect(dueOf(step, { since: '2026-09-28' }, { days: 3 })).toEqual({ day: '2026-10-08', provisional: false });
    expect(dueOf(step, { since: '9999-12-31' }, { days: 4 })).toBeNull();
    expect(dueOf(step, { since: '2026-09-28' }, { days: 4 })).toEqual({ day: '2026-10-09', provisional: false });
    expect(dueOf(step, { since: '2049-12-30' }, { days: 3 })?.provisional).toBe(true);
    expect(dueOf(step, { since: null }, { days: 3 })).toBeNull();
    expect(dueOf(paper.steps.writePaper, { since: '2026-09-28' }, { days: 3 })).toBeNull();
  });

  test('is due on the day that a letter of the record states, which no setting and no holiday moves', () => {
    const step = { ...paper.steps.sendPaper, deadline: { on: 'answerBy' } };
    expect(dueOf(step, { since: '2026-09-28', answerBy: '2050-10-01' }, { days: 3 })).toEqual({
      day: '2050-10-01',
      provisional: false,
    });
    expect(dueOf(step, { since: '2026-09-28', answerBy: null }, { days: 3 })).toBeNull();
  });
});

describe('a machine', () => {
  test('with a state that no step leads to, or a step to a state that isn’t there, isn’t made', () => {
    const parts = { record: 'Paper', duty: 'meetings', zh: '文件' } as const;
    const states = { DRAFT: { zh: '', en: '' }, SENT: { zh: '', en: '' } };
    const write = { from: [], to: 'DRAFT', by: ['MEMBER'], zh: '', en: '', asks: [] } as const;
    expect(() => machine({ ...parts, states, steps: { write } })).toThrow('no step leads to SENT');
    expect(() =>
      machine({
        ...parts,
        states,
        steps: { write, send: { ...write, to: 'SENT' }, lose: { ...write, to: 'LOST' } },
      } as never),
    ).toThrow('there is no state LOST');
  });

  test('that awaits a step in a state from which it isn’t taken, isn’t made', () => {
    const steps = {
      write: { from: [], to: 'DRAFT', by: ['MEMBER'], zh: '', en: '', asks: [] },
      send: { from: ['DRAFT'], to: 'SENT', by: ['AUTHOR'], zh: '', en: '', asks: [], awaited: ['SENT'] },
    } as const;
    const states = { DRAFT: { zh: '', en: '' }, SENT: { zh: '', en: '' } };
    expect(() => machine({ record: 'Paper', duty: 'meetings', zh: '文件', states, steps })).toThrow(
      "Paper.send isn't taken from SENT",
    );
  });
});
