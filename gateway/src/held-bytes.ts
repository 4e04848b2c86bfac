import type { FastifyInstance } from 'fastify';
import { whenClosed } from './http/when-closed.ts';

const bounds = {
  /** How long a client may leave lying what it is sent, however little, and how fast it has to take what is large. */
  graceMs: 30_000,
  bytesPerSecond: 8 * 1024,
  /** Bytes that may lie here at a time, of all clients together. */
  bytes: 24 * 1024 * 1024,
};

interface Lying {
  readonly bytes: number;
  readonly client: string;
  readonly cut: () => void;
}

/**
 * Bytes that lie here for clients: of what they haven't taken yet, or haven't sent the rest of. Whoever takes too long is cut; and where more lies here than may,
 * it is the client of whom most does, by its oldest: others, who go on, don't suffer from it.
 */
export class HeldBytes {
  readonly #bounds: typeof bounds;
  /** In the order in which it came. */
  readonly #lying = new Set<Lying>();
  readonly #byClient = new Map<string, number>();
  #bytes = 0;

  constructor(otherwise: Partial<typeof bounds> = {}) {
    this.#bounds = { ...bounds, ...otherwise };
  }

  /** How many bytes lie here now. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Something lies here from now on.
   * @param cut ends the connection that it is for
   * @returns to be called when it was taken, or never will be
   */
  add(lying: Lying): () => void {
    const { graceMs, bytesPerSecond, bytes } = this.#bounds;
    const timer = setTimeout(() => this.#cut(lying), graceMs + (lying.bytes / bytesPerSecond) * 1_000).unref();
    this.#lying.add(lying);
    this.#count(lying, lying.bytes);
    while (this.#bytes > bytes) this.#cut(this.#oldestOfLargest() ?? lying);
    return () => {
      clearTimeout(timer);
      this.#forget(lying);
    };
  }

  #cut(lying: Lying): void {
    this.#forget(lying);
    lying.cut();
  }

  #forget(lying: Lying): void {
    if (this.#lying.delete(lying)) this.#count(lying, -lying.bytes);
  }

  #count({ client }: Lying, by: number): void {
    this.#bytes += by;
    const bytes = (this.#byClient.get(client) ?? 0) + by;
    if (bytes > 0) this.#byClient.set(client, bytes);
    else this.#byClient.delete(client);
  }

  #oldestOfLargest(): Lying | undefined {
    const largest = Math.max(...this.#byClient.values());
    for (const one of this.#lying) if (this.#byClient.get(one.client) === largest) return one;
    return undefined;
  }
}

/** Holds to these bounds what is answered as a whole. What is made as it is taken says itself what lies of it. */
export function cutSlowTakers(app: FastifyInstance, untaken: HeldBytes): void {
  // What goes to many is there once: it was counted as it went out first, and stays anyhow.
  const sent = new WeakSet<Buffer>();
  app.addHook('onSend', async (request, reply, payload) => {
    const isShared = Buffer.isBuffer(payload) && sent.has(payload);
    if (Buffer.isBuffer(payload)) sent.add(payload);
    else if (typeof payload !== 'string') return payload;
    const taken = untaken.add({
      bytes: isShared ? 0 : Buffer.byteLength(payload),
      client: request.visitor?.holder ?? request.ip,
      // A response that waits behind another has no connection of its own yet.
      cut: () => request.raw.socket.destroy(),
    });
    whenClosed(reply.raw, taken);
    return payload;
  });
}
