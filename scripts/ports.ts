/** Ports are tried before anything is written: a hub that can't listen shouldn't make a database first. */
import { createServer } from 'node:net';
import type { Settings } from '@hub/config';
import { StartError } from '@hub/lifecycle';

/** @param remedy what to do when it is taken */
export async function mustBeFree(
  { host, port }: { host: string; port: number },
  remedy = 'or choose another with PORT',
): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen({ host, port }, resolve)).catch(
    (error: NodeJS.ErrnoException) => {
      throw new StartError('PORT_IN_USE', sentence(error.code, host, port, remedy));
    },
  );
  await new Promise((resolve) => probe.close(resolve));
}

/** Where figures are told. */
export async function metricsMustBeFree(port: number | undefined): Promise<void> {
  if (port !== undefined) await mustBeFree({ host: '127.0.0.1', port }, 'or choose another with HUB_METRICS_PORT');
}

/** Where the gateway listens. */
export function gatewayAddress(settings: Settings): { host: string; port: number } {
  return {
    host: settings.HUB_HOST ?? (settings.HUB_ENV === 'production' ? '0.0.0.0' : '127.0.0.1'),
    port: settings.PORT,
  };
}

function sentence(code: string | undefined, host: string, port: number, remedy: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop what uses it, ${remedy}.`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user: choose one above 1023 with PORT.`;
    default:
      return `The hub can’t listen on ${host} (${code}): it takes an address of this machine, such as 127.0.0.1 or 0.0.0.0.`;
  }
}
