import { describeOn } from './on-a-server.ts';

describeOn(15, ['superuser', 'plain owner']);
