/** The equality of transports: what a story asked on one of them is answered alike on both, over what it left in its database. */
import { type DocumentNode, OperationTypeNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { type Hub, type SentOperation, send, transports } from './hub.ts';

type Asker = SentOperation['as'];

/** Whether it may change something; what isn't GraphQL does nothing. */
function mutates(query: string): boolean {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return false;
  }
  return document.definitions.some(
    (one) => one.kind === 'OperationDefinition' && one.operation !== OperationTypeNode.QUERY,
  );
}

const different = <Value>(values: readonly Value[]): readonly Value[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** Nobody whose a step is: every mutation is refused, and none leaves a trace. */
const operator: Asker = { subject: 'operator', claims: { role: 'operator' } };

/**
 * Has every operation that the story sent, with its variables, answered on both transports, and compares bytes: what it read as
 * those who read it, and each document once as everybody who asked anything in it; its mutations as one who may take no step.
 * It comes last in a story.
 * @param least how many different operations the story sends: fewer would mean that they aren't recorded
 */
export function answersAlikeOnBothTransports(hub: () => Hub, least: number): void {
  test('what was asked is answered on the other transport, byte for byte', async () => {
    const own = hub();
    const everybody = different(own.sent.map(({ as }) => as));
    const readers = new Map<string, Asker[]>();
    for (const { as, ...operation } of own.sent) {
      const known = readers.get(JSON.stringify(operation)) ?? [];
      readers.set(JSON.stringify(operation), [...known, as]);
    }
    expect(readers.size).toBeGreaterThanOrEqual(least);
    const documents = new Set<string>();
    // The clock stands by now.
    const tokens = new Map<string, string>();
    const tokenOf = async (as: NonNullable<Asker>) => {
      if ('token' in as) return as.token;
      const name = JSON.stringify(as);
      const token = tokens.get(name) ?? (await own.issuer.issue(as.subject, as.claims));
      tokens.set(name, token);
      return token;
    };
    const [another] = transports.filter((transport) => transport !== own.transport);
    const other = await own.onTransport(another as (typeof transports)[number]);
    try {
      for (const [text, those] of readers) {
        const operation = JSON.parse(text) as Omit<SentOperation, 'as'>;
        const isNew = !documents.has(operation.query);
        documents.add(operation.query);
        const askers = isNew ? everybody : different(those);
        for (const as of mutates(operation.query) ? [operator] : askers) {
          const given = { ...operation, ...(as && { token: await tokenOf(as) }) };
          const [here, there] = [await send(own.url, given), await send(other.url, given)];
          const asked = `${operation.query} ${JSON.stringify(operation.variables)} as ${JSON.stringify(as)}`;
          expect([there.status, there.text], asked).toEqual([here.status, here.text]);
          if (as === operator) expect(here.text, asked).toContain('"code":');
        }
      }
    } finally {
      await other.stop();
    }
    // All of it is asked again, on both.
  }, 300_000);
}
