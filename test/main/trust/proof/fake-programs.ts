import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { RunOptions, RunProcess } from '../../../../main/platform/run-process.ts';
import {
  type ConsumerProof,
  type ConsumerProofOptions,
  createConsumerProof,
} from '../../../../main/trust/proof/consumer-proof.ts';

/** One run of a program. */
export interface Run {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: RunOptions;
}

/** What a program answers. */
export interface Answer {
  readonly status: number | null;
  readonly stderr?: string;
}

/** A machine in a temporary folder whose programs say what a test wants. */
export interface FakePrograms {
  readonly root: string;
  /** All runs, in their order. */
  readonly runs: readonly Run[];
  readonly prove: ConsumerProof;
  /** Makes a daemon's socket appear. */
  addSocket(path: string): void;
  remove(): void;
}

/** @param names the programs on the PATH */
export function makePrograms(
  names: readonly string[],
  answer: (run: Run) => Answer | Promise<Answer>,
  given: Partial<ConsumerProofOptions> = {},
): FakePrograms {
  const root = mkdtempSync(join(tmpdir(), 'programs-'));
  const bin = join(root, 'bin');
  mkdirSync(bin);
  for (const name of names) {
    writeFileSync(join(bin, name), '');
    chmodSync(join(bin, name), 0o755);
  }
  const runs: Run[] = [];
  const run: RunProcess = async (file, args, options = {}) => {
    const one = { program: basename(file), args, options };
    runs.push(one);
    const { status, stderr = '' } = await answer(one);
    return { status, stdout: '', stderr };
  };
  const home = join(root, 'home');
  const prove = createConsumerProof({
    ...{ run, env: { PATH: bin, HOME: home }, isRoot: false },
    places: {
      ...{ platform: 'linux', root, home, configHome: join(home, '.config'), runtimeDir: null },
      ...{ dockerConfig: join(home, '.docker'), data: join(home, 'data'), systemStore: null },
    },
    askEngine: () => Promise.reject(new Error('no engine was expected')),
    askRegent: () => Promise.reject(new Error('Regent was not expected')),
    ...given,
  });
  return {
    ...{ root, runs, prove },
    addSocket: (path) => {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), '');
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
