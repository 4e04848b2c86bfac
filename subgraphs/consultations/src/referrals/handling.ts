import { stepsOf } from '@hub/workflow';
import { consultationSettings } from '../settings/settings.ts';
import { referralHandlingMachine } from './referral-handling.machine.ts';
import { referralHandling, referralHandlingEvent } from './tables.ts';

/** How receivers' handlings are made and moved. */
export const handlingSteps = stepsOf(
  referralHandling,
  referralHandlingMachine,
  referralHandlingEvent,
  consultationSettings,
);
