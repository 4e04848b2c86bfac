/** `pnpm start:services`: the same hub as several processes, the gateway and one for each of its own subgraphs. Others that its supergraph has are reached where they are. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createPassportKeys } from '@hub/access';
import { childEnvironment, readSettings, type Settings, SettingsError } from '@hub/config';
import { StartError } from '@hub/database';
import { readForeignSupergraph, subgraphsWith, subgraphUrls, supergraphFile } from '@hub/gateway';
import { type Data, openData } from './data.ts';
import { dutyCodeKeys } from './duty-code-keys.ts';
import { gatewayAddress, mustBeFree } from './ports.ts';
import { run } from './run.ts';
import { subgraphs } from './subgraphs.ts';
import { welcome } from './welcome.ts';

run(async (interrupted) => {
  const started = Date.now();
  const settings = readSettings();
  const supergraph = settings.HUB_SUPERGRAPH ?? fileURLToPath(supergraphFile);
  const addresses = ownAddresses(await readForeignSupergraph(supergraph));
  await mustBeFree(gatewayAddress(settings));
  for (const [name, address] of addresses)
    await mustBeFree(address, `or give ${name} another in a supergraph of your own (HUB_SUPERGRAPH)`);
  // A graph of others' subgraphs alone has its data with them.
  const data = addresses.size > 0 ? await openData(settings, interrupted, (line) => console.log(line)) : othersData;

  const children: ChildProcess[] = [];
  const endChildren = () => Promise.all(children.map(endChild));
  const stop = async () => {
    await endChildren();
    await data.stop();
  };
  interrupted.addEventListener('abort', endChildren);
  const begin = async (name: string, file: string, own: Parameters<typeof childEnvironment>[0]): Promise<string> => {
    const child = fork(new URL(file, import.meta.url), {
      execArgv: ['--import', import.meta.resolve('tsx')],
      env: childEnvironment(own),
      // A session of its own: Ctrl-C reaches this process alone, which ends the others in order.
      detached: true,
    });
    children.push(child);
    const url = await listening(name, child);
    child.once('exit', (code, signal) => {
      if (interrupted.aborted) return;
      console.error(
        `${name} has ended (${signal ?? code}): what it owns is missing from answers until the next start.`,
      );
      if (name === 'gateway') void stop().finally(() => process.exit(1));
    });
    return url;
  };
  try {
    const keys = await passportKeys(settings);
    const secrets = await dutyCodeKeys(settings);
    // Each process is told what it needs: a subgraph can neither reach another's tables nor make a passport.
    await Promise.all(
      [...addresses].map(([name, { host, port }]) =>
        begin(name, `../subgraphs/${name}/src/main.ts`, {
          DATABASE_URL: data.urls.get(name) ?? '',
          HUB_HOST: host,
          HUB_SUBGRAPH_PORT: String(port),
          HUB_PASSPORT_PUBLIC_KEY: keys.publicKey,
          HUB_DUTY_CODE_PRIVATE_KEY: secrets.dutyCodePrivateKey ?? '',
          HUB_DUTY_CODE_PUBLIC_KEYS: secrets.dutyCodePublicKeys ?? '',
        }),
      ),
    );
    const url = await begin('gateway', '../gateway/src/main.ts', {
      HUB_PASSPORT_PRIVATE_KEY: keys.privateKey,
      HUB_ACCESS_LOG_PRIVATE_KEY: settings.HUB_ACCESS_LOG_PRIVATE_KEY ?? '',
      HUB_SUPERGRAPH: supergraph,
    });
    console.log(welcome({ settings, url, data, seconds: (Date.now() - started) / 1000 }));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
});

const othersData: Data = {
  url: '',
  urls: new Map(),
  place: 'with the subgraphs of HUB_SUPERGRAPH, none of which is the hub’s own',
  waiting: 0,
  stop: async () => undefined,
};

/** Where the gateway will look for our subgraphs is where they have to listen. What another has that is only called like one of ours isn't ours. */
function ownAddresses(supergraph: string): ReadonlyMap<string, { host: string; port: number }> {
  const urls = subgraphUrls(supergraph);
  const own = subgraphsWith(supergraph, 'Query', 'changeFeed');
  return new Map(
    subgraphs.flatMap(({ name }) => {
      const url = own.includes(name) ? urls.get(name) : undefined;
      if (!url) return [];
      const { hostname, port } = new URL(url);
      return [[name, { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }] as const];
    }),
  );
}

/** Keys that were given are those that a subgraph started elsewhere knows; otherwise nobody needs to know them. */
async function passportKeys(settings: Settings): Promise<{ publicKey: string; privateKey: string }> {
  const { HUB_PASSPORT_PUBLIC_KEY: publicKey, HUB_PASSPORT_PRIVATE_KEY: privateKey } = settings;
  if (!publicKey !== !privateKey)
    throw new SettingsError('HUB_PASSPORT_PRIVATE_KEY and HUB_PASSPORT_PUBLIC_KEY: give both or neither');
  return publicKey && privateKey ? { publicKey, privateKey } : createPassportKeys();
}

/** The address at which a child listens; rejects when it ends before it does. Its own last words are on the screen by then. */
function listening(name: string, child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { listening: string }).listening));
    child.once('error', reject);
    child.once('exit', () =>
      reject(new StartError('PROCESS_ENDED', `${name} could not start; its reason stands above.`)),
    );
  });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  // It is given the time that a subgraph may take to answer.
  const impatience = setTimeout(() => child.kill('SIGKILL'), 6_000);
  await ended;
  clearTimeout(impatience);
}
