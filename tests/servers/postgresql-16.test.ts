import { describeOn } from './on-a-server.ts';

describeOn(16, ['plain owner']);
