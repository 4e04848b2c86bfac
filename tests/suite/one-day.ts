/**
 * A file sees one day: what is today at its beginning is today at its end. One that would begin in the last two minutes of a
 * day in China begins after it. PostgreSQL's clock can't be set as that of a test can. This runs before each file is loaded.
 */
import { setTimeout as delay } from 'node:timers/promises';

const dayMs = 86_400_000;
const chinaAheadMs = 8 * 3_600_000;
const leftMs = dayMs - ((Date.now() + chinaAheadMs) % dayMs);
if (leftMs < 120_000) await delay(leftMs + 1_000);
