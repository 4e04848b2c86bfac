/** What the log says of itself: which of its entries the hub removed, and when it was brought back. */
import type { Head, Restored, Swept } from '@hub/gateway';

interface Told<Said> {
  readonly number: number;
  readonly at: string;
  readonly said: Said;
}

/** Gathers the hub's own entries, and judges by them what isn't there any more. */
export class OwnEntries {
  readonly notices: string[] = [];
  readonly #restored: Told<Restored>[] = [];
  #swept: Told<Swept> | undefined;

  /** @param content what is hashed of an entry */
  read(number: number, content: readonly unknown[]): void {
    const kind = content[11];
    if (kind !== 'SWEPT' && kind !== 'RESTORED') return;
    const told = { number, at: String(content[17]), said: JSON.parse(String(content[15])) };
    if (kind === 'SWEPT') {
      this.#swept = told as Told<Swept>;
      return;
    }
    const restored = told as Told<Restored>;
    this.#restored.push(restored);
    this.notices.push(sentenceOf(restored));
  }

  /**
   * What is wrong with where the entries begin.
   * @param before the number and hash that the first of them follows
   */
  faultsOf(before: Head): readonly string[] {
    const swept = this.#swept;
    const until = swept?.said.last ?? 0;
    if (before.number > until)
      return [
        before.number === until + 1
          ? `entry ${before.number} is missing`
          : `entries ${until + 1} to ${before.number} are missing`,
      ];
    if (!swept) return [];
    if (before.number < until)
      return [`entries up to ${until} are there, and entry ${swept.number} says that they were removed`];
    if (before.hash !== swept.said.hash)
      return [`entry ${until + 1} doesn’t follow those that were removed (entry ${swept.number})`];
    const { days, first, last } = swept.said;
    this.notices.push(
      `Entries up to ${last} were removed by the hub, since they are kept for ${days} days: ${first} to ${last} on ${swept.at}, as entry ${swept.number} says.`,
    );
    return [];
  }

  /** Whether an end that was signed at a time was lost when somebody restored the log and said so. */
  isLost({ number, at }: { readonly number: number; readonly at: string }): boolean {
    return this.#restored.some(
      (one) => one.said.by === 'RESTORE' && number > one.said.last && Date.parse(at) < Date.parse(one.at),
    );
  }
}

function sentenceOf({ number, at, said }: Told<Restored>): string {
  const { taken, last, lost, by } = said;
  const from = taken === null ? '' : ` from a backup of ${new Date(taken).toISOString()}`;
  const how =
    by === 'RESTORE'
      ? `Restored on ${at}${from}`
      : `Found on ${at} to have been brought back${from}, by whom nothing in the log says`;
  const gone =
    lost && lost.number > last
      ? `: what was written up to entry ${lost.number} had been signed and is lost`
      : ': what was written after that is lost';
  return `${how}, up to entry ${last}${gone} (entry ${number}).`;
}
