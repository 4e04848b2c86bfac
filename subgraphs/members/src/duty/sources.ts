import { build, statement } from '@hub/database';
import type { Language } from '@hub/errors';
import { asc, isNull, sql } from 'drizzle-orm';
import { dutySource } from './tables.ts';

/** Every source that is expected, whether it was heard or not. */
export const everySource = statement(
  build
    .select({
      name: dutySource.name,
      next: dutySource.next,
      head: dutySource.head,
      heardAt: dutySource.heardAt,
      /** Seconds since it was heard; its follower speaks up at least every 20. */
      silence: sql<number | null>`extract(epoch from now() - ${dutySource.heardAt})::double precision`.as('silence'),
      generation: dutySource.generation,
      built: dutySource.built,
    })
    .from(dutySource)
    .where(isNull(dutySource.deleted))
    .orderBy(asc(dutySource.name)),
);
type SourceRow = Awaited<ReturnType<typeof everySource.run>>[number];

/** What counts rest on, and what they lack. */
export interface Hearing {
  readonly sources: readonly { name: string; asOf: string | null; current: boolean; rebuilding: boolean }[];
  readonly asOf: string | null;
  readonly missing: readonly string[];
  readonly incomplete: boolean;
}

/** @param silentMinutes after which a source that wasn't heard counts as missing */
export function hearing(rows: readonly SourceRow[], silentMinutes: number): Hearing {
  const sources = rows.map(({ name, next, head, heardAt, silence, generation, built }) => ({
    name,
    asOf: heardAt,
    current: silence !== null && silence <= silentMinutes * 60 && next === head,
    rebuilding: built > 0 && built < generation,
  }));
  const heard = sources.map(({ asOf }) => asOf);
  const oldest = heard.filter((at) => at !== null).sort((one, other) => Date.parse(one) - Date.parse(other));
  const missing = sources.filter(({ current }) => !current).map(({ name }) => name);
  return {
    sources,
    asOf: heard.includes(null) ? null : (oldest[0] ?? null),
    missing,
    // Where nobody follows at all, nothing is known of what there is.
    incomplete: missing.length > 0 || sources.length === 0,
  };
}

const names: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  consultations: { zh: '协商与会议', en: 'consultations and meetings' },
  workstations: { zh: '工作站点与活动', en: 'workstations and activities' },
};

/** What is missing, for people; null where nothing is. */
export function noticeOf({ sources, missing, incomplete }: Hearing, language: Language): string | null {
  if (!incomplete) return null;
  const named = missing.map((name) => names[name]?.[language] ?? name);
  const rebuilding = sources.some((source) => source.rebuilding);
  if (language === 'en') {
    if (missing.length === 0) return 'No source of duty has been read yet: the count may rise.';
    return `Not up to date: ${named.join(', ')}${rebuilding ? ' (being read again from the beginning)' : ''}. The count may still change.`;
  }
  if (missing.length === 0) return '尚未读取任何履职来源，次数与得分可能偏低。';
  return `以下来源的数据不是最新：${named.join('、')}${rebuilding ? '（正在重建）' : ''}。次数与得分可能还会变动。`;
}
