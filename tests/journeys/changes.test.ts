import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { listen, until } from '../hub/changes.ts';
import { type Hub, startHub, transports } from '../hub/hub.ts';

describe.each(transports)('changes, %s', (transport) => {
  let hub: Hub;
  afterEach(() => hub.stop());
  const put = async (name: string, owner = '330100', visibility = 'PUBLIC') => {
    const id = randomUUID();
    await hub.database
      .admin`insert into members.person (id, owner, owner_as_filed, visibility, name) values (${id}, ${owner}, ${owner}, ${visibility}, ${name})`;
    return id;
  };
  test('x', async () => {
    hub = await startHub(transport, { template: 'empty' });
    const l = await listen(hub.url);
    console.log(l.cursor, Buffer.from(l.cursor, 'base64url').toString());
    const t = Date.now();
    const id = await put('a');
    await until(() => l.told.length > 0);
    console.log(Date.now() - t, l.told, id);
    const r = await fetch(`${hub.url}/changes?wait=0`);
    console.log(r.status, await r.text());
    const r2 = await fetch(`${hub.url}/changes?wait=3&after=${l.cursor}`);
    console.log(r2.status, await r2.text());
    for (const bad of [
      '?after=xx',
      '?wait=99',
      '?types=Foo',
      '?committees=1',
      '?a=1',
      '?wait=1&wait=2',
      '?after=WzEseyJtZW1iZXJzIjo5OTk5fV0',
    ]) {
      const r = await fetch(`${hub.url}/changes${bad}`, { headers: { 'last-event-id': '' } });
      console.log(bad, r.status, await r.text());
    }
    const t0 = Date.now();
    await hub.restart();
    console.log('restart', Date.now() - t0);
    l.close();
    expect(1).toBe(1);
  });
});
