/** How long, how large and how many requests and connections may be; what a document may ask for is another matter. */
export interface HttpLimits {
  /** Milliseconds in which the head of a request must have arrived. */
  readonly headersMs: number;
  /** In which a body of JSON must have. */
  readonly bodyMs: number;
  /** Bytes of all bodies of JSON together that haven't arrived whole. */
  readonly arrivingBytes: number;
  /** In which any request must have arrived whole. Only an upload takes long: 20 MiB in it are half a megabit a second. */
  readonly requestMs: number;
  /** How often it is looked which connections are over these. */
  readonly checkMs: number;
  /** How long a connection is kept for another request: longer than proxies keep theirs, so that it is them who end it. */
  readonly keepAliveMs: number;
  /** Bytes of a request's first line and headers. */
  readonly headerBytes: number;
  /** Requests that may wait for their answer on one connection, and behind the first of each on all connections together. */
  readonly pipelined: number;
  readonly pipelinedTogether: number;
  /** Connections at a time; a stream is one. Further ones are closed at once. */
  readonly connections: number;
}

export const httpLimits: HttpLimits = {
  headersMs: 20_000,
  bodyMs: 30_000,
  arrivingBytes: 24 * 1024 * 1024,
  requestMs: 300_000,
  checkMs: 5_000,
  keepAliveMs: 72_000,
  headerBytes: 16 * 1024,
  pipelined: 4,
  pipelinedTogether: 200,
  connections: 5_000,
};
