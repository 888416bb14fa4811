import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { statIfThere } from '../../platform/check-folder.ts';
import { runProcess } from '../../platform/run-process.ts';
import { ProgramFailed } from './done.ts';
import type { EditFile } from './operation.ts';

const LIMIT_MS = 20_000;

/**
 * Has the program that reads a file say whether it would start with this text. Programs too old to know the
 * question say nothing.
 * @throws ProgramFailed with its words
 */
export async function validateWithProgram(
  { path, validate }: EditFile,
  text: string,
): Promise<void> {
  const program = validate && (await firstThere(validate.programs));
  if (!program) return;
  const [flag = ''] = validate.args;
  const help = await runProcess(program, ['--help'], { timeoutMs: LIMIT_MS });
  if (!help.stdout.includes(flag)) return;
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(draft, text, { flag: 'wx', mode: 0o600 });
    const args = validate.args.map((arg) => arg.replace('{}', draft));
    const { status, stderr } = await runProcess(program, args, { timeoutMs: LIMIT_MS });
    if (status !== 0) throw new ProgramFailed(path, lastLine(stderr).replaceAll(draft, path));
  } finally {
    await rm(draft, { force: true });
  }
}

async function firstThere(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await statIfThere(path).catch(() => undefined)) return path;
  return undefined;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
