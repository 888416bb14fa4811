import { problemOfCall } from '../../shared/contract/call-problem.ts';
import type { RegentClient } from '../../shared/contract/client.ts';
import { type ExitStatus, errorTable, problem } from '../../shared/errors/index.ts';
import { chooseLocale, createTranslator, type Translator } from '../../shared/i18n/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Command } from './command.ts';
import { helpLines, overviewLines } from './help.ts';
import { readerGone } from './interrupt.ts';
import { findLocale, languagesOf } from './language.ts';
import { type Invocation, parseCommandLine } from './parse.ts';
import { printProblem, problemDocument } from './print-problem.ts';
import type { Input } from './terminal/input.ts';
import type { Outputs } from './terminal/output.ts';

/** Everything that a run of the command line touches. */
export interface Surroundings extends Outputs {
  readonly commands: readonly Command[];
  /** Builds the services behind the contract. */
  readonly connect: () => Promise<RegentClient>;
  readonly env: NodeJS.ProcessEnv;
  readonly input: Input;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly version: string;
  /** Takes what nobody expected, for the log. */
  readonly logError: (error: unknown) => void;
}

/** Runs one command line. @returns the exit status; it never throws */
export async function runCommandLine(
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<ExitStatus | 0> {
  let t = createTranslator(chooseLocale(languagesOf(surroundings.env)));
  let subject = 'regent';
  try {
    const client = await surroundings.connect();
    t = createTranslator(await findLocale(surroundings.env, client));
    const invocation = parseCommandLine(argv, surroundings.commands);
    if (invocation.kind === 'run') subject = `regent ${invocation.command.name}`;
    return await carryOut(invocation, client, t, surroundings);
  } catch (error) {
    return report(error, subject, wantsJson(argv), t, surroundings);
  }
}

async function carryOut(
  invocation: Invocation,
  client: RegentClient,
  t: Translator,
  { out, err, ...rest }: Surroundings,
): Promise<ExitStatus | 0> {
  switch (invocation.kind) {
    case 'version':
      out.line(rest.version);
      return 0;
    case 'overview':
      for (const line of overviewLines(t, rest.commands)) out.line(line);
      return 0;
    case 'help':
      for (const line of helpLines(t, invocation.commands)) out.line(line);
      return 0;
    case 'run': {
      const { input, signal, clock } = rest;
      const { command, given, json } = invocation;
      return await command.run({ client, t, out, err, input, signal, clock, json }, given);
    }
  }
}

function report(
  error: unknown,
  subject: string,
  json: boolean,
  t: Translator,
  { out, err, signal, logError }: Surroundings,
): ExitStatus {
  // Whatever breaks once everything was asked to stop breaks because of that.
  const found = signal.aborted ? problem('CANCELLED', { subject }) : problemOfCall(error);
  if (found.code === 'INTERNAL') logError(error);
  if (signal.reason === readerGone) return errorTable[found.code].exit;
  if (json) out.json({ error: problemDocument(t, found) });
  else printProblem(err, t, found);
  return errorTable[found.code].exit;
}

/** Whether JSON was asked for, also where the command line as a whole makes no sense. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json');
}
