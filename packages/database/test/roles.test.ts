/** How roles are called, and what stands in the server's log of their passwords. */
import { describe, expect, test } from 'vitest';
import { roleOf, scramVerifier } from '../src/roles.ts';

describe('the role of a subgraph', () => {
  const databases = [
    'hub',
    'hub_',
    'Hub',
    'hub-',
    'hub members',
    '政协',
    '政协2',
    'a"b',
    "a'b",
    'x'.repeat(63),
    `${'x'.repeat(62)}y`,
    'a',
    'a_members',
    'a$b',
  ];
  const schemas = ['members', 'consultations', 'joint_work', 'work'];

  test('is another for each database and schema, and no longer than PostgreSQL keeps', () => {
    const names = [...databases, 'a_joint'].flatMap((database) => schemas.map((schema) => roleOf(database, schema)));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^hub_[a-z0-9_$]{1,59}$/);
  });

  test('bears the database’s name where that can be read', () => {
    expect(roleOf('cppcc', 'members')).toBe('hub_cppcc_members');
    expect(roleOf('Zhejiang CPPCC', 'members')).toMatch(/^hub_zhejiang_cppcc\$[0-9a-f]{16}_members$/);
  });
});

test('what is sent of a password is what the server would keep of it', () => {
  // As PostgreSQL 18 wrote it for this password and salt.
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  expect(scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});
