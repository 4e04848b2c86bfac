/** The subgraphs over a database of a test, with keys of their own. */
import { type Database, openDatabase, subgraphUrls } from '@hub/database';
import { createDutyCodeKey, publicDutyCodeKeys } from '@hub/duty-code';
import { createSubgraph, type Subgraph } from '@hub/subgraph-server';
import { subgraphs } from '../../scripts/subgraphs.ts';

/** @param over what a subgraph is made over instead of its tables as they are */
export async function openSubgraphs(
  adminUrl: string,
  over: (tables: Database) => Database = (tables) => tables,
): Promise<ReadonlyMap<string, Subgraph>> {
  const dutyCodePrivateKey = await createDutyCodeKey();
  const secrets = { dutyCodePrivateKey, dutyCodePublicKeys: publicDutyCodeKeys([dutyCodePrivateKey]) };
  const urls = await subgraphUrls(
    adminUrl,
    subgraphs.map(({ name }) => name),
  );
  return new Map(
    subgraphs.map((definition) => {
      const { name } = definition;
      const tables = openDatabase({ url: urls.get(name) ?? '', name, fetchTimeoutMs: 60_000 });
      return [name, createSubgraph(definition, over(tables), () => undefined, secrets)];
    }),
  );
}
