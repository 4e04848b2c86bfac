/**
 * `pnpm references:check`: lists standing records that name what isn't there, as those who would have it tell: one line each, with
 * whose it is. It changes nothing, and fails where there is one. By DATABASE_URL where that names the server of a hub that runs.
 */
import { readSettings } from '@hub/config';
import postgres from 'postgres';
import { danglingReferences } from './dangling-references.ts';
import { reachServer } from './data.ts';
import { run } from './run.ts';
import { subgraphs } from './subgraphs.ts';

run(async () => {
  const data = await reachServer(readSettings(undefined, { facesUsers: false }));
  const admin = postgres(data.url, { max: 1 });
  let count = 0;
  try {
    for (const {
      schema: { name: schema },
    } of subgraphs) {
      const [table] =
        await admin`select 1 from pg_catalog.pg_class where oid = to_regclass(${`${schema}.reference_source`})`;
      if (!table) continue;
      for (const { place, record, owner, names } of await danglingReferences(admin, schema)) {
        count += 1;
        console.log(`${schema}.${place} of ${record} (${owner}) names ${names}, which isn't there`);
      }
    }
    console.log(count === 0 ? 'every record names what is there' : `${count} name what isn't there`);
  } finally {
    await admin.end();
    await data.stop();
  }
  process.exit(count === 0 ? 0 : 1);
});
