/** Runs a program of the hub to its end: one clear sentence on a fault, everything stopped on Ctrl-C. */
import { SettingsError } from '@hub/config';
import { StartError } from '@hub/database';

export interface Running {
  stop(): Promise<void>;
}

export function run(start: (signal: AbortSignal) => Promise<Running>): void {
  const interrupted = new AbortController();
  const running = start(interrupted.signal);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    interrupted.abort();
    running
      .then((program) => program.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  running.catch((error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(1);
  });
}

function sentenceOf(error: unknown): string {
  if (error instanceof SettingsError || error instanceof StartError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what uses it, or choose another with PORT.`;
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be opened by this user: choose one above 1023 with PORT.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
