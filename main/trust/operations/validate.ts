import { rm, writeFile } from 'node:fs/promises';
import { statIfThere } from '../../platform/check-folder.ts';
import { temporaryBeside } from '../../platform/leftovers.ts';
import { runProcess } from '../../platform/run-process.ts';
import { ProgramFailed } from './done.ts';
import { programOf } from './engine-process.ts';
import { mayRun } from './may-run.ts';
import type { EditFile } from './operation.ts';

const LIMIT_MS = 20_000;

/**
 * Has the program that reads a file say whether it would start with this text. Programs too old to know the
 * question say nothing.
 * @throws ProgramFailed with its words
 */
export async function validateWithProgram(
  { path, validate, readBy }: EditFile,
  text: string,
): Promise<void> {
  const running = readBy && (await programOf(readBy));
  const program = validate && (await choose(validate.programs, running));
  if (!program) return;
  const [flag = ''] = validate.args;
  const help = await runProcess(program, ['--help'], { timeoutMs: LIMIT_MS });
  if (!help.stdout.includes(flag)) return;
  const draft = temporaryBeside(path);
  try {
    await writeFile(draft, text, { flag: 'wx', mode: 0o600 });
    const args = validate.args.map((arg) => arg.replace('{}', draft));
    const { status, stderr } = await runProcess(program, args, { timeoutMs: LIMIT_MS });
    if (status !== 0) throw new ProgramFailed(program, lastLine(stderr).replaceAll(draft, path));
  } finally {
    await rm(draft, { force: true });
  }
}

/** Of the known places the one that runs, or else the first where it is: it will be started from there. */
async function choose(
  places: readonly string[],
  running: string | undefined,
): Promise<string | undefined> {
  const known = places.filter((path) => path === running);
  for (const path of [...known, ...places]) {
    const isThere = await statIfThere(path).catch(() => undefined);
    if (isThere && (await mayRun(path))) return path;
  }
  return undefined;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
