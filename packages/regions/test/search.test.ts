import { describe, expect, it } from 'vitest';
import { type Committee, committees, type Region, region, regions } from '../src/index.ts';

const on = '2025-01-01';
const names = (found: readonly (Region | Committee)[]): string[] => found.map(({ name }) => name);

describe('looking for regions', () => {
  it('within a code gives all below it in code order, without the code itself', () => {
    const found = regions({ within: '330100', on }).map((item) => item.code);
    expect(found).not.toContain('330100');
    expect(found).toContain('330114');
    expect(found).toContain('330114001');
    expect(found).toEqual([...found].sort());
    expect(found.every((code) => code.startsWith('3301'))).toBe(true);
  });

  it('within a county gives its townships only', () => {
    expect(names(regions({ within: '330114', on }))).toEqual(
      '下沙街道 白杨街道 河庄街道 义蓬街道 新湾街道 临江街道 前进街道'.split(' '),
    );
    expect(regions({ within: '331000', on }).some((item) => item.code === '331102')).toBe(false);
    expect(regions({ within: '330110', on }).some((item) => item.code === '330114')).toBe(false);
  });

  it('by parent gives direct children only', () => {
    expect(names(regions({ parent: '330000', on }))).toHaveLength(11);
    expect(regions({ parent: '310000', on }).every((item) => item.level === 'COUNTY')).toBe(true);
    expect(names(regions({ parent: '420000', level: 'COUNTY', on }))).toEqual([
      '仙桃市',
      '潜江市',
      '天门市',
      '神农架林区',
    ]);
  });

  it('by level and range together gives both', () => {
    expect(regions({ within: '000000', level: 'PROVINCE', on })).toHaveLength(34);
    expect(names(regions({ within: '330000', parent: '330100', level: 'COUNTY', on }))).toHaveLength(13);
    expect(regions({ within: '340000', parent: '330100', on })).toEqual([]);
  });

  it('without a day means those in force now', () => {
    expect(regions({ parent: '330100', level: 'COUNTY' }).map((item) => item.code)).not.toContain('330104');
    expect(regions({ parent: '341400' })).toEqual([]);
  });

  it('on a day gives those of that day', () => {
    expect(names(regions({ parent: '341400', on: '2011-07-13' }))).toEqual([
      '居巢区',
      '庐江县',
      '无为县',
      '含山县',
      '和县',
    ]);
    expect(regions({ parent: '341400', on: '2011-07-14' })).toEqual([]);
    expect(names(regions({ text: '江干', on: '2020-06-01' }))).toEqual(['江干区']);
    expect(regions({ text: '江干区', on })).toEqual([]);
  });

  it('by text finds the short form that people use of an autonomous place', () => {
    expect(names(regions({ text: '恩施州', on }))).toEqual(['恩施土家族苗族自治州']);
    expect(names(regions({ text: '博尔塔拉州', on }))).toEqual(['博尔塔拉蒙古自治州']);
    expect(names(regions({ text: '景宁县', on }))).toEqual(['景宁畲族自治县']);
    expect(names(regions({ text: '龙胜县', on }))).toEqual(['龙胜各族自治县']);
  });

  it('gives every autonomous prefecture and county a short form without the names of peoples', () => {
    const autonomous = regions({ text: '自治', on }).filter(({ name }) => /自治[州县旗]$/.test(name));
    expect(autonomous.length).toBeGreaterThan(140);
    const unnamed = autonomous.filter(({ code, name }) => {
      const stems = [2, 3, 4, 5, 6, 7, 8]
        .map((length) => name.slice(0, length))
        .filter((stem) => !/族|自治/.test(stem));
      return !stems.some(
        (stem) => regions({ parent: region(code)?.parent ?? '', text: stem + name.slice(-1), on }).length > 0,
      );
    });
    expect(names(unnamed)).toEqual([]);
  });

  it('by text finds a place by the name it bore before', () => {
    expect(names(regions({ text: '襄樊', on, level: 'CITY' }))).toEqual(['襄阳市']);
    expect(names(committees({ text: '襄樊市政协', on }))).toEqual(['襄阳市政协']);
  });
});

describe('looking for committees', () => {
  it('finds them by short and by long form', () => {
    expect(names(committees({ text: '恩施州政协', on }))).toEqual(['恩施土家族苗族自治州政协']);
    expect(names(committees({ text: '恩施州', on }))).toEqual(['恩施土家族苗族自治州政协']);
    expect(names(committees({ text: '政协杭州市委员会', on }))).toEqual(['杭州市政协']);
    expect(names(committees({ text: '中国人民政治协商会议浙江省委员会', on }))).toEqual(['浙江省政协']);
    expect(names(committees({ text: '中国人民政治协商会议全国委员会', on }))).toEqual(['全国政协']);
  });

  it('within a province gives cities and counties, and no zones', () => {
    const found = committees({ within: '130600', on });
    expect(found.every((item) => item.level === 'COUNTY')).toBe(true);
    expect(found.map((item) => item.code)).not.toContain('130671');
    expect(names(committees({ within: '330000', level: 'CITY', on }))).toHaveLength(11);
    expect(committees({ parent: '000000', on })).toHaveLength(31);
  });

  it('on a day gives those of that day', () => {
    expect(names(committees({ text: '江干区政协', on: '2020-01-01' }))).toEqual(['江干区政协']);
    expect(committees({ text: '江干区政协', on })).toEqual([]);
  });
});

describe('the directory', () => {
  it('answers a question about a subtree in well under a millisecond of the processor', () => {
    regions({ within: '330100', on });
    const before = process.cpuUsage();
    for (let round = 0; round < 200; round++) regions({ within: '330100', on });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 200).toBeLessThan(1_000);
  });
});
