/** `pnpm start:services`: the same hub as five processes, the gateway and a process for each subgraph. */
import { type ChildProcess, fork } from 'node:child_process';
import { createPassportKeys } from '@hub/access';
import { childEnvironment, readSettings } from '@hub/config';
import { StartError, subgraphUrl } from '@hub/database';
import { supergraphFile } from '@hub/gateway';
import { openData } from './data.ts';
import { run } from './run.ts';
import { subgraphPort, subgraphs } from './subgraphs.ts';
import { welcome } from './welcome.ts';

run(async () => {
  const started = Date.now();
  const settings = readSettings();
  const data = await openData(settings, (line) => console.log(line));
  const children: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(children.map(stopChild));
    await data.stop();
  };
  try {
    const keys = await createPassportKeys();
    const listening = (file: URL, environment: Parameters<typeof childEnvironment>[0]) => {
      const child = fork(file, { execArgv: ['--import', 'tsx'], env: childEnvironment(environment), detached: true });
      children.push(child);
      return ready(child);
    };
    // Each process is told what it needs: a subgraph can neither reach another's tables nor make a passport.
    await Promise.all(
      subgraphs.map(({ name }) =>
        listening(new URL(`../subgraphs/${name}/src/main.ts`, import.meta.url), {
          DATABASE_URL: subgraphUrl(data.url, name),
          HUB_SUBGRAPH_PORT: String(subgraphPort(name)),
          HUB_PASSPORT_PUBLIC_KEY: keys.publicKey,
        }),
      ),
    );
    const url = await listening(new URL('../gateway/src/main.ts', import.meta.url), {
      HUB_PASSPORT_PRIVATE_KEY: keys.privateKey,
      HUB_SUPERGRAPH: settings.HUB_SUPERGRAPH ?? supergraphFile.pathname,
      PORT: String(settings.PORT),
    });
    console.log(
      welcome({
        url,
        place: data.place,
        waiting: data.waiting,
        development: settings.HUB_ENV === 'development',
        seconds: (Date.now() - started) / 1000,
      }),
    );
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
});

/** The address at which a child listens; rejects when it ends before it does. Its own last words are on the screen by then. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { listening: string }).listening));
    child.once('exit', () =>
      reject(new StartError('PROCESS_ENDED', 'A process of the hub could not start; its reason stands above.')),
    );
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
