import type { Reader } from '@hub/access';
import { HubError } from '@hub/errors';
import type { Places } from '../../followers/change-cursors.ts';
import type { ChangeFollower } from '../../followers/changes.ts';
import { type Event, type Wanted, Watch } from './watch.ts';

/** Events of one answer. */
const maximumEvents = 500;

/** What a poll answers. */
export interface Polled {
  readonly events: readonly Event[];
  readonly next: string;
}

export const pollText = ({ events, next }: Polled): string =>
  `{"changes":[${events.map(({ data }) => data).join(',')}],"next":${JSON.stringify(next)}}`;

/** Answers as soon as there is something to tell, or when the time is over. */
export async function poll(
  follower: ChangeFollower,
  given: {
    readonly reader: Reader;
    readonly wanted: Wanted;
    readonly places: Places;
    readonly until: number;
    readonly over: AbortSignal;
    /** The cursor that was sent, where it is still new enough to be sent again. */
    readonly fresh: string | undefined;
  },
): Promise<Polled> {
  let wake: () => void = () => undefined;
  let woken = Promise.resolve();
  const sleep = () => {
    woken = new Promise((resolve) => {
      wake = resolve;
    });
  };
  sleep();
  let isReset = false;
  const listening = follower.listen({
    told: () => wake(),
    reset: () => {
      isReset = true;
      wake();
    },
  });
  // The timer's word counts and not the clock's: it may fire a moment before the clock says so, and nothing would wake this again.
  let isTimeOver = false;
  const timer = setTimeout(() => {
    isTimeOver = true;
    wake();
  }, given.until - Date.now());
  const stop = () => wake();
  given.over.addEventListener('abort', stop);
  try {
    const watch = new Watch({ ...given, follower, wake: () => wake() });
    const events: Event[] = [];
    for (;;) {
      const taken = watch.take(maximumEvents - events.length);
      if (typeof taken !== 'string') events.push(...taken);
      if (isReset || taken === 'LOST') throw new HubError('CURSOR_NOT_RESTORED', { field: 'after' });
      const waits = typeof taken === 'string';
      // What is on its way is waited for, and every source is looked at: the time is that for something to happen.
      const isOver = given.over.aborted || (waits && taken !== 'ASKED' && isTimeOver);
      if (events.length >= maximumEvents || (waits && events.length > 0) || isOver)
        return { events, next: events.length === 0 && given.fresh !== undefined ? given.fresh : watch.cursor };
      if (waits) {
        await woken;
        sleep();
      }
    }
  } finally {
    clearTimeout(timer);
    given.over.removeEventListener('abort', stop);
    listening.stop();
  }
}
