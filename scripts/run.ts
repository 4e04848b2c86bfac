/** Runs a program of the hub to its end: one clear sentence on a fault, everything stopped on Ctrl-C. */
import { SettingsError } from '@hub/config';
import { StartError } from '@hub/database';

export interface Running {
  stop(): Promise<void>;
}

/** What a stop may take. The database then still ends by itself: it lives no longer than this process. */
const patienceMs = 8_000;

export function run(start: (interrupted: AbortSignal) => Promise<Running>): void {
  const interruption = new AbortController();
  const running = start(interruption.signal);
  const stop = () => {
    // One Ctrl-C may arrive several times: from the terminal, and passed on by npx, pnpm and tsx.
    if (interruption.signal.aborted) return;
    console.log('Stopping …');
    interruption.abort();
    setTimeout(() => process.exit(1), patienceMs).unref();
    running
      .then(
        (program) => program.stop(),
        // A start that was cut off fails in whatever it was doing: that is what was asked for.
        () => undefined,
      )
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  running.catch((error: unknown) => {
    if (interruption.signal.aborted) return;
    console.error(sentenceOf(error) ?? error);
    process.exit(1);
  });
}

/** What went wrong, for whoever runs the hub; nothing for a fault of the hub itself. */
export function sentenceOf(error: unknown): string | undefined {
  // Not by its class: what makes backups is loaded by its own commands alone.
  const isSentence = error instanceof Error && error.name === 'BackupError';
  if (error instanceof SettingsError || error instanceof StartError || isSentence) return error.message;
  const { code, path, errno } = (error ?? {}) as NodeJS.ErrnoException;
  if (errno !== undefined && path !== undefined)
    return `The hub can’t use ${path} (${code}): give this user that file or folder, or choose another data folder with HUB_DATA_DIR.`;
  return undefined;
}
