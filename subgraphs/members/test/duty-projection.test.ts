import { type Actor, scopeSettings } from '@hub/access';
import { recordId } from '@hub/facts';
import { members } from '@hub/members';
import {
  agency,
  department,
  everyone,
  feed,
  liaison,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  testRole,
} from '@hub/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const owner = '330110';
const who = recordId('yuhang/member-wang-aijuan');
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(members, 'facts');
});
afterAll(() => hub.stop());
beforeEach(async () => {
  await hub.testDatabase.admin`truncate members.duty_fact, members.duty_source`;
});

const fact = (name: string, more: object = {}) => ({
  id: recordId(name),
  member: who,
  kind: 'CONSULTATION',
  consultationKind: '请你来协商',
  title: name,
  on: '2024-05-20',
  outcomes: ['PRESENT'],
  halfDays: 1,
  rank: 1,
  authors: 1,
  recordType: 'Consultation',
  record: recordId(`${name}/record`),
  consultation: recordId(`${name}/record`),
  owner,
  visibility: 'MEMBERS',
  parties: [],
  ...more,
});
const project = async (input: object, as = feed) => {
  const { data, errors } = await hub.ask(
    'mutation ($input: ProjectDutyInput!) { projectDuty(input: $input) { next } }',
    { as, variables: { input: { source: 'consultations', after: '', next: '', facts: [], withdrawn: [], ...input } } },
  );
  return errors[0] ?? data.projectDuty.next;
};
const stands = async () =>
  (await hub.testDatabase.admin`select title from members.duty_fact where deleted is null order by title`).map(
    ({ title }) => title,
  );
const report = async (as: Actor = member('yuhang/member-wang-aijuan', owner), year = 2024) => {
  const { data, errors } = await hub.ask(
    `query ($id: ID!, $year: Int!) { member(id: $id) { dutyReport(year: $year) {
      year basis total { value text qualifier } lines { kind count facts { title on source } }
      counted { total leave absences lines { kind count } contributions { kind count } facts { title outcomes consultation { id } activity { id } } }
      asOf missing incomplete notice sources { name current rebuilding asOf } } } }`,
    { as, variables: { id: who, year } },
  );
  expect(errors).toEqual([]);
  return data.member?.dutyReport;
};

describe('what sources tell', () => {
  test('is taken in from where the source was read to, and from nowhere else', async () => {
    expect(await project({ next: 'a', head: 'b', facts: [fact('one')] })).toBe('a');
    expect(await project({ next: 'a', head: 'b', facts: [fact('again')] })).toBe('a');
    expect(await project({ after: 'other', next: 'c', head: 'c', facts: [fact('lost')] })).toBe('a');
    expect(await stands()).toEqual(['one']);
    expect(
      await project({ after: 'a', next: 'b', head: 'b', facts: [fact('two')], withdrawn: [recordId('one')] }),
    ).toBe('b');
    expect(await stands()).toEqual(['two']);
  });

  test('told again is the same row, and the same fact of another source is another', async () => {
    const of = async () =>
      (await hub.testDatabase.admin`select id, origin, title, revision from members.duty_fact order by origin`).map(
        (row) => ({ ...row }),
      );
    await project({ next: 'a', head: 'a', facts: [fact('one')] });
    const before = await of();
    await project({ after: 'a', next: 'b', head: 'b', facts: [fact('one')] });
    expect(await of()).toEqual(before);
    await project({ after: 'b', next: 'c', head: 'c', facts: [fact('one', { title: '改名' })] });
    expect(await of()).toMatchObject([{ id: before[0]?.['id'], title: '改名', revision: 2 }]);
    await project({ source: 'workstations', next: 'a', head: 'a', facts: [fact('one')] });
    expect(await of()).toHaveLength(2);
  });

  test('by two followers at once counts once', async () => {
    const page = { next: 'a', head: 'a', facts: [fact('one'), fact('two')] };
    expect(await Promise.all([project(page), project(page), project(page)])).toEqual(['a', 'a', 'a']);
    expect(await stands()).toEqual(['one', 'two']);
  });

  test('of a member who isn’t known yet waits for them, and nobody sees it until then', async () => {
    const later = recordId('duty/later');
    await project({ next: 'a', head: 'a', facts: [fact('early', { member: later })] });
    const [waiting] = await hub.testDatabase.admin`select visibility, subjects, waiting from members.duty_fact`;
    expect(waiting).toMatchObject({ visibility: 'PRIVATE', subjects: [], waiting: true });
    await hub.testDatabase
      .admin`insert into members.member (id, owner, owner_as_filed, visibility, person, name) select ${later}, ${owner}, ${owner}, 'PUBLIC', person.id, '后来' from members.person where not exists (select 1 from members.member where member.person = person.id and member.owner = ${owner}) limit 1`;
    await project({ after: 'a', next: 'b', head: 'b' });
    const [known] = await hub.testDatabase.admin`select owner, visibility, subjects, waiting from members.duty_fact`;
    expect(known).toMatchObject({ owner, visibility: 'INTERNAL', subjects: [later], waiting: false });
    await hub.testDatabase.admin`delete from members.member where id = ${later}`;
  });

  test('is read again from the beginning when the operator asks, and what isn’t told again goes only at the end', async () => {
    await project({ next: 'a', head: 'a', facts: [fact('kept'), fact('gone')] });
    const rebuild = (as: Parameters<typeof hub.ask>[1]) =>
      hub.ask('mutation { rebuildDuty(input: { source: "consultations" }) { source userErrors { code } } }', as);
    for (const as of [everyone, staff(owner), member('yuhang/member-wang-aijuan', owner), agency, feed])
      expect((await rebuild({ as })).errors).toEqual(['FORBIDDEN']);
    expect((await rebuild({ as: operator })).data.rebuildDuty).toEqual({ source: 'consultations', userErrors: [] });
    expect(await stands()).toEqual(['gone', 'kept']);
    expect(await report()).toMatchObject({
      counted: { total: 2 },
      incomplete: true,
      missing: ['consultations'],
      sources: [{ name: 'consultations', current: false, rebuilding: true }],
      notice: expect.stringContaining('正在重建'),
    });
    expect(await project({ after: 'a', next: 'b', head: 'b', facts: [fact('of the old run')] })).toBe('');
    expect(await project({ next: '1', head: '2', facts: [fact('kept')] })).toBe('1');
    expect(await stands()).toEqual(['gone', 'kept']);
    expect(await project({ after: '1', next: '2', head: '2' })).toBe('2');
    expect(await stands()).toEqual(['kept']);
    expect(await report()).toMatchObject({ counted: { total: 1 }, incomplete: false, notice: null });
    const { data } = await hub.ask(
      'mutation { rebuildDuty(input: { source: "nothing" }) { source userErrors { code path } } }',
      { as: operator },
    );
    expect(data.rebuildDuty).toEqual({ source: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'source'] }] });
  });

  test('can be told by the follower alone, and no other way writes it', async () => {
    const others = [
      everyone,
      staff(owner),
      member('yuhang/member-wang-aijuan', owner),
      department(owner, recordId('department')),
      liaison(owner),
      agency,
      operator,
    ];
    for (const as of others) {
      expect(await project({ next: 'a', facts: [fact('forged')] }, as)).toBe('FORBIDDEN');
      expect((await hub.ask('{ dutySources { name next } }', { as })).errors).toEqual(['FORBIDDEN']);
    }
    expect(await stands()).toEqual([]);
    const { dutyFact } = await import('../src/tables.ts');
    const row = {
      id: recordId('typed in'),
      owner,
      ownerAsFiled: owner,
      visibility: 'INTERNAL',
      origin: 'consultations',
    };
    const typed = hub.put({
      table: dutyFact,
      rows: [
        {
          ...row,
          fact: row.id,
          member: who,
          kind: 'OTHER',
          title: '自填',
          on: '2024-01-01',
          rank: 1,
          authors: 1,
          recordType: 'X',
          record: row.id,
          recordOwner: owner,
          recordVisibility: 'PUBLIC',
          generation: 1,
        },
      ],
    });
    await expect(typed).rejects.toMatchObject({ kind: 'DENIED' });
  });
});

describe('a yearly report', () => {
  test('counts how often a member took part, with each event behind each figure', async () => {
    const facts = [
      fact('一'),
      fact('二'),
      fact('三', { kind: 'RESEARCH', consultationKind: null }),
      fact('请假', { outcomes: ['LEAVE'] }),
      fact('缺席', { outcomes: ['ABSENT'] }),
      fact('建议', { kind: 'SUGGESTION', outcomes: ['SUBMITTED'], consultationKind: null }),
      fact('去年', { on: '2023-12-31' }),
      fact('将来', { on: '2199-01-01' }),
    ];
    await project({ next: 'a', head: 'a', facts });
    const told = await report();
    expect(told).toMatchObject({
      basis: 'COUNTED',
      total: { value: 3, text: '3', qualifier: 'EXACT' },
      lines: [
        { kind: '请你来协商', count: 2, facts: [{ source: 'consultations' }, { source: 'consultations' }] },
        { kind: '调研', count: 1, facts: [{ title: '三', on: '2024-05-20' }] },
      ],
      counted: { total: 3, leave: 1, absences: 1, contributions: [{ kind: '意见建议', count: 1 }] },
      incomplete: false,
      missing: [],
      notice: null,
    });
    expect(told.counted.facts).toHaveLength(6);
    expect(told.counted.facts[0].consultation).toEqual({ id: expect.any(String) });
    expect((await report(undefined, 2199)).counted.total).toBe(0);
  });

  test('keeps what a source reports beside what the hub counts, and never adds the two', async () => {
    await project({ next: 'a', head: 'a', facts: [fact('一', { on: '2023-03-01' })] });
    expect(await report(undefined, 2023)).toMatchObject({
      basis: 'REPORTED',
      total: { text: '16' },
      lines: [{ count: 3, facts: [] }, { count: 7 }],
      counted: { total: 1 },
    });
  });

  test('is for the member and the committee’s staff, whatever the year', async () => {
    await project({ next: 'a', head: 'a', facts: [fact('一')] });
    expect((await report(staff(owner))).counted.total).toBe(1);
    const others = [
      everyone,
      staff('330100'),
      staff('330113'),
      member('yuhang/member-li-dan', owner),
      member('linping/member-li-jinlong', '330113'),
      department(owner, recordId('department')),
      agency,
      operator,
    ];
    for (const as of others) for (const year of [2023, 2024]) expect((await report(as, year)) ?? null).toBeNull();
  });

  test('of what staff may not read holds for the member alone', async () => {
    await project({
      next: 'a',
      head: 'a',
      facts: [
        fact('公开', { visibility: 'PUBLIC', owner: '330100' }),
        fact('不公开', { visibility: 'PRIVATE' }),
        fact('别处的', { visibility: 'INTERNAL', owner: '330113' }),
        fact('联合的', { visibility: 'JOINT', owner: '330113', parties: ['330113', owner] }),
      ],
    });
    expect((await report()).counted.total).toBe(4);
    expect((await report(staff(owner))).counted.facts.map(({ title }: { title: string }) => title).sort()).toEqual([
      '公开',
      '联合的',
    ]);
  });

  test('says which source is missing, and never counts less for it', async () => {
    expect(await report()).toMatchObject({ incomplete: true, missing: [], asOf: null, counted: { total: 0 } });
    await project({ next: 'a', head: 'a', facts: [fact('一')] });
    await project({ source: 'workstations' });
    expect(await report()).toMatchObject({
      incomplete: true,
      missing: ['workstations'],
      asOf: null,
      notice: '以下来源的数据不是最新：工作站点与活动。次数与得分可能还会变动。',
    });
    await project({ source: 'workstations', next: 'w', head: 'w' });
    expect(await report()).toMatchObject({ incomplete: false, missing: [], asOf: expect.any(String) });
    await hub.testDatabase
      .admin`update members.duty_source set heard_at = now() - interval '61 seconds' where name = 'consultations'`;
    const silent = await report();
    expect(silent).toMatchObject({ incomplete: true, missing: ['consultations'], counted: { total: 1 } });
    const [{ at } = { at: '' }] = await hub.testDatabase
      .admin`select heard_at::text as at from members.duty_source where name = 'consultations'`;
    expect(Date.parse(silent.asOf)).toBe(Date.parse(at));
  });

  test('goes by the committee’s own lines where it has some', async () => {
    const { data } = await hub.ask(
      `mutation ($input: ChangeMemberSettingsInput!) { changeMemberSettings(input: $input) { userErrors { code path } } }`,
      {
        as: staff(owner),
        variables: {
          input: {
            committee: owner,
            validFrom: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
            dutyLines: [{ label: '调查视察', kinds: ['RESEARCH', 'INSPECTION'] }],
          },
        },
      },
    );
    expect(data.changeMemberSettings.userErrors).toEqual([]);
    const other = { consultationKind: null };
    await project({
      next: 'a',
      head: 'a',
      facts: [
        fact('调研', { kind: 'RESEARCH', ...other }),
        fact('视察', { kind: 'INSPECTION', ...other }),
        fact('协商', { consultationKind: 'TOPICAL' }),
      ],
    });
    expect((await report()).lines).toMatchObject([
      { kind: '调查视察', count: 2 },
      { kind: '协商', count: 1 },
    ]);
    await hub.testDatabase.admin`delete from members.setting`;
  });
});

describe('facts of a nation', () => {
  test('are read off an index for a member’s year and for a committee’s, under the policies', async () => {
    const { admin } = hub.testDatabase;
    await admin`insert into members.duty_fact (id, owner, owner_as_filed, visibility, subjects, origin, fact, member, kind, title, on_day, outcomes, rank, authors, record_type, record, record_owner, record_visibility, generation)
      select gen_random_uuid(), code, code, 'INTERNAL', array[who::text], 'consultations', gen_random_uuid(), who, 'ACTIVITY', 'x', date '2020-01-01' + number % 1800, '{PRESENT}', 1, 1, 'Activity', who, code, 'PUBLIC', 1
      from generate_series(1, 40000) as number
        cross join lateral (select lpad((number % 400 * 100 + 330000)::text, 6, '0') as code, md5((number % 4000)::text)::uuid as who) as made`;
    await admin`analyze members.duty_fact`;
    const plan = (settings: Readonly<Record<string, string>>, text: string) =>
      admin.begin(async (transaction) => {
        for (const [name, setting] of Object.entries(settings))
          await transaction`select set_config(${name}, ${setting}, true)`;
        await transaction.unsafe(`set local role ${testRole('members')}`);
        await transaction`set local plan_cache_mode = force_generic_plan`;
        return JSON.stringify(await transaction.unsafe(`explain (format json) ${text}`));
      });
    const year = "on_day between '2024-01-01' and '2024-12-31' and deleted is null";
    expect(
      await plan(
        scopeSettings(staff('330100')),
        `select * from members.duty_fact where member = any(array['${who}']::uuid[]) and ${year} order by on_day, id`,
      ),
    ).toContain('duty_fact_member_on');
    expect(
      await plan(
        scopeSettings(staff('330100')),
        `select * from members.duty_fact where owner = '330100' and ${year} order by on_day, id`,
      ),
    ).toContain('duty_fact_owner_on');
  });
});
