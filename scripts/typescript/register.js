/**
 * `node --import ./scripts/typescript/register.js …` runs a program of the hub as it is written. Newer Nodes take types out by
 * themselves; they also keep what they have compiled for the next start.
 */
import nodeModule, { register } from 'node:module';

if (!process.features.typescript) register('./hooks.js', import.meta.url);
nodeModule.enableCompileCache?.();
