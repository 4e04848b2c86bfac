import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeRange, committee, currentCode, directoryDays, isCode, region, regions } from '../src/index.ts';

const read = (file: string): string[][] =>
  readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split('\t'));
const rows = read('changes.tsv');
const former = read('former-codes.tsv');
/** The day of regions.tsv. */
const sourceDay = directoryDays.townshipsAsOf;

describe('the changes of Hangzhou in 2021', () => {
  it('keep 江干区 and 下城区 in force until the day before', () => {
    expect(region('330104')).toMatchObject({
      name: '江干区',
      level: 'COUNTY',
      parent: '330100',
      validUntil: '2021-04-09',
      successors: ['330102', '330114'],
    });
    expect(committee('330104')).toMatchObject({ name: '江干区政协', successors: ['330102', '330114'] });
    expect(region('330103')).toMatchObject({ name: '下城区', successors: ['330105'] });
    expect(currentCode('330104')).toBe('330102');
    expect(currentCode('330103')).toBe('330105');
  });

  it('show the districts of each day', () => {
    const districts = (day: string): string[] =>
      regions({ parent: '330100', level: 'COUNTY', on: day })
        .map((found) => found.name)
        .filter((name) => name.endsWith('区'));
    expect(districts('2021-04-08')).toEqual(
      '上城区 下城区 江干区 拱墅区 西湖区 滨江区 萧山区 余杭区 富阳区 临安区'.split(' '),
    );
    expect(districts('2021-04-09')).toEqual(
      '上城区 拱墅区 西湖区 滨江区 萧山区 余杭区 富阳区 临安区 临平区 钱塘区'.split(' '),
    );
  });

  it('leave codes that went on in force, and say where their area came from and went', () => {
    expect(region('330102')).toMatchObject({
      validFrom: null,
      validUntil: null,
      predecessors: ['330104'],
      successors: [],
    });
    expect(region('330105')).toMatchObject({ validUntil: null, predecessors: ['330103'] });
    expect(region('330110')).toMatchObject({ validUntil: null, predecessors: ['330184'], successors: ['330113'] });
    expect(region('330109')).toMatchObject({ name: '萧山区', validUntil: null, successors: ['330114'] });
    for (const code of ['330102', '330105', '330109', '330110']) expect(currentCode(code)).toBe(code);
  });

  it('begin 临平区 and 钱塘区 on that day', () => {
    expect(region('330113')).toMatchObject({ name: '临平区', validFrom: '2021-04-09', predecessors: ['330110'] });
    expect(region('330114')).toMatchObject({
      name: '钱塘区',
      validFrom: '2021-04-09',
      predecessors: ['330104', '330109'],
    });
    expect(committee('330114')?.validFrom).toBe('2021-04-09');
  });
});

describe('the changes since the source', () => {
  it('make 两江新区 of 江北区 and most of 渝北区, whose five other towns are 北碚区’s', () => {
    expect(region('500157')).toMatchObject({
      name: '两江新区',
      level: 'COUNTY',
      parent: '500000',
      validFrom: '2025-11-06',
      validUntil: null,
      predecessors: ['500105', '500109', '500112'],
    });
    expect(committee('500157')?.name).toBe('两江新区政协');
    expect(region('500105')).toMatchObject({ validUntil: '2025-11-06', successors: ['500157'] });
    expect(region('500112')).toMatchObject({ validUntil: '2025-11-06', successors: ['500157', '500109'] });
    expect(region('500109')).toMatchObject({ validUntil: null, successors: ['500157'] });
    expect(currentCode('500112')).toBe('500157');
  });

  it('take the townships with them', () => {
    const townships = (parent: string, day: string) => regions({ parent, level: 'TOWNSHIP', on: day }).length;
    expect([townships('500157', '2025-11-05'), townships('500157', '2025-11-06')]).toEqual([0, 42]);
    expect([townships('500105', '2025-11-05'), townships('500105', '2025-11-06')]).toEqual([12, 0]);
    expect([townships('500109', '2025-11-05'), townships('500109', '2025-11-06')]).toEqual([17, 12]);
    expect(region('500109006')).toMatchObject({ validUntil: '2025-11-06', successors: ['500157031'] });
    expect(currentCode('500109006')).toBe('500157031');
    // By its name, as all of 江北区 and 渝北区 do but the five towns.
    expect(currentCode('500105001')).toBe('500157020');
    expect(region('500157020')).toMatchObject({ name: '华新街街道', predecessors: ['500105001'] });
    expect(currentCode('500112135')).toBe('500109');
  });

  it.each([
    ['653132', '岑岭县', '653100', '2026-03-26'],
    ['659013', '草湖市', '650000', '2026-04-17'],
  ])('begin %s %s', (code, name, parent, validFrom) => {
    expect(region(code)).toMatchObject({ name, level: 'COUNTY', parent, validFrom, validUntil: null });
  });

  it('are all told by the day up to which the directory is', () => {
    expect(rows.filter(([, , date = '']) => date > directoryDays.asOf)).toEqual([]);
  });

  it('leave no region below one that isn’t in force', () => {
    const now = new Set(regions({ on: '2026-11-30' }).map(({ code }) => code));
    expect(regions({ on: '2026-11-30' }).filter(({ parent }) => parent !== null && !now.has(parent))).toEqual([]);
  });
});

describe('other changes', () => {
  it.each([
    ['371200', '莱芜市', '2018-12-26', ['370116', '370117']],
    ['371202', '莱城区', '2018-12-26', ['370116']],
    ['371203', '钢城区', '2018-12-26', ['370117']],
    ['341402', '居巢区', '2011-07-14', ['340181']],
    ['341424', '和县', '2011-07-14', ['340523']],
    ['110103', '崇文区', '2010-06-28', ['110101']],
    ['110104', '宣武区', '2010-06-28', ['110102']],
    ['110228', '密云县', '2015-10-13', ['110118']],
    ['310103', '卢湾区', '2011-05-20', ['310101']],
    ['310119', '南汇区', '2009-04-24', ['310115']],
    ['120107', '塘沽区', '2009-10-21', ['120116']],
    ['320502', '沧浪区', '2012-08-17', ['320508']],
    ['320584', '吴江市', '2012-08-17', ['320509']],
    ['330181', '萧山市', '2001-02-02', ['330109']],
    ['330184', '余杭市', '2001-02-02', ['330110']],
    ['330621', '绍兴县', '2013-10-18', ['330603', '330602']],
    ['310227', '松江县', '1998-02-27', ['310117']],
    ['362300', '上饶地区', '2000-06-23', ['361100']],
    ['332500', '丽水地区', '2000-05-20', ['331100']],
  ])('%s %s ended on %s and went into %j', (code, name, validUntil, successors) => {
    expect(region(code)).toMatchObject({ name, validUntil, successors });
    expect(currentCode(code)).toBe(successors[0]);
  });

  it.each([
    // By a hand-kept row whose day is not known.
    ['330204', '江东区', '2016-12-31', '330212'],
    ['361121', '上饶县', '2019-10-31', '361104'],
    ['341224', '蒙城县', '2000-12-31', '341622'],
    ['310230', '崇明县', '2016-07-31', '310151'],
    // By the lists alone: the day of the first list without the code.
    ['220381', '公主岭市', '2020-06-30', '220184'],
    ['500381', '江津市', '2006-12-31', '500116'],
    ['330185', '临安市', '2017-10-31', '330112'],
    ['542421', '那曲县', '2018-10-31', '540602'],
  ])('%s %s had ended by %s and is %s', (code, name, validUntil, current) => {
    expect(region(code)).toMatchObject({ name, level: 'COUNTY', validUntil });
    expect(currentCode(code)).toBe(current);
  });

  it('end the counties of a city that ended on a known day on that day', () => {
    expect(region('513723')).toMatchObject({ name: '平昌县', validUntil: '2000-06-14', successors: ['511923'] });
    expect(region('511923')?.validFrom).toBe('2000-06-14');
    expect(region('362321')).toMatchObject({ name: '上饶县', validUntil: '2000-06-23', successors: ['361121'] });
    expect(currentCode('362321')).toBe('361104');
  });

  it('put a district that is no more below the city it belonged to', () => {
    expect(region('310227')?.parent).toBe('310000');
    expect(region('341402')?.parent).toBe('341400');
    expect(region('341400')).toMatchObject({ name: '巢湖市', level: 'CITY', parent: '340000' });
  });

  it('name first where all of a place went in the end, and then what it gave away before', () => {
    // 尼玛县 gave up 双湖县 in 2012 and was recoded in 2018.
    expect(region('542430')?.successors).toEqual(['540629', '542431']);
    expect(currentCode('542430')).toBe('540629');
  });

  it('lead over several steps to the code of today', () => {
    // 南汇县 became a district in 2001, which went into 浦东新区 in 2009.
    expect(region('310225')?.successors).toEqual(['310119']);
    expect(currentCode('310225')).toBe('310115');
  });

  it('lead every code of the hand-kept rows to one in force', () => {
    const lost = rows.map(([code = '']) => currentCode(code)).filter((code) => region(code)?.validUntil !== null);
    expect(rows.length).toBeGreaterThan(400);
    expect(lost).toEqual([]);
  });

  it('let every code of the lists resolve, and lead all but a few to one in force', () => {
    expect(former.length).toBeGreaterThan(1000);
    for (const [code = '', name] of former)
      expect(region(code)).toMatchObject({ code, name, validUntil: expect.stringMatching(/^\d{4}-/) });
    const lost = former.filter(([code = '']) => region(currentCode(code))?.validUntil !== null);
    const unknown = '130103 130106 130421 320704 350321 450111 450211 450411 542135 542136 542137 542528 640103 640111';
    expect(lost.map(([code]) => code)).toEqual(unknown.split(' '));
    for (const [code = ''] of lost) expect(currentCode(code)).toBe(code);
  });

  it('name only regions that the directory knows', () => {
    const named = [
      ...rows.flatMap(([code = '', , , , list = '']) => [code, ...list.split(' ').filter(Boolean)]),
      ...former.flatMap(([code = '', , , successor = '']) => [code, successor]).filter(Boolean),
    ];
    expect(named.map((code) => code.replace('+', '')).filter((code) => region(code) === undefined)).toEqual([]);
  });

  it('are written with a code, a name, a full date, a known kind and a note', () => {
    const kinds = ['RENUMBERED', 'UPGRADED', 'MERGED', 'SPLIT', 'RENAMED', 'CREATED'];
    const wrong = rows.filter(([code = '', name, date = '', kind = '', , note]) => {
      return !(isCode(code) && name && /^\d{4}-\d{2}-\d{2}$/.test(date) && kinds.includes(kind) && note);
    });
    expect(wrong).toEqual([]);
  });

  it('stand in the order of their dates, with no code twice on one day', () => {
    const keys = rows.map(([code, , date]) => `${date} ${code}`);
    expect(keys).toEqual([...keys].sort());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('end no code that the source still has, but after its day', () => {
    const source = readFileSync(new URL('../data/regions.tsv', import.meta.url), 'utf8');
    const codes = new Set(source.match(/^\d{6}(?=\t)/gm));
    expect(codes.size).toBeGreaterThan(3300);
    expect([...codes].filter((code) => (region(code)?.validUntil ?? '9999') <= sourceDay)).toEqual([]);
  });
});

describe('the current code', () => {
  it('is the code itself when it is in force, unknown or no code', () => {
    for (const code of ['000000', '330114', '441900', '330114001', '999999', '999999001', '3301', '']) {
      expect(currentCode(code)).toBe(code);
    }
  });

  it('of a township or village follows its recoded county', () => {
    expect(currentCode('220381100')).toBe('220184100');
    expect(currentCode('220381100201')).toBe('220184100201');
  });

  it('of a township never becomes the code of another township', () => {
    // 330102001 is 清波街道 and was never part of 江干区.
    expect(currentCode('330104001')).toBe('330102');
    expect(currentCode('330104001002')).toBe('330102');
  });

  it('of a township of 嘉峪关 keeps its digits', () => {
    expect(currentCode('620201001')).toBe('620201001');
    expect(currentCode('620201999')).toBe('620201999');
  });

  it('lies in the same province, so that roll-ups by range stay right, except where Chongqing left Sichuan', () => {
    const moved = [...rows, ...former].filter(([code = '']) => {
      const { lo, hi } = codeRange(`${code.slice(0, 2)}0000`);
      const current = currentCode(code);
      return !(lo <= current && current < hi);
    });
    expect(new Set(moved.map(([code = '']) => code.slice(0, 2)))).toEqual(new Set(['51']));
    expect(moved.every(([code = '']) => currentCode(code).startsWith('50'))).toBe(true);
  });
});
