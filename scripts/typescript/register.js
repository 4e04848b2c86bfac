/**
 * `node --import ./scripts/typescript/register.js …` runs a program of the hub as it is written. Newer Nodes take types out by
 * themselves; they also keep what they have compiled for the next start.
 */
import nodeModule, { register } from 'node:module';
import { setFlagsFromString } from 'node:v8';

if (!process.features.typescript) register('./hooks.js', import.meta.url);
// Others don't know the option.
if (process.version.startsWith('v20.')) startWithoutOptimising();
nodeModule.enableCompileCache?.();

/** A start runs nearly everything a few times: what V8 would make of that in machine code cost a sixth of it. Later it's worth it again. */
function startWithoutOptimising() {
  const [usual, patient, untilMs] = [67_584, 1_320_000, 60_000];
  setFlagsFromString(`--interrupt-budget=${patient}`);
  setTimeout(() => setFlagsFromString(`--interrupt-budget=${usual}`), untilMs).unref();
}
