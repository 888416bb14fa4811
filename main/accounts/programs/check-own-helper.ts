import { type Problem, RegentError } from '../../../shared/errors/index.ts';
import type { RunProcess } from '../../platform/run-process.ts';
import { HELPER_VALUE } from '../docker-config/config-edit.ts';
import { runHelperProgram } from './run-helper-program.ts';

/** In milliseconds; a start takes some dozens, on a machine at its limits some hundreds. */
const DEADLINE_MS = 5000;

/**
 * Whether Regent's own helper starts: an executable of another machine's make is there and yet of no use.
 * @param env with the PATH that docker is started with
 * @returns what keeps it from that, or null
 */
export async function checkOwnHelper(
  program: string,
  env: NodeJS.ProcessEnv,
  run: RunProcess,
): Promise<Problem | null> {
  try {
    await runHelperProgram({
      ...{ helper: HELPER_VALUE, program, action: 'version', env, run, deadline: DEADLINE_MS },
      // What keeps it from starting is told by the shell or the loader.
      wordsOf: ({ stdout, stderr }) => stdout || stderr,
    });
    return null;
  } catch (error) {
    if (error instanceof RegentError) return error.toProblem();
    throw error;
  }
}
