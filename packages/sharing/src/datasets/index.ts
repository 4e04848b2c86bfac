import { consultationDatasets } from './consultations.ts';
import { cooperationDatasets } from './cooperation.ts';
import type { DatasetDescription } from './description.ts';
import { hubDatasets } from './hub.ts';
import { memberDatasets } from './members.ts';
import { workstationDatasets } from './workstations.ts';

export { type Bilingual, conditional, type DatasetDescription, unconditional } from './description.ts';

/** The datasets that the graph's fields belong to, in the order of the catalogue. */
export const datasets: readonly DatasetDescription[] = [
  ...hubDatasets,
  ...memberDatasets,
  ...consultationDatasets,
  ...cooperationDatasets,
  ...workstationDatasets,
];
