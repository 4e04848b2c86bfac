/** Runs a program of the hub to its end: one clear sentence on a fault, everything stopped on Ctrl-C. */
import { SettingsError, unknownSettings } from '@hub/config';
import { isLeftAlone, logLine, StartError, tellFaults } from '@hub/lifecycle';

export interface Running {
  stop(): Promise<void>;
  /** Ends it without waiting for anything. */
  abandon?(): void;
  /** What its stop may take. */
  readonly patienceMs?: number;
}

/** What a stop may take unless said. The database then still ends by itself: it lives no longer than this process. */
const usualPatienceMs = 30_000;
/** One Ctrl-C may arrive several times within this: from the terminal, and passed on by npx, pnpm and the launcher. */
const oneSignalMs = 1_000;

/** What a program that ends by itself ends with where it was interrupted: whatever follows it isn't to believe that it is done. */
export const finite = { interruptedCode: 130 } as const;

/**
 * @param start the program: told when it is interrupted, which ends its work at once; and given what ends it where something
 * that it can't go on without is lost, with one sentence that says so
 */
export function run(
  start: (interrupted: AbortSignal, fail: (message: string) => void) => Promise<Running>,
  { interruptedCode }: { readonly interruptedCode: number } = { interruptedCode: 0 },
): void {
  const unknown = unknownSettings();
  if (unknown !== undefined) logLine('warn', unknown);
  const interruption = new AbortController();
  const { signal: interrupted } = interruption;
  let program: Running | undefined;
  let code = 0;
  let stoppingSince: number | undefined;

  const leave = (last: number) => {
    program?.abandon?.();
    process.exit(last);
  };
  const stop = () => {
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    interruption.abort();
    setTimeout(() => leave(1), program?.patienceMs ?? usualPatienceMs).unref();
    running
      .then(
        () => program?.stop(),
        // A start that was cut off fails in whatever it was doing: that is what was asked for.
        () => undefined,
      )
      .then(
        () => leave(code),
        () => leave(1),
      );
  };
  const askedTo = () => {
    if (stoppingSince === undefined) {
      console.log('Stopping …');
      code = interruptedCode;
      stop();
    } else if (performance.now() - stoppingSince > oneSignalMs) leave(1);
  };
  const end = () => {
    code = 1;
    stop();
  };
  const fail = (message: string) => {
    if (interrupted.aborted) return;
    logLine('fatal', message);
    end();
  };
  const running = start(interrupted, fail).then((started) => {
    program = started;
  });
  tellFaults(logLine, end);
  // Whoever started it is gone: the launcher, or what forked it.
  process.on('SIGINT', askedTo).on('SIGTERM', askedTo).on('SIGHUP', askedTo).once('disconnect', askedTo);
  if (isLeftAlone()) askedTo();
  running.catch((error: unknown) => {
    if (interrupted.aborted) return;
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
  if (errno !== undefined && path !== undefined && /^(ENOSPC|EDQUOT)$/.test(code ?? ''))
    return `The disk of ${path} has no room left (${code}): make room, and try again.`;
  if (errno !== undefined && path !== undefined)
    return `The hub can’t use ${path} (${code}): give this user that file or folder, or choose another data folder with HUB_DATA_DIR.`;
  return undefined;
}
