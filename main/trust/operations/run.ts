import { runProcess } from '../../platform/run-process.ts';
import { ProgramFailed } from './done.ts';
import { mayRun } from './may-run.ts';

const LIMIT_MS = 120_000;

/** Runs a program of the system to its end. @throws ProgramFailed with its last words */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const [file = '', ...args] = argv;
  if (!(await mayRun(file))) throw new ProgramFailed(file, 'EACCES');
  const { status, stderr } = await runProcess(file, args, { timeoutMs: LIMIT_MS }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new ProgramFailed(file, error.code ?? '');
    },
  );
  if (status !== 0) throw new ProgramFailed(file, stderr.trim().split('\n').at(-1) ?? '');
}
