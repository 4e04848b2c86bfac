import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

const lineEnd = 10;

/** A stream that passes on what it is given, and knows afterwards what it was. */
export class Counted extends Transform {
  bytes = 0;
  /** Lines: rows of COPY, in whose text a line end within a value is written otherwise. */
  lines = 0;
  readonly #hash = createHash('sha256');
  readonly #most: number;

  /** @param most more bytes than that end it */
  constructor(most = Number.POSITIVE_INFINITY) {
    super();
    this.#most = most;
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: Error | null, chunk?: Buffer) => void): void {
    this.bytes += chunk.length;
    if (this.bytes > this.#most) {
      done(new Error('is longer than it says'));
      return;
    }
    for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, at + 1)) this.lines += 1;
    this.#hash.update(chunk);
    done(null, chunk);
  }

  /** Once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
