import { callInProcess } from '../../../main/api/serve.ts';
import { commands } from '../../../main/cli/commands/index.ts';
import { runCommandLine } from '../../../main/cli/run.ts';
import type { Input } from '../../../main/cli/terminal/input.ts';
import { openOutputs } from '../../../main/cli/terminal/output.ts';
import type { Handlers } from '../../../shared/contract/handlers.ts';
import { RegentError } from '../../../shared/errors/index.ts';

/** The procedures that a test answers itself; all others fail as `INTERNAL`. */
export type SomeHandlers = { readonly [D in keyof Handlers]?: Partial<Handlers[D]> };

/** How the terminal of a test is. */
export interface FakeTerminal {
  readonly handlers?: SomeHandlers;
  /** Whether a person sits at it. */
  readonly tty?: boolean;
  /** What is typed at questions, one after the other. */
  readonly answers?: readonly string[];
  /** What comes in on standard input. */
  readonly stdin?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly columns?: number;
}

/** What a run left behind. */
export interface FakeRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The questions asked; hidden ones begin with `hidden `. */
  readonly questions: readonly string[];
  readonly logged: readonly unknown[];
}

/** 2026-11-21, so that ages and days left are always the same. */
const NOW = Date.UTC(2026, 10, 21, 12);

/** Runs a command line through the real parsing, contract and printing, over the test's own procedures. */
export async function regent(
  argv: readonly string[],
  { handlers = {}, tty = false, answers = [], stdin = '', ...rest }: FakeTerminal = {},
): Promise<FakeRun> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) => ({
    isTTY: tty,
    columns: rest.columns ?? 80,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const questions: string[] = [];
  const logged: unknown[] = [];
  const queue = [...answers];
  const input: Input = {
    isTty: tty,
    ask: async (question, { hidden = false } = {}) => {
      questions.push(`${hidden ? 'hidden ' : ''}${question.trim()}`);
      return queue.shift();
    },
    readAll: async () => stdin,
  };
  const env = { REGENT_LANG: 'en', TERM: 'xterm', ...rest.env };
  const status = await runCommandLine(argv, {
    ...openOutputs(sink('stdout'), sink('stderr'), env),
    commands,
    connect: async () => callInProcess(complete(handlers), (error) => logged.push(error)),
    env,
    input,
    signal: rest.signal ?? new AbortController().signal,
    clock: { now: () => NOW },
    version: '1.2.3',
    logError: (error) => logged.push(error),
  });
  return { status, ...written, questions, logged };
}

/** The documents on standard output, one a line. */
export function documentsOf(run: FakeRun): readonly Record<string, unknown>[] {
  return run.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The one document on standard output. */
export function documentOf(run: FakeRun): Record<string, unknown> {
  const documents = documentsOf(run);
  if (documents.length !== 1) throw new Error(`not one document: ${run.stdout}`);
  return documents[0] ?? {};
}

/** A procedure that fails with a problem of the closed list. */
export function failing<C extends ConstructorParameters<typeof RegentError>[0]>(
  code: C,
  data: ConstructorParameters<typeof RegentError<C>>[1],
): () => never {
  return () => {
    throw new RegentError(code, data);
  };
}

function complete(some: SomeHandlers): Handlers {
  return { settings: { get: failing('STATE_INVALID', { path: 'settings' }) }, ...some } as Handlers;
}
