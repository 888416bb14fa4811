import type { Proof } from '../../../shared/model/consumer.ts';
import type { RunProcess } from '../../platform/run-process.ts';
import type { Places } from '../targets/target.ts';

/** What asking a consumer needs. */
export interface ProofTools {
  readonly run: RunProcess;
  /** What programs are run with. */
  readonly env: NodeJS.ProcessEnv;
  readonly places: Places;
  readonly isRoot: boolean;
  /** Finds a program as the shell would. */
  readonly which: (program: string) => Promise<string | undefined>;
}

/** What a consumer shall be asked. */
export interface ProofTask {
  readonly address: string;
  /** Whether the registry is trusted as one that speaks plain HTTP. */
  readonly plainHttp: boolean;
  readonly signal: AbortSignal | undefined;
}

/** What a proof says beside whose it is. */
export type WayVerdict = Omit<Proof, 'consumer'>;

/** Asks one consumer for each way in that it has. @throws RegentError `CANCELLED` */
export type AskConsumer = (task: ProofTask, tools: ProofTools) => Promise<readonly WayVerdict[]>;
