import { describeOn } from './on-a-server.ts';

describeOn(18, ['superuser', 'plain owner']);
