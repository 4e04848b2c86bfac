/** What the bench asks, and as whom. */
import type { Actor } from '@hub/access';
import { committees } from '@hub/regions';

/** Staff of 浙江省政协. */
export const staff: Actor = { kind: 'STAFF', subject: 'staff-330000', committee: '330000', duties: ['meetings'] };

/**
 * Codes to ask for: as many provinces as cities and counties, from the whole nation, in an order in which none follows
 * its neighbour; the same on every run.
 */
export function codesAsked(): readonly string[] {
  const perLevel = 30;
  const byLevel = (['PROVINCE', 'CITY', 'COUNTY'] as const).map((level) => {
    const all = committees({ level });
    return Array.from(
      { length: perLevel },
      (_, at) => all[Math.floor((((at * 7) % perLevel) * all.length) / perLevel)],
    );
  });
  return Array.from({ length: perLevel }, (_, at) => byLevel.flatMap((level) => level[at]?.code ?? [])).flat();
}
