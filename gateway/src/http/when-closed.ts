import type { ServerResponse } from 'node:http';

/** What is to be done for each response that is open; none once it is closed. */
const awaited = new WeakMap<ServerResponse, Set<() => void> | null>();

/**
 * Does something once a response was taken or its connection is gone, and at once where that has been. However much is to be done,
 * Node is asked once: a download would have more listeners than it takes for a leak.
 */
export function whenClosed(response: ServerResponse, act: () => void): void {
  const acts = awaited.get(response) ?? watched(response);
  if (acts) acts.add(act);
  else act();
}

function watched(response: ServerResponse): Set<() => void> | null {
  if (awaited.has(response) || response.closed) return null;
  const acts = new Set<() => void>();
  awaited.set(response, acts);
  response.once('close', () => {
    awaited.set(response, null);
    for (const act of acts) act();
  });
  return acts;
}
