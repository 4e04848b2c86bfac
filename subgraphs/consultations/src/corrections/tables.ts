import { correctionTable } from '@hub/workflow';
import { consultations } from '../schema.ts';

/** 更正与撤回记录: of what was entered here. */
export const correction = correctionTable(consultations);
