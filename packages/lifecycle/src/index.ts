export { endInOrder, isLeftAlone, tellFailedStart } from './end-in-order.ts';
export { tellFaults } from './faults.ts';
export { type Kept, keepRunning, type Run } from './keep-running.ts';
export { type LogLine, logFormat, logLine, outliveLog } from './log-line.ts';
export { howEnded, isAlive } from './process-end.ts';
export { type Look, Readiness } from './readiness.ts';
export { hasRoom, watchShortages } from './shortages.ts';
export { StartError, type StartErrorCode } from './start-error.ts';
export { untilReady } from './until-ready.ts';
