import { type ExitStatus, errorTable } from '../../../shared/errors/index.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import {
  askForProof,
  browse,
  cleanUp,
  type Host,
  lookAround,
  pullImage,
  readTags,
  signIn,
  trustOwner,
} from '../demo/stay.ts';
import { type StepId, type StepOutcome, type StepResult, takeStep } from '../demo/step.ts';
import { problemDocument } from '../print-problem.ts';

/** `regent demo`: the whole main job against an embedded registry that nobody trusts yet. */
export const demo = defineCommand(
  { name: 'demo', about: 'demo.about', args: [], options: {}, examples: ['demo', 'demo --json'] },
  async (context) => {
    const { client, json, out, signal, t } = context;
    if (!json) {
      out.line(t('demo.intro'));
      out.line();
    }
    const host = await client.demo.start(undefined, { signal });
    const steps = await visit(context, host);
    const failed = steps.find(({ status }) => status === 'failed');
    if (json) {
      out.json({
        address: host.address,
        ok: failed === undefined,
        steps: steps.map(({ problem, ...step }) => ({
          ...step,
          problem: problem && problemDocument(t, problem),
        })),
      });
    } else {
      out.line();
      out.line(t(failed ? 'demo.endedEarly' : 'demo.ended'));
    }
    return exitOf(failed);
  },
);

/** Goes through the steps; the first one that fails ends the visit, and cleaning up comes last in any case. */
async function visit(context: CommandContext, host: Host): Promise<readonly StepResult[]> {
  const { client, signal, t } = context;
  const steps: StepResult[] = [];
  const take = async (id: StepId, work: () => Promise<StepOutcome>) => {
    const result = await takeStep(context, id, work);
    steps.push(result);
    return result;
  };
  const plan: readonly (readonly [StepId, () => Promise<StepOutcome>])[] = [
    ['start', async () => ({ detail: [t('demo.started', { ...host })] })],
    ['probe', () => lookAround(context, host)],
    ['trust', () => trustOwner(context, host)],
    ['sign-in', () => signIn(context)],
    ['proof', () => askForProof(context, host)],
    ['repositories', () => browse(context, host)],
    ['tags', () => readTags(context, host)],
    [
      'pull',
      async () => pullImage(context, host, await client.engine.status(undefined, { signal })),
    ],
  ];
  for (const [id, work] of plan) {
    const { status } = await take(id, work);
    if (status === 'failed' || signal.aborted) break;
  }
  await take('clean-up', () => cleanUp(context));
  return steps;
}

function exitOf(failed: StepResult | undefined): ExitStatus | 0 {
  if (!failed) return 0;
  return failed.problem ? errorTable[failed.problem.code].exit : 1;
}
