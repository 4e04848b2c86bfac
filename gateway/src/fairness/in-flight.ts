/** How many of one holder's wait at most for those that are on their way, and how long. */
const waitingAtMost = 256;
const waitMs = 10_000;

interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

/** Lets so many requests of one holder run at the same time; more of them wait for their turn, in order and within bounds. */
export class InFlight {
  readonly #lines = new Map<string, Line>();

  /** Resolves as its turn comes, with what ends it; with null where it doesn't come in time. `left` rejects no one: it gives the place up. */
  async enter(holder: string, maximum: number, left: AbortSignal): Promise<(() => void) | null> {
    const line = this.#lines.get(holder) ?? { running: 0, waiting: [] };
    this.#lines.set(holder, line);
    if (line.running < maximum) {
      line.running += 1;
      return this.#once(holder, line);
    }
    if (line.waiting.length >= waitingAtMost || left.aborted) return null;
    const hasTurn = await new Promise<boolean>((resolve) => {
      const end = (turn: boolean) => {
        clearTimeout(timer);
        left.removeEventListener('abort', giveUp);
        resolve(turn);
      };
      const turn = () => end(true);
      const giveUp = () => {
        const at = line.waiting.indexOf(turn);
        if (at >= 0) line.waiting.splice(at, 1);
        end(false);
      };
      const timer = setTimeout(giveUp, waitMs);
      left.addEventListener('abort', giveUp);
      line.waiting.push(turn);
    });
    return hasTurn ? this.#once(holder, line) : null;
  }

  /** How many holders are known. */
  get size(): number {
    return this.#lines.size;
  }

  #once(holder: string, line: Line): () => void {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const next = line.waiting.shift();
      // The place passes on to who is next.
      if (next) return next();
      line.running -= 1;
      if (line.running === 0) this.#lines.delete(holder);
    };
  }
}
