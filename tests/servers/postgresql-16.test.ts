import { describeOn } from './on-a-server.ts';

describeOn(16, ['superuser', 'plain owner']);
