import { appendFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { type LabPart, whyLabMissing } from './lab-missing.ts';

/**
 * `describe`, unless there is a reason against it. Then the suite is skipped and the reason is handed to the runner,
 * which says it loudly at the end; on CI it is one failing test instead.
 * @param why one line naming what is missing, or undefined when all is there
 */
export function describeUnless(why: string | undefined, name: string, body: () => void): void {
  if (why === undefined) {
    describe(name, body);
    return;
  }
  if (process.env.CI === 'true') {
    describe(name, () => {
      it('has its real parts', () => {
        throw new Error(`On CI every real part must be there: ${why}`);
      });
    });
    return;
  }
  const notes = process.env.REGENT_TEST_NOTES;
  if (notes !== undefined) appendFileSync(notes, `${name}: ${why}\n`);
  describe.skip(name, body);
}

/** Why files can't be given to somebody else here; undefined where they can. */
export const whyNotRoot =
  process.geteuid?.() === 0 ? undefined : 'only root can give files to somebody else';

/** `describe` for suites that need the sandbox and these real parts; see `describeUnless` for where they are missing. */
export function describeWithLab(name: string, needs: readonly LabPart[], body: () => void): void {
  describeUnless(whyLabMissing(needs), name, body);
}
