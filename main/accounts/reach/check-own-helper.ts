import { type Problem, problem } from '../../../shared/errors/index.ts';
import { plainText } from '../../../shared/model/plain-text.ts';
import { HELPER_VALUE } from '../docker-config/config-edit.ts';
import type { HelperFileState } from '../helper/helper-file.ts';
import { withDeadline } from '../secrets/deadline.ts';
import type { Surroundings } from './surroundings.ts';

/** In milliseconds; a start takes some dozens, on a machine at its limits some hundreds. */
const DEADLINE_MS = 5000;

/** Whether Regent's own helper starts: an executable of another machine's make is there and yet of no use. */
export async function checkOwnHelper(
  helper: HelperFileState,
  { env, path, run }: Surroundings,
): Promise<readonly Problem[]> {
  if (helper.kind !== 'ready') return [];
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const running = run(helper.path, ['version'], { env: { ...env, PATH: path }, signal });
  try {
    const { status, stdout, stderr } = await withDeadline(running, DEADLINE_MS);
    return status === 0 ? [] : [failed(plainText(stdout || stderr, 300) || `exit ${status}`)];
  } catch (error) {
    if (signal.aborted) return [failed('timeout')];
    return [failed(String((error as NodeJS.ErrnoException).code ?? ''))];
  }
}

const failed = (detail: string) => problem('OTHER_HELPER_FAILED', { helper: HELPER_VALUE, detail });
