import { closeSync, openSync } from 'node:fs';
import { RegentError } from '../../shared/errors/index.ts';
import type { ProcessResult, RunProcess } from './run-process.ts';

/**
 * Runs Regent's elevated step as root and answers what it printed.
 * @param request goes to its standard input
 * @param command the same as shell commands, for a person who has to do it by hand
 * @throws RegentError `ELEVATION_UNAVAILABLE`, `ELEVATION_DENIED`, `ELEVATION_FAILED`
 */
export type Elevate = (request: string, command: string) => Promise<string>;

/** The step that runs as root. */
export interface ElevatedProgram {
  /** The absolute path of Node. */
  readonly node: string;
  /** The absolute path of the step's script. */
  readonly script: string;
  /**
   * The script's text, read when this process started, where its file could be changed by others until then: Node
   * gets it on standard input. Null where the file is root's own.
   */
  readonly code: string | null;
}

/** What elevation needs to know about this process. */
export interface ElevationOptions {
  /** The elevated step; null where nothing here could run it. */
  readonly program: ElevatedProgram | null;
  readonly run: RunProcess;
  readonly env: NodeJS.ProcessEnv;
  /** Whether a person sits at a terminal that belongs to this process: true only for the terminal's door. */
  readonly terminal: boolean;
}

/** Whether this process has a terminal where sudo can ask for a password, wherever its streams go. */
export function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r+'));
    return true;
  } catch {
    return false;
  }
}

const PKEXEC = '/usr/bin/pkexec';
const SUDO = '/usr/bin/sudo';

/** How one way up ended: with the step's output, with a person's or the system's no, or it is no way here. */
type Outcome =
  | { readonly kind: 'done'; readonly stdout: string }
  | { readonly kind: 'denied' | 'closed' };

type Way = (program: readonly string[], request: string) => Promise<Outcome>;

/** Prepares elevation by `pkexec` or `sudo`; both get an argument list, there is no shell. */
export function createElevation({ program, run, env, terminal }: ElevationOptions): Elevate {
  const graphical = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  const ways = waysUp(run, terminal, graphical);
  return async (request, command) => {
    if (!program) throw new RegentError('ELEVATION_UNAVAILABLE', { command });
    const [argv, input] = startOf(program, request);
    for (const way of ways) {
      const outcome = await way(argv, input);
      if (outcome.kind === 'done') return outcome.stdout;
      if (outcome.kind === 'denied') throw new RegentError('ELEVATION_DENIED', { command });
    }
    throw new RegentError('ELEVATION_UNAVAILABLE', { command });
  };
}

/** The arguments and the standard input by which the step starts. */
function startOf(
  { node, script, code }: ElevatedProgram,
  request: string,
): readonly [readonly string[], string] {
  if (code === null) return [[node, script], request];
  const handedOver = `globalThis.regentRequest = ${JSON.stringify(request)};\n`;
  return [[node, '--input-type=module', '-'], `${handedOver}${code}`];
}

/** Without a question first where nobody could see one; the terminal's own question before a window. */
function waysUp(run: RunProcess, terminal: boolean, graphical: boolean): readonly Way[] {
  const pkexec = byPkexec(run, graphical);
  const quietSudo = bySudo(run, false);
  if (terminal) return [quietSudo, bySudo(run, true), pkexec];
  return graphical ? [pkexec, quietSudo] : [quietSudo, pkexec];
}

/**
 * pkexec(1): 126 when the person dismissed the question, 127 when they may not or nobody could be asked. Where
 * windows are shown the latter is a no; elsewhere it only means that there was nobody to ask.
 */
function byPkexec(run: RunProcess, graphical: boolean): Way {
  return async (program, request) => {
    const result = await start(
      run,
      PKEXEC,
      ['--disable-internal-agent', ...program],
      request,
      false,
    );
    if (result === undefined) return { kind: 'closed' };
    if (result.status === 126 || (result.status === 127 && graphical)) return { kind: 'denied' };
    return result.status === 127 ? { kind: 'closed' } : done(result);
  };
}

/** sudo(8): its own failures leave nothing on the step's output, and the step itself always prints a receipt. */
function bySudo(run: RunProcess, asking: boolean): Way {
  return async (program, request) => {
    const options = asking ? ['--'] : ['-n', '--'];
    const result = await start(run, SUDO, [...options, ...program], request, asking);
    if (result === undefined) return { kind: 'closed' };
    if (result.stdout === '') return { kind: asking ? 'denied' : 'closed' };
    return done(result);
  };
}

/** Runs a way up; undefined when the program is not there. */
async function start(
  run: RunProcess,
  file: string,
  args: readonly string[],
  request: string,
  onTerminal: boolean,
): Promise<ProcessResult | undefined> {
  try {
    return await run(file, args, { input: request, onTerminal });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new RegentError('ELEVATION_FAILED', { detail: file }, error);
  }
}

function done({ status, stdout, stderr }: ProcessResult): Outcome {
  if (status === 0 && stdout !== '') return { kind: 'done', stdout };
  const detail = stderr.trim().split('\n').at(-1) ?? '';
  throw new RegentError('ELEVATION_FAILED', { detail: detail || `status ${status}` });
}
