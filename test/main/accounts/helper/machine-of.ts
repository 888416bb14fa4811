import type { HelperInstallOptions } from '../../../../main/accounts/helper/helper-install.ts';
import { runProcess } from '../../../../main/platform/run-process.ts';

/** A Linux machine with that environment, and an ordinary user at it. */
export const machineOf = (env: NodeJS.ProcessEnv): HelperInstallOptions['machine'] => ({
  ...{ env, platform: 'linux', uid: 12345, run: runProcess },
});
