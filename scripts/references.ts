/**
 * `pnpm references:rebuild`: what may be referred to is told anew by those who have it, from the beginning, as the gateways follow them
 * next; what isn't told again is gone then. By DATABASE_URL where that names the server of a hub that runs.
 */
import { readSettings } from '@hub/config';
import postgres from 'postgres';
import { reachServer } from './data.ts';
import { run } from './run.ts';
import { subgraphs } from './subgraphs.ts';

run(async () => {
  const data = await reachServer(readSettings(undefined, { facesUsers: false }));
  const admin = postgres(data.url, { max: 1 });
  try {
    for (const {
      schema: { name: schema },
    } of subgraphs) {
      const [table] =
        await admin`select 1 from pg_catalog.pg_class where oid = to_regclass(${`${schema}.reference_source`})`;
      if (!table) continue;
      const read =
        await admin`update ${admin(`${schema}.reference_source`)} set next = '', generation = generation + 1 returning name`;
      for (const { name } of read) console.log(`${schema} reads anew what ${name} has`);
    }
  } finally {
    await admin.end();
    await data.stop();
  }
  process.exit();
});
