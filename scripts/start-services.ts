/** `pnpm start:services`: the same hub as several processes, the gateway and one for each of its own subgraphs. Others that its supergraph has are reached where they are. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createPassportKeys } from '@hub/access';
import { childEnvironment, readSettings, type Settings, SettingsError } from '@hub/config';
import { readForeignSupergraph, subgraphsWith, subgraphUrls, supergraphFile } from '@hub/gateway/supergraph';
import { howEnded, type Kept, keepRunning, logLine, type Run, StartError, watchShortages } from '@hub/lifecycle';
import type { Data } from './data.ts';
import { gatewayAddress, metricsMustBeFree, mustBeFree } from './ports.ts';
import { run } from './run.ts';
import { welcome } from './welcome.ts';

run(async (interrupted, fail) => {
  const started = Date.now();
  const settings = readSettings();
  const supergraph = settings.HUB_SUPERGRAPH ?? fileURLToPath(supergraphFile);
  const sdl = await readForeignSupergraph(supergraph);
  await mustBeFree(gatewayAddress(settings));
  // What takes seconds to load is loaded once it is known that there may be something to start.
  const { subgraphs } = await import('./subgraphs.ts');
  const addresses = ownAddresses(
    sdl,
    subgraphs.map(({ name }) => name),
  );
  for (const [name, address] of addresses) await mustBeFree(address, otherAddress(name));
  // The gateway’s, and one more for each subgraph.
  if (settings.HUB_METRICS_PORT !== undefined)
    for (let at = 0; at <= addresses.size; at += 1) await metricsMustBeFree(settings.HUB_METRICS_PORT + at);
  const [{ openData }, { hubKeys }] = await Promise.all([import('./data.ts'), import('./hub-keys.ts')]);
  // A graph of others' subgraphs alone has its data with them.
  const data = addresses.size > 0 ? await openData(settings, interrupted, (line) => console.log(line)) : othersData;
  void data.lost.then(({ message }) => fail(message));

  const drainMs = settings.HUB_DRAIN_SECONDS * 1_000;
  const living = new Set<ChildProcess>();
  const kept: Kept[] = [];
  let isUp = false;
  interrupted.addEventListener('abort', () => {
    if (isUp) return;
    for (const one of kept) void one.stop();
    for (const child of living) child.kill('SIGTERM');
  });
  const stop = async () => {
    // The gateway first: what it has begun needs the others.
    for (const services of [kept.slice(-1), kept.slice(0, -1)]) await Promise.all(services.map((one) => one.stop()));
    await Promise.all([...living].map((child) => endChild(child, drainMs)));
    await data.stop();
  };
  /** Starts a process of the hub, and again when it ends: under the same address, which its environment is made for. */
  const begin = async (
    name: string,
    host: string,
    file: string,
    own: (before: string | undefined) => Parameters<typeof childEnvironment>[0],
  ): Promise<string> => {
    const start = async (before?: string, unwanted?: AbortSignal): Promise<Run & { readonly url: string }> => {
      // It is said at once, and not after the seconds that loading takes.
      if (before !== undefined) await mustBeFree({ host, port: Number(new URL(before).port) }, otherAddress(name));
      const child = fork(new URL(file, import.meta.url), {
        execArgv: ['--import', fileURLToPath(new URL('typescript/register.js', import.meta.url))],
        env: childEnvironment(own(before)),
        // A session of its own: Ctrl-C reaches this process alone, which ends the others in order.
        detached: true,
      });
      living.add(child);
      const ended = new Promise<string>((resolve) => {
        child.once('exit', (code, signal) => {
          living.delete(child);
          resolve(howEnded(code, signal));
        });
      });
      const stop = () => endChild(child, drainMs);
      // One that waits for what it needs would be waited for.
      const giveUp = () => void stop();
      unwanted?.addEventListener('abort', giveUp);
      const url = await listening(name, child).finally(() => unwanted?.removeEventListener('abort', giveUp));
      return { url, ended, stop };
    };
    const first = await start();
    const keeping = keepRunning(name, { first, start: (unwanted) => start(first.url, unwanted), log: logLine });
    kept.push(keeping);
    void keeping.lost.then((how) =>
      fail(`${name} ended and could not be started again (${how}): mend what the lines above name, and start again.`),
    );
    return first.url;
  };
  try {
    const keys = await passportKeys(settings);
    // A graph of others' subgraphs alone has no database here to share keys by.
    const shared = addresses.size > 0 ? await hubKeys(settings, data.url) : undefined;
    for (const notice of shared?.notices ?? []) logLine('warn', notice);
    // Each process is told what it needs: a subgraph can neither reach another's tables nor make a passport.
    const metrics = (place: number) =>
      settings.HUB_METRICS_PORT === undefined ? '' : String(settings.HUB_METRICS_PORT + place);
    await Promise.all(
      [...addresses].map(([name, { host, port }], at) =>
        begin(name, host, `../subgraphs/${name}/src/main.ts`, () => ({
          DATABASE_URL: data.urls.get(name) ?? '',
          HUB_HOST: host,
          HUB_SUBGRAPH_PORT: String(port),
          HUB_METRICS_PORT: metrics(at + 1),
          HUB_PASSPORT_PUBLIC_KEY: keys.publicKey,
          HUB_DUTY_CODE_PRIVATE_KEY: shared?.dutyCodes.dutyCodePrivateKey ?? '',
          HUB_DUTY_CODE_PUBLIC_KEYS: shared?.dutyCodes.dutyCodePublicKeys ?? '',
        })),
      ),
    );
    const url = await begin('gateway', gatewayAddress(settings).host, '../gateway/src/main.ts', (before) => ({
      ...(before !== undefined && { PORT: new URL(before).port }),
      HUB_METRICS_PORT: metrics(0),
      HUB_PASSPORT_PRIVATE_KEY: keys.privateKey,
      HUB_ACCESS_LOG_PRIVATE_KEY: shared?.accessLog ?? settings.HUB_ACCESS_LOG_PRIVATE_KEY ?? '',
      HUB_SUPERGRAPH: supergraph,
    }));
    watchShortages(data.folders, logLine);
    isUp = true;
    console.log(welcome({ settings, url, data, seconds: (Date.now() - started) / 1000 }));
    return {
      stop,
      abandon() {
        for (const child of living) child.kill('SIGKILL');
      },
      patienceMs: 1.2 * drainMs + 15_000,
    };
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
  folders: [],
  lost: new Promise<never>(() => undefined),
  stop: async () => undefined,
};

/** What to do where the address of a service is taken. */
const otherAddress = (name: string): string | undefined =>
  name === 'gateway' ? undefined : `or give ${name} another in a supergraph of your own (HUB_SUPERGRAPH)`;

/** Where the gateway will look for our subgraphs is where they have to listen. What another has that is only called like one of ours isn't ours. */
function ownAddresses(
  supergraph: string,
  subgraphs: readonly string[],
): ReadonlyMap<string, { host: string; port: number }> {
  const urls = subgraphUrls(supergraph);
  const own = subgraphsWith(supergraph, 'Query', 'changeFeed');
  return new Map(
    subgraphs.flatMap((name) => {
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

async function endChild(child: ChildProcess, drainMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 1.2 * drainMs + 6_000);
  await ended;
  clearTimeout(impatience);
}
