import { join } from 'node:path';
import { RegentError } from '../../shared/errors/index.ts';
import type { Proof } from '../../shared/model/consumer.ts';
import { allEnded } from '../platform/all-ended.ts';
import { askToBuild, type DockerCli } from './ask-to-build.ts';
import { isRunning, listBuilders } from './builders.ts';
import type { Connection } from './find-engine.ts';
import { judge, notProven, type Verdict } from './judge-answer.ts';
import type { ProofQuestion, ProofTools } from './prove.ts';
import { withinTime } from './within-time.ts';

/**
 * Has buildx's builders in containers say whether they can build from a registry. Each has a trust of its own, so
 * what the first one says that refuses stands for all. One that does not run is not started for this.
 * @throws RegentError `CANCELLED` when the signal fires
 */
export async function proveByBuilders(
  address: string,
  { signal }: ProofQuestion,
  { connect, findCli }: ProofTools,
): Promise<readonly Proof[]> {
  const verdict = await decide(address, signal, connect, findCli);
  return [{ consumer: 'buildx', way: 'build', ...verdict }];
}

async function decide(
  address: string,
  signal: AbortSignal | undefined,
  connect: ProofTools['connect'],
  findCli: ProofTools['findCli'],
): Promise<Verdict> {
  const cli = await findCli();
  if (!cli) return notProven('no-tool');
  try {
    const connection = await connect();
    const names = await findRunning(cli, connection, signal);
    const answers = await allEnded(
      names.map((name) =>
        withinTime(address, signal, (either) =>
          askToBuild(cli, connection.endpoint, address, name, either),
        ),
      ),
    );
    const answer = answers.find(({ problem }) => problem !== null) ?? answers[0];
    return answer ? judge(answer, null) : notProven('no-engine');
  } catch (error) {
    if (!(error instanceof RegentError) || error.code === 'CANCELLED') throw error;
    return notProven('no-engine', error.toProblem());
  }
}

async function findRunning(
  { env, dockerConfig }: DockerCli,
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const names = await listBuilders(env.BUILDX_CONFIG || join(dockerConfig, 'buildx'));
  const run = await Promise.all(names.map((name) => isRunning(connection, name, signal)));
  return names.filter((_, index) => run[index]);
}
