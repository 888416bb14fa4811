import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { callInProcess } from '../api/serve.ts';
import { createRegent } from '../index.ts';
import { systemClock } from '../platform/clock.ts';
import { openLog } from '../platform/log.ts';
import { findPaths } from '../platform/paths.ts';
import { commands } from './commands/index.ts';
import { createDoor } from './door.ts';
import { listenForInterruption } from './interrupt.ts';
import { runCommandLine } from './run.ts';
import { openInput } from './terminal/input.ts';
import { openOutputs } from './terminal/output.ts';

const { env, stdin, stdout, stderr, argv } = process;
const { signal, interrupt } = listenForInterruption(process);
const logError = openLog(findPaths(env, process.platform));
const closing: (() => Promise<void>)[] = [];
const status = await runCommandLine(argv.slice(2), {
  ...openOutputs(stdout, stderr, env),
  commands,
  connect: async () => {
    const { handlers, dispose } = await createRegent({
      env,
      platform: process.platform,
      door: createDoor(env),
      programs: dirname(fileURLToPath(import.meta.url)),
      logError,
    });
    closing.push(dispose);
    return callInProcess(handlers, logError);
  },
  env,
  input: openInput(stdin, stderr, signal, interrupt),
  signal,
  clock: systemClock,
  version: manifest.version,
  logError,
});
for (const close of closing) await close();
// Pools and sockets that idle must not keep the process; what was printed must get out first.
await Promise.all([stdout, stderr].map((stream) => new Promise((done) => stream.write('', done))));
process.exit(status);
