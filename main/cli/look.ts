import { RegentError } from '../../shared/errors/index.ts';
import type { MessageKey, Translator } from '../../shared/i18n/index.ts';
import type { ProbeReport, ProbeStep } from '../../shared/model/probe.ts';
import type { CommandContext, OptionSpec } from './command.ts';
import { follow } from './follow.ts';
import { paint } from './text/paint.ts';

type LookContext = Pick<CommandContext, 'client' | 'signal'>;

/** `--complete`, as every command that looks has it. */
export const completeOption = {
  type: 'boolean',
  about: 'cli.probe.complete',
} as const satisfies OptionSpec;

/**
 * Looks at a server, telling each step as it changes. `complete`: whether issuers that the server left out are
 * fetched from where its certificates say.
 * @throws RegentError `CANCELLED`, and what the probe throws
 */
export async function look(
  { client, signal }: LookContext,
  address: string,
  tell: (step: ProbeStep) => void,
  complete = false,
): Promise<ProbeReport> {
  const found: ProbeReport[] = [];
  const events = await client.registries.probe(
    { address, ...(complete ? { complete } : {}) },
    { signal },
  );
  await follow(events, signal, (event) => {
    if (event.type === 'step') tell(event.step);
    else found.push(event.report);
    return event.type === 'report';
  });
  const [report] = found;
  if (report) return report;
  throw new RegentError('CANCELLED', { subject: address });
}

/** Tells each step on the output: live where somebody is looking, one line a step elsewhere. */
export function stepPrinter({ out, t, json }: Pick<CommandContext, 'out' | 't' | 'json'>) {
  return (step: ProbeStep): void => {
    // What was not looked at needs no line: the step before it says why.
    if (json || step.state === 'skipped') return;
    if (step.state === 'running') out.status([`${paint('dim', '…')} ${stepWords(t, step)}`]);
    else out.line(`${marks[step.state]} ${stepWords(t, step)}`);
  };
}

const marks = {
  ok: paint('good', '✓'),
  attention: paint('warn', '!'),
  failed: paint('bad', '✗'),
} as const;

function stepWords(t: Translator, { id, state, facts }: ProbeStep): string {
  return t(`common.probe.${id}.${state}` as MessageKey, facts);
}
