import { settingTable } from '@hub/workflow';
import { consultations } from '../schema.ts';

/** 本地设置: how a committee runs its consultations, by versions. */
export const setting = settingTable(consultations, 'setting');
