import { localSettings } from '@hub/workflow';
import { z } from 'zod';
import { dutyKinds } from '../duty/scoring/facts.ts';
import { setting } from './tables.ts';

const count = z.int().min(1).max(1000);

/** What committees may decide for themselves, each with the default that holds until they do. */
export const memberSettings = localSettings(
  setting,
  z.object({
    /** Years of a term. */
    termYears: z.int().min(1).max(10).default(5),
    /** Hours for which a duty code is good. */
    dutyCodeHours: z.int().min(1).max(168).default(24),
    /** Tags that one member may have. */
    tagLimit: z.int().min(1).max(50).default(10),
    /** Endorsements by fellow members that confirm a tag. */
    tagEndorsements: count.default(3),
    /** Lines of duty reports in the committee's own words; what none of them takes goes by the field's. */
    dutyLines: z
      .array(
        z.object({
          label: z.string().trim().min(1).max(40),
          kinds: z.array(z.enum(dutyKinds)).nonempty(),
          /** Of consultations, only these local kinds; any where there is none. */
          consultationKinds: z.array(z.string().min(1).max(40)).default([]),
        }),
      )
      .max(50)
      .default([]),
    /** Minutes of silence after which a source of duty counts as missing. */
    dutySilentMinutes: count.default(1),
  }),
);
