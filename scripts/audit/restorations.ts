import type postgres from 'postgres';

/**
 * When the database with the log was brought back by a backup, a sentence each: an end that was signed after that backup names
 * entries that aren't here any more, and `verifyChain` finds them missing.
 */
export async function restorationsOf(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ at: Date; taken: Date; number: string }[]>`
    select one.at, one.taken, coalesce((select max(number) from cooperation.access_entry as entry where entry.at < one.at), 0) as number
    from cooperation.restoration as one order by one.at`;
  return rows.map(
    ({ at, taken, number }) =>
      `Restored on ${at.toISOString()} from a backup of ${taken.toISOString()}, up to entry ${number}: entries that were written in between are lost.`,
  );
}
