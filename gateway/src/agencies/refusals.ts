import type { Access } from './access-log.ts';

/** Refusals of one kind in one minute, as they are entered in the log. */
export interface CountedRefusals {
  readonly access: Access;
  readonly reason: string;
  readonly times: number;
  /** When the first and the last came, where there are several. */
  readonly since: string | null;
  readonly until: string | null;
}

export interface Refusals {
  /** Counts one: the first of its kind in a minute is entered before this is done, the others together once the minute is over. */
  count(access: Access, reason: string): Promise<void>;
  /** Enters what was counted. */
  flush(): Promise<void>;
}

const windowMs = 60_000;
/** So many kinds of an agency, and of all together, have entries of their own in a minute; what comes then is counted by agency, committee and reason. */
const most = { ofAgency: 20, together: 500 };

/**
 * Nothing leaves for a refusal, so whoever is refused again and again can't have an entry each time.
 * @param enter what writes them into the log; rejects where it couldn't
 */
export function countRefusals(enter: (refusals: CountedRefusals) => Promise<void>): Refusals {
  interface Kind {
    /** The first that isn't entered yet. */
    access: Access | undefined;
    readonly reason: string;
    times: number;
    since: number;
    until: number;
  }
  let kinds = new Map<string, Kind>();
  let kindsOf = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  function add(kind: Kind, access: Access, times: number, since: number, until: number): void {
    kind.since = kind.access ? Math.min(kind.since, since) : since;
    kind.until = kind.access ? Math.max(kind.until, until) : until;
    kind.access ??= access;
    kind.times += times;
  }

  function kindOf(name: string, reason: string): Kind {
    const known = kinds.get(name);
    if (known) return known;
    const made: Kind = { access: undefined, reason, times: 0, since: 0, until: 0 };
    kinds.set(name, made);
    if (!timer) {
      timer = setTimeout(() => void flush(), windowMs);
      timer.unref();
    }
    return made;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const counted = kinds;
    kinds = new Map();
    kindsOf = new Map();
    await Promise.all(
      [...counted].map(async ([name, { access, reason, times, since, until }]) => {
        if (!access) return;
        const several = times > 1;
        const when = (time: number) => (several ? new Date(time).toISOString() : null);
        // What can't be written now stays counted.
        await enter({ access, reason, times, since: when(since), until: when(until) }).catch(() =>
          add(kindOf(name, reason), access, times, since, until),
        );
      }),
    );
  }

  return {
    async count(access, reason) {
      const { agency, agreement, committee } = access;
      const own = [agency, committee, reason, agreement ?? ''].join(' ');
      const ofAgency = kindsOf.get(agency) ?? 0;
      const isKnown = kinds.has(own);
      if (!isKnown && ofAgency < most.ofAgency && kinds.size < most.together) {
        kindsOf.set(agency, ofAgency + 1);
        const kind = kindOf(own, reason);
        await enter({ access, reason, times: 1, since: null, until: null }).catch((error: unknown) => {
          add(kind, access, 1, Date.now(), Date.now());
          throw error;
        });
        return;
      }
      const now = Date.now();
      if (isKnown) add(kindOf(own, reason), access, 1, now, now);
      else {
        const together = { ...access, agreement: null, version: null };
        add(kindOf([agency, committee, reason, 'others'].join(' '), reason), together, 1, now, now);
      }
    },
    flush,
  };
}
