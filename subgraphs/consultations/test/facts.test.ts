import { type Facts, readFacts, recordId } from '@hub/facts';
import { describe, expect, test } from 'vitest';
import { factsAsRows } from '../src/facts.ts';
import { adoption, consultation, cooperationLink, host, hostPlatform, participant, suggestion } from '../src/tables.ts';

/** The facts with some records kept closer than their documents have them. */
function factsWith(changes: Readonly<Record<string, 'INTERNAL' | 'JOINT'>>): Facts {
  const facts = readFacts();
  for (const list of ['consultations', 'members', 'workstations', 'cooperations', 'people'] as const)
    for (const record of facts[list]) {
      const visibility = changes[record.key];
      if (visibility) record.visibility = visibility;
    }
  return facts;
}
const rowsOf = (facts: Facts, table: unknown) => factsAsRows(facts).find((batch) => batch.table === table)?.rows ?? [];

describe('facts as rows', () => {
  test('a row that refers to a hidden record has that record’s audience beside its own', () => {
    const facts = factsWith({
      'shangrao/member-zhang-qingguo': 'INTERNAL',
      'jinhua/platform-science-technology': 'INTERNAL',
      'songjiang-shangrao/eye-care-pairing': 'JOINT',
    });
    const referring = (table: unknown, column: string, key: string) =>
      rowsOf(facts, table).filter((row) => row[column] === recordId(key));
    expect(referring(participant, 'member', 'shangrao/member-zhang-qingguo')).toMatchObject([
      { owner: '310117', visibility: 'PUBLIC', referenceOwner: '361100', referenceVisibility: 'INTERNAL' },
    ]);
    expect(referring(hostPlatform, 'workstation', 'jinhua/platform-science-technology')).toMatchObject([
      { owner: '330784', visibility: 'PUBLIC', referenceOwner: '330700', referenceVisibility: 'INTERNAL' },
    ]);
    expect(referring(cooperationLink, 'cooperation', 'songjiang-shangrao/eye-care-pairing')).toMatchObject([
      { visibility: 'PUBLIC', referenceOwner: '310117', referenceVisibility: 'JOINT' },
    ]);
  });

  test('a person who is hidden is not named beside the member', () => {
    const key = 'songjiang/member-li-zheng';
    const person = readFacts().members.find((record) => record.key === key)?.person ?? '';
    const taking = (facts: Facts) => rowsOf(facts, participant).filter((row) => row['member'] === recordId(key));
    expect(taking(readFacts())).toMatchObject([{ person: recordId(person) }]);
    expect(taking(factsWith({ [person]: 'INTERNAL' }))).toMatchObject([{ person: null }]);
  });

  test('parts of a joint consultation have its parties, and decisions are their own side’s', () => {
    const key = 'chunan/linked-consultation-2022';
    const facts = factsWith({ [key]: 'JOINT' });
    const audience = { visibility: 'JOINT', parties: ['330127', '330102'] };
    const id = recordId(key);
    expect(rowsOf(facts, consultation).find((row) => row.id === id)).toMatchObject({ ...audience, owner: '330127' });
    for (const table of [host, suggestion])
      for (const row of rowsOf(facts, table).filter((part) => part['consultation'] === id))
        expect(row).toMatchObject({ ...audience, owner: '330127' });
    expect(
      rowsOf(facts, adoption)
        .filter((row) => row['suggestion'] === recordId(`${key}-suggestions`))
        .map(({ owner }) => owner),
    ).toEqual(['330127', '330127', '330102', '330102']);
  });

  test('a consultation that its first host does not lead is refused by its key', () => {
    const facts = readFacts();
    for (const { hosts } of facts.consultations.filter(({ key }) => key === 'xinchang/guadan-survey-2024'))
      for (const one of hosts) one.role = 'CO_HOST';
    expect(() => factsAsRows(facts)).toThrow('xinchang/guadan-survey-2024');
  });
});
