/** The equality of transports: what a story read on one of them is read on both, over what it left in its database. */
import { type DocumentNode, OperationTypeNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { type Hub, type SentOperation, send, transports } from './hub.ts';

/** Whether it only reads; what isn't GraphQL reads nothing. */
function isRead({ query }: SentOperation): boolean {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return true;
  }
  return document.definitions.every(
    (one) => one.kind !== 'OperationDefinition' || one.operation === OperationTypeNode.QUERY,
  );
}

/** What was read, each once for each who read it. */
function readsOf(hub: Hub): readonly SentOperation[] {
  return [...new Map(hub.sent.filter(isRead).map((one) => [JSON.stringify(one), one])).values()];
}

/**
 * Has every operation that the story read by, with its variables and as whoever asked, answered on both transports, and compares
 * bytes. It comes last in a story.
 * @param least how many different reads the story sends: fewer would mean that they aren't recorded
 */
export function readsTheSameOnBothTransports(hub: () => Hub, least: number): void {
  test('what was read is read on the other transport, byte for byte', async () => {
    const own = hub();
    const reads = readsOf(own);
    expect(reads.length).toBeGreaterThanOrEqual(least);
    const [another] = transports.filter((transport) => transport !== own.transport);
    const other = await own.onTransport(another as (typeof transports)[number]);
    try {
      for (const { as, ...operation } of reads) {
        const token = as && ('token' in as ? as.token : await own.issuer.issue(as.subject, as.claims));
        const given = { ...operation, ...(token !== null && { token }) };
        const [here, there] = [await send(own.url, given), await send(other.url, given)];
        const asked = `${operation.query} ${JSON.stringify(operation.variables)} as ${JSON.stringify(as)}`;
        expect([there.status, there.text], asked).toEqual([here.status, here.text]);
      }
    } finally {
      await other.stop();
    }
    // Each is asked twice, whatever it costs.
  }, 120_000);
}
