import { runHelper } from './run-helper.ts';

await runHelper();
