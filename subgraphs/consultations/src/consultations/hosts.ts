import { build, type Scope, statement } from '@hub/database';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { host } from './tables.ts';

const { placeholder } = sql;

const hostsOfOne = statement(
  build
    .select({ committee: host.committee })
    .from(host)
    .where(and(sql`${host.consultation} = ${placeholder('id')}::uuid`, isNull(host.deleted)))
    .orderBy(asc(host.position)),
);
/** The committees that host a consultation, the one that leads first. */
export const hostsOf = async (scope: Scope, id: string): Promise<string[]> =>
  (await scope.run(hostsOfOne, { id })).map(({ committee }) => committee);
