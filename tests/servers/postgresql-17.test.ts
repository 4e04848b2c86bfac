import { describeOn } from './on-a-server.ts';

describeOn(17, ['superuser', 'plain owner']);
