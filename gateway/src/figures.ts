import { type Figures, type Gauge, poolGauges, serveFigures } from '@hub/subgraph-server';
import type { LoopTurns } from './fairness/loop-turns.ts';
import type { Follower } from './followers/follow-sources.ts';
import type { Room } from './graphql/room.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { Subgraphs } from './subgraphs.ts';
import type { WebhookBacklog } from './webhooks/follow-webhooks.ts';

/** Serves the figures of a gateway to a monitor on this machine. */
export function serveGatewayFigures(
  port: number,
  given: {
    readonly turns: LoopTurns;
    readonly room: Room;
    readonly untaken: HeldBytes;
    readonly subgraphs: Subgraphs;
    readonly followers: () => ReadonlyMap<string, Follower>;
    readonly sending: () => number;
    readonly backlog: () => Promise<WebhookBacklog | undefined>;
  },
): Promise<Figures> {
  const { turns, room, untaken, subgraphs, followers, sending, backlog } = given;
  const one = (name: string, help: string, read: () => number): Gauge => ({
    name,
    help,
    labels: [],
    read: () => [[[], read()]],
  });
  return serveFigures(port, [
    {
      name: 'hub_turns',
      help: 'Operations on the event loop, by what they are, and how many wait for a turn',
      labels: ['kind'],
      read: () => Object.entries(turns.load).map(([kind, number]) => [[kind], number]),
    },
    one('hub_answer_values', 'Values of answers that are on their way', () => room.load.values),
    one('hub_answers_waiting', 'Operations that wait for room for their answer', () => room.load.waiting),
    one('hub_held_bytes', 'Bytes of answers that clients have not taken yet', () => untaken.bytes),
    one('hub_webhook_messages_sending', 'Messages to webhooks that are on their way', sending),
    {
      name: 'hub_webhook_messages_waiting',
      help: 'Messages to webhooks that wait, whichever gateway sends them: due, or to be tried later; of a thousand webhooks at most',
      labels: ['when'],
      async read() {
        const waiting = await backlog();
        return waiting
          ? [
              [['due'], waiting.due],
              [['later'], waiting.later],
            ]
          : [];
      },
    },
    {
      name: 'hub_webhook_oldest_waiting_seconds',
      help: 'For how long the oldest message to a webhook has waited; 0 where none does',
      labels: [],
      async read() {
        const waiting = await backlog();
        return waiting ? [[[], waiting.oldestSeconds ?? 0]] : [];
      },
    },
    {
      name: 'hub_follower_lag_seconds',
      help: 'For how long a source was not read to its end, by follower',
      labels: ['follower', 'source'],
      *read() {
        for (const [follower, { lag }] of followers())
          for (const [source, seconds] of lag()) yield [[follower, source], seconds];
      },
    },
    ...poolGauges(() => subgraphs.load()),
  ]);
}
