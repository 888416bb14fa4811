import type { RunProcess } from '../../platform/run-process.ts';

/** The machine and its user, as far as logins depend on them. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The user's number; undefined where there are none. */
  readonly uid: number | undefined;
  readonly home: string;
  readonly dockerConfig: string;
  /** The PATH that docker is started with. */
  readonly path: string;
  readonly run: RunProcess;
}
