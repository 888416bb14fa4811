import { readFile, readlink } from 'node:fs/promises';
import { readDockerdFlags } from '../edit/dockerd-flags.ts';
import { EditRefused } from '../edit/editor.ts';
import type { EditFile, EngineProcess } from './operation.ts';

/** The process of an engine; undefined when it does not run. */
export async function findEngine({ pidFile, program }: EngineProcess): Promise<number | undefined> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = /^\s*([1-9][0-9]{0,9})\s*$/.exec(text)?.[1];
  if (pid === undefined) return undefined;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() === program ? Number(pid) : undefined;
}

/** The program file of a running engine; undefined when it does not run, or is not to be seen by this user. */
export async function programOf(engine: EngineProcess): Promise<string | undefined> {
  const pid = await findEngine(engine);
  return pid === undefined ? undefined : readlink(`/proc/${pid}/exe`).catch(() => undefined);
}

/**
 * Refuses an edit of settings that the running engine does not read, or that its command line speaks against:
 * dockerd does not start with the same setting in both places (moby, cmd/dockerd, findConfigurationConflicts).
 * @throws EditRefused `readElsewhere`, `startedWithFlag`
 */
export async function checkCommandLine({ path, readBy }: EditFile): Promise<void> {
  const pid = readBy && (await findEngine(readBy));
  if (pid === undefined) return;
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { configFile = path, insecureRegistries } = readDockerdFlags(line.split('\0').slice(0, -1));
  if (configFile !== path) throw new EditRefused('readElsewhere', configFile);
  const flags = insecureRegistries.map((value) => `--insecure-registry=${value}`);
  if (flags.length > 0) throw new EditRefused('startedWithFlag', flags.join(' '));
}
