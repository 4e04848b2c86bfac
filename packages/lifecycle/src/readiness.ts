/** Looks whether parts of the hub can do their work; gives the names of those that can't. */
export type Look = (signal: AbortSignal) => Promise<readonly string[]>;

/** How old what was seen may be, and how long one look may take. */
const freshMs = 1_000;
const longestMs = 2_500;

/** Whether a process can do its work. However many ask, it is looked once a second. */
export class Readiness {
  readonly #looks: Readonly<Record<string, Look>>;
  #seen: { readonly at: number; readonly missing: readonly string[] } | undefined;
  #looking: Promise<readonly string[]> | undefined;
  #isStopping = false;

  /** @param looks by the name of what is missing where they take too long, or fail */
  constructor(looks: Readonly<Record<string, Look>>) {
    this.#looks = looks;
  }

  /** Whether it takes nothing new any more. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  stopping(): void {
    this.#isStopping = true;
  }

  /** The names of what isn't ready, in order; none where all is. */
  async missing(): Promise<readonly string[]> {
    if (this.#isStopping) return ['stopping'];
    const isFresh = this.#seen && performance.now() - this.#seen.at < freshMs;
    this.#looking ??= isFresh ? undefined : this.#look();
    const missing = (await this.#looking) ?? this.#seen?.missing ?? [];
    return this.#isStopping ? ['stopping'] : missing;
  }

  async #look(): Promise<readonly string[]> {
    const found = await Promise.all(Object.entries(this.#looks).map(([name, look]) => within(name, look)));
    const missing = [...new Set(found.flat())].sort();
    this.#seen = { at: performance.now(), missing };
    this.#looking = undefined;
    return missing;
  }
}

async function within(name: string, look: Look): Promise<readonly string[]> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => {
      over.abort();
      resolve([name]);
    }, longestMs);
  });
  try {
    return await Promise.race([look(over.signal), late]);
  } catch {
    return [name];
  } finally {
    clearTimeout(timer);
  }
}
