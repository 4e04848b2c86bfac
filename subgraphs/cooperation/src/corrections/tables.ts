import { correctionTable } from '@hub/workflow';
import { cooperationSchema } from '../schema.ts';

/** 更正与撤回记录: of what was entered of cooperations. */
export const correction = correctionTable(cooperationSchema);
