import { settingTable } from '@hub/workflow';
import { members } from '../schema.ts';

/** 本地设置: how a committee keeps its members, by versions. */
export const setting = settingTable(members, 'setting');
