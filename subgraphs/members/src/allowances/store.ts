import { build, type Scope, statement } from '@hub/database';
import { sql } from 'drizzle-orm';

const { placeholder } = sql;

/** The standing comes first, since it takes the lock. */
const take = statement(
  build
    .select({
      secret: sql<string>`standing.secret`,
      gateways: sql<number>`standing.gateways`,
      ordinal: sql<number | null>`taken.ordinal`,
      granted: sql<number>`taken.granted`,
      retryAfterMs: sql<number | null>`taken.retry_after`,
    })
    .from(
      sql`members.allowance_standing(${placeholder('gateway')}) as standing
        left join lateral members.take_allowances(case when standing.gateways > 0 then ${placeholder('demands')}::text::jsonb end) as taken on true`,
    )
    .orderBy(sql`taken.ordinal`),
);

/** Takes for a gateway what it demands, all in one statement, and says how many gateways there are and by what they hash today. */
export async function takeAllowances(
  scope: Scope,
  { gateway, demands }: { readonly gateway: string; readonly demands: readonly object[] },
) {
  const rows = await scope.run(take, { gateway, demands: JSON.stringify(demands) });
  const { secret, gateways } = rows[0] as (typeof rows)[number];
  return {
    secret,
    gateways,
    verdicts: rows
      .filter(({ ordinal }) => ordinal !== null)
      .map(({ granted, retryAfterMs }) => ({ granted, retryAfterMs })),
  };
}
