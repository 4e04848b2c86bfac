import { describe, expect, it } from 'vitest';
import { codeRange, committee, committees, currentCode, region, regions } from '../src/index.ts';

const on = '2025-01-01';
const everywhere = regions({ on });

describe('the tree of regions', () => {
  it('has one nation, 34 provinces, 333 cities and about 2,980 counties and zones', () => {
    expect(regions({ level: 'NATION', on }).map((found) => found.name)).toEqual(['中华人民共和国']);
    expect(regions({ level: 'PROVINCE', on })).toHaveLength(34);
    expect(regions({ level: 'CITY', on })).toHaveLength(333);
    expect(regions({ level: 'COUNTY', on })).toHaveLength(2978);
    expect(regions({ level: 'TOWNSHIP', on })).toHaveLength(41352);
    expect(regions({ level: 'VILLAGE', on })).toEqual([]);
  });

  it('puts the districts of Beijing, Tianjin, Shanghai and Chongqing below the city itself', () => {
    expect(region('310117')).toMatchObject({ name: '松江区', level: 'COUNTY', parent: '310000' });
    expect(region('110101')?.parent).toBe('110000');
    expect(region('120116')?.parent).toBe('120000');
    expect(region('500101')?.parent).toBe('500000');
    expect(region('500229')).toMatchObject({ name: '城口县', parent: '500000' });
  });

  it('puts counties run by a province, and XPCC cities, below the province', () => {
    expect(region('429004')).toMatchObject({ name: '仙桃市', level: 'COUNTY', parent: '420000' });
    expect(region('419001')?.parent).toBe('410000');
    expect(region('469001')?.parent).toBe('460000');
    expect(region('659012')).toMatchObject({ name: '白杨市', level: 'COUNTY', parent: '650000' });
  });

  it.each([
    ['441900', '东莞市', '441900003'],
    ['442000', '中山市', '442000001'],
    ['460400', '儋州市', '460400100'],
    ['620200', '嘉峪关市', '620201001'],
  ])('hangs the townships of a city without districts directly below it: %s %s', (city, name, township) => {
    expect(region(city)).toMatchObject({ name, level: 'CITY', zone: false });
    expect(region(township)).toMatchObject({ level: 'TOWNSHIP', parent: city });
    expect(regions({ parent: city, on }).map((found) => found.code)).toContain(township);
    expect(regions({ within: city, level: 'COUNTY', on })).toEqual([]);
  });

  it('knows the three counties of 雄安, 浦东新区 and 滨海新区 as counties with a committee', () => {
    for (const [code, name] of [
      ['130629', '容城县'],
      ['130632', '安新县'],
      ['130638', '雄县'],
      ['310115', '浦东新区'],
      ['120116', '滨海新区'],
    ] as const) {
      expect(region(code)).toMatchObject({ name, zone: false });
      expect(committee(code)?.name).toBe(`${name}政协`);
    }
  });

  it('names the nation as the parent of Hong Kong, Macao and Taiwan', () => {
    for (const code of ['710000', '810000', '820000']) {
      expect(region(code)).toMatchObject({ level: 'PROVINCE', parent: '000000', zone: false });
    }
  });

  it('lets every region lie in the range of its parent', () => {
    const outside = everywhere.filter((found) => {
      if (found.parent === null) return found.code !== '000000';
      const { lo, hi } = codeRange(found.parent);
      return !(lo <= found.code && found.code < hi);
    });
    expect(outside).toEqual([]);
  });

  it('lets every region but the nation have a parent in force one level up, or a province above a county', () => {
    const above: Record<string, readonly string[]> = {
      PROVINCE: ['NATION'],
      CITY: ['PROVINCE'],
      COUNTY: ['CITY', 'PROVINCE'],
      TOWNSHIP: ['COUNTY', 'CITY'],
    };
    const codes = new Set(everywhere.map((found) => found.code));
    const wrong = everywhere.filter(({ level, parent }) => {
      if (level === 'NATION') return false;
      return parent === null || !codes.has(parent) || !above[level]?.includes(region(parent)?.level ?? '');
    });
    expect(wrong).toEqual([]);
  });

  it('gives siblings ranges that do not overlap', () => {
    const ends = new Map<string, string>();
    const overlapping = everywhere.filter(({ code, parent }) => {
      const before = ends.get(parent ?? '') ?? '';
      ends.set(parent ?? '', codeRange(code).hi);
      return code < before;
    });
    expect(overlapping).toEqual([]);
  });
});

describe('stand-ins of the statistical office', () => {
  it.each([
    ['110100', '110000'],
    ['120100', '120000'],
    ['310100', '310000'],
    ['500100', '500000'],
    ['500200', '500000'],
    ['419000', '410000'],
    ['429000', '420000'],
    ['469000', '460000'],
    ['659000', '650000'],
    ['620201', '620200'],
  ])('%s is no place and has no committee, but leads to %s', (code, place) => {
    expect(region(code)).toMatchObject({ zone: true, successors: [place] });
    expect(committee(code)).toBeUndefined();
    expect(currentCode(code)).toBe(place);
    expect(everywhere.some((found) => found.code === code)).toBe(false);
  });
});

describe('zones', () => {
  it('are regions without a committee', () => {
    expect(region('130671')).toMatchObject({ name: '保定高新技术产业开发区', zone: true, parent: '130600' });
    expect(committee('130671')).toBeUndefined();
    expect(region('632857')?.zone).toBe(true);
    expect(region('460321')?.zone).toBe(true);
  });

  it('are all county codes from 71 to 79, and no others but those that stand in the exceptions', () => {
    const counties = regions({ level: 'COUNTY', on });
    const numbered = counties.filter((found) => /7[1-9]$/.test(found.code));
    expect(numbered.length).toBeGreaterThan(100);
    expect(numbered.filter((found) => !found.zone)).toEqual([]);
    const others = counties.filter((found) => found.zone && !numbered.includes(found)).map((found) => found.code);
    expect(others).toEqual(['460321', '460322', '460323', '632857']);
  });

  it('leave no county whose name says development zone unmarked', () => {
    const named = regions({ level: 'COUNTY', on }).filter((found) =>
      /开发区|管理区|示范区|[业科品]园区|实验区|产业/.test(found.name),
    );
    expect(named.length).toBeGreaterThan(90);
    expect(named.filter((found) => !found.zone)).toEqual([]);
  });
});

describe('committees', () => {
  it('are one for the nation, 31 for provinces, 332 for cities and about 2,840 for counties', () => {
    expect(committees({ level: 'NATIONAL', on }).map((found) => found.name)).toEqual(['全国政协']);
    expect(committees({ level: 'PROVINCE', on })).toHaveLength(31);
    expect(committees({ level: 'CITY', on })).toHaveLength(332);
    expect(committees({ level: 'COUNTY', on })).toHaveLength(2848);
  });

  it('bear the code of their region and the name in daily use', () => {
    expect(committee('330000')).toMatchObject({ name: '浙江省政协', level: 'PROVINCE', parent: '000000' });
    expect(committee('330100')).toMatchObject({ name: '杭州市政协', level: 'CITY', parent: '330000' });
    expect(committee('330102')).toMatchObject({ name: '上城区政协', level: 'COUNTY', parent: '330100' });
    expect(committee('422800')?.name).toBe('恩施土家族苗族自治州政协');
    expect(committee('659001')).toMatchObject({ name: '石河子市政协', level: 'COUNTY', parent: '650000' });
    expect(committee('310117')?.parent).toBe('310000');
    expect(committee('441900')).toMatchObject({ name: '东莞市政协', level: 'CITY' });
  });

  it('are missing for 三沙, for Hong Kong, Macao and Taiwan, for townships and for unknown codes', () => {
    for (const code of ['460300', '460302', '460303', '710000', '810000', '820000', '330114001', '999999', '']) {
      expect(committee(code)).toBeUndefined();
    }
  });

  it('each have a committee above them that was there for as long, except the national one', () => {
    const orphans = committees({ on }).filter(
      (found) => found.parent !== null && committee(found.parent)?.validUntil !== null,
    );
    expect(orphans).toEqual([]);
    expect(committees({ on }).filter((found) => found.parent === null)).toHaveLength(1);
  });

  it('of former times have a committee above them as well', () => {
    const then = committees({ on: '2000-01-01' });
    expect(then.length).toBeGreaterThan(2800);
    expect(then.filter((found) => found.parent !== null && committee(found.parent) === undefined)).toEqual([]);
  });
});
