import { join } from 'node:path';
import type { Finished } from '../../lab/index.ts';
import type { HostilePlace, OrdinaryPrograms } from './hostile-place.ts';

/** A hostile environment, and how it is seen to work on a program without care. */
interface HostileVariables {
  readonly env: NodeJS.ProcessEnv;
  readonly control:
    | {
        readonly program: keyof OrdinaryPrograms;
        readonly args?: readonly string[];
        /** In place of the whole, where that would never end. */
        readonly env?: NodeJS.ProcessEnv;
        /** What is seen; by default, the code has run. */
        readonly shows?: (finished: Finished) => boolean;
      }
    /** Why that can't be shown here. */
    | string;
}

/** All that is tried. `LD_PRELOAD` and its like are not: with them, no program of the person’s is their own. */
export function hostileVariables({ folder, code }: HostilePlace): readonly HostileVariables[] {
  const debugs = ({ stderr }: Finished) => stderr.includes('Debugger listening');
  return [
    { env: { NODE_OPTIONS: `--require=${code}` }, control: { program: 'node' } },
    { env: { NODE_OPTIONS: `--import=${code}` }, control: { program: 'node' } },
    {
      env: { NODE_OPTIONS: '--inspect-brk=0' },
      control: { program: 'node', env: { NODE_OPTIONS: '--inspect=0' }, shows: debugs },
    },
    { env: { NODE_PATH: join(folder, 'node_modules') }, control: { program: 'node' } },
    { env: { NODE_PATH: join(folder, 'node_modules') }, control: { program: 'compiled' } },
    { env: { NODE_REPL_EXTERNAL_MODULE: code }, control: { program: 'prompt' } },
    {
      env: { OPENSSL_CONF: join(folder, 'openssl.cnf'), OPENSSL_MODULES: folder },
      // It can't load that library, so it does not even start.
      control: { program: 'node', shows: ({ status }) => status !== 0 },
    },
    { env: { BUN_OPTIONS: `--preload=${code}` }, control: { program: 'compiled' } },
    { env: { BUN_OPTIONS: `--preload=${code}` }, control: { program: 'bun' } },
    { env: { BUN_BE_BUN: '1' }, control: { program: 'compiled', args: [code] } },
    {
      env: { BUN_INSPECT: 'ws://127.0.0.1:0/x?break=1', BUN_INSPECT_PRELOAD: code },
      control: {
        program: 'bun',
        env: { BUN_INSPECT: 'ws://127.0.0.1:0/x', BUN_INSPECT_PRELOAD: code },
      },
    },
    {
      env: { BUN_INSPECT_CONNECT_TO: `unix://${folder}/socket`, BUN_INSPECT_PRELOAD: code },
      control: { program: 'bun' },
    },
    { env: { BUN_OPTIONS: '--no-such-option' }, control: 'this Bun passes it over' },
    { env: { NODE_COMPILE_CACHE: folder }, control: 'it takes machine code of the very program' },
    {
      env: { BUN_RUNTIME_TRANSPILER_CACHE_PATH: folder, TMPDIR: folder, BUN_TMPDIR: folder },
      control: 'it takes code that was made from the very program',
    },
    {
      env: { GIO_EXTRA_MODULES: folder, GIO_MODULE_DIR: folder },
      control: 'it takes libraries, as LD_PRELOAD does',
    },
  ];
}
