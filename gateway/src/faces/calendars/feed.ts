import { type Actor, receiptHash } from '@hub/access';
import { HubError } from '@hub/errors';
import type { Transport } from '../../subgraphs.ts';
import type { Party } from './event.ts';

/** 日历订阅, as far as the gateway serves it. */
export interface Feed {
  readonly id: string;
  readonly kind: 'COMMITTEE' | 'MEMBER' | 'PAIRING';
  readonly committee: Party;
  readonly member: { readonly id: string } | null;
  readonly cooperation: { readonly id: string } | null;
}

const subgraph = 'consultations';
const gateway: Actor = { kind: 'FEED', subject: 'calendars' };
const operation =
  'query ($hash: String!) { calendarFeedBySecret(hash: $hash) { id kind committee { code name } member { id } cooperation { id } } }';

/** The open feed of an address; null for one that never was, or isn't any more. Only a hash of what is secret goes on from here. */
export async function findFeed(
  transport: Transport,
  secret: string,
  options: { requestId: string; timeoutMs: number },
): Promise<Feed | null> {
  const { result } = await transport
    .send(subgraph, { query: operation, variables: { hash: receiptHash(secret) } }, gateway, options)
    .catch(() => {
      throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph });
    });
  const [error] = result.errors ?? [];
  if (error)
    throw error.extensions['code'] === 'SUBGRAPH_UNAVAILABLE'
      ? new HubError('SUBGRAPH_UNAVAILABLE', { subgraph })
      : new HubError('INTERNAL_SERVER_ERROR');
  return (result.data as { calendarFeedBySecret: Feed | null }).calendarFeedBySecret;
}

/** Whoever keeps a feed, with no more than they need to read: staff without any duty, or the member. */
export function readerOf({ id, kind, committee, member }: Feed): Actor {
  const subject = `calendar-feed ${id}`;
  if (kind !== 'MEMBER') return { kind: 'STAFF', subject, committee: committee.code, duties: [] };
  if (!member) throw new HubError('INTERNAL_SERVER_ERROR');
  return {
    kind: 'MEMBER',
    subject,
    member: member.id,
    committee: committee.code,
    memberships: [member.id],
    convenes: [],
  };
}
