/**
 * Puts back what whoever had a connection before set in it: a pooler may hand it on as it was left (PgBouncer's
 * `server_reset_query` may be empty). Sent first by each of the hub's connections, and last by those that hold a lock.
 */
export const cleanConnection = 'reset session authorization; reset all; select pg_advisory_unlock_all()';
