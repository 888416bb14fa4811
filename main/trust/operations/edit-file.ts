import type { Stats } from 'node:fs';
import { readFile, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkFile, checkFolder, statIfThere } from '../../platform/check-folder.ts';
import { removeLeftovers } from '../../platform/leftovers.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';
import { type Done, ForeignFile } from './done.ts';
import { checkCommandLine } from './engine-process.ts';
import { backupOf, type EditFile } from './operation.ts';
import { validateWithProgram } from './validate.ts';

interface Present {
  readonly text: string;
  readonly stat: Stats;
}

/** Reads a file that may be edited; undefined when there is none. @throws UnsafePath, NodeJS.ErrnoException */
async function readPresent(path: string): Promise<Present | undefined> {
  const stat = await statIfThere(path);
  if (!stat) return undefined;
  checkFile(path, stat);
  const bytes = await readFile(path);
  return { text: decode(bytes), stat };
}

/** UTF-8 or nothing: text that would not come back byte for byte is never edited. */
function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/**
 * Writes a text in the place of the one that was read, unless somebody has written there in the meantime.
 * @throws ForeignFile, NodeJS.ErrnoException
 */
async function rewrite(operation: EditFile, text: string, read?: Present): Promise<void> {
  const { path, mode } = operation;
  const options = read
    ? { mode: read.stat.mode & 0o7777, owner: { uid: read.stat.uid, gid: read.stat.gid } }
    : { mode };
  await writeAtomically(path, text, { ...options, check: () => checkUnchanged(path, read) });
}

async function checkUnchanged(path: string, read: Present | undefined): Promise<void> {
  const present = await readPresent(path);
  if (present?.text !== read?.text) throw new ForeignFile(path);
}

/**
 * Edits a file in place: everything else in it stays byte for byte, the text from before is kept beside it, and
 * the program it belongs to is asked first whether it would start with it.
 * @throws EditRefused, ForeignFile, ProgramFailed, UnsafePath, NodeJS.ErrnoException
 */
export async function putEdit(operation: EditFile): Promise<Done> {
  const { path, edit } = operation;
  await removeLeftovers(path);
  const present = await readPresent(path);
  if (present && edit.has(present.text)) return { path, status: 'already' };
  await checkCommandLine(operation);
  const after = edit.apply(present?.text ?? null);
  await validateWithProgram(operation, after);
  if (present) await keepBackup(path, present);
  await rewrite(operation, after, present);
  return { path, status: 'edited' };
}

/** The first text is the one to come back to, so a backup that is there stays. */
async function keepBackup(path: string, { text, stat }: Present): Promise<void> {
  const backup = backupOf(path);
  await removeLeftovers(backup);
  if (await statIfThere(backup)) return;
  const owner = { uid: stat.uid, gid: stat.gid };
  await writeAtomically(backup, text, { mode: stat.mode & 0o7777, owner });
}

/** The text to come back to, and whether it is the very one from before. */
export interface WayBack {
  /** Null: the file goes. */
  readonly text: string | null;
  readonly exact: boolean;
}

/**
 * Finds the way back of an edit: the text from before where the file is what Regent's edit makes of it, else
 * the present text without Regent's part.
 * @param kept the text that was kept; null when there was no file
 */
export function wayBack({ edit }: EditFile, present: string, kept: string | null): WayBack {
  const before = textBefore(edit, present, kept);
  const isExact = editsTo(edit, before, present) || wasCutOff(edit, before, present);
  if (isExact) return { text: before, exact: true };
  return { text: edit.revert(present), exact: false };
}

/** Another edit of Regent's may have kept a text that has this one in it already, of a file that was not there. */
function textBefore(edit: EditFile['edit'], present: string, kept: string | null): string | null {
  return kept !== null && kept !== present && edit.has(kept) ? null : kept;
}

function editsTo(edit: EditFile['edit'], before: string | null, present: string): boolean {
  try {
    return edit.apply(before) === present;
  } catch {
    return false;
  }
}

/** Whether an earlier way back was cut off after its interim text. */
function wasCutOff(edit: EditFile['edit'], before: string | null, present: string): boolean {
  try {
    return edit.interim?.(edit.apply(before)) === present;
  } catch {
    return false;
  }
}

/**
 * Takes an edit back. @param isLast whether no other trust of Regent's is in this file
 * @param reload called between the interim text and the last one, or at the end; told whether the wish is in the text
 * @throws EditRefused, UnsafePath, NodeJS.ErrnoException
 */
export async function takeBackEdit(
  operation: EditFile,
  isLast: boolean,
  reload: (holds: boolean) => Promise<void>,
): Promise<Done> {
  const { path, edit } = operation;
  if (!(await checkFolder(dirname(path)))) return { path, status: 'gone' };
  await removeLeftovers(path);
  await removeLeftovers(backupOf(path));
  const present = await readPresent(path);
  const backup = await readPresent(backupOf(path));
  const dropBackup = async () => {
    if (isLast) await rm(backupOf(path), { force: true });
  };
  const kept = backup?.text ?? null;
  const isHalfway = present && wasCutOff(edit, textBefore(edit, present.text, kept), present.text);
  if (!present || !(isHalfway || edit.has(present.text))) {
    await dropBackup();
    return { path, status: 'gone' };
  }
  const { text, exact } = wayBack(operation, present.text, kept);
  let current = present;
  try {
    if (edit.interim) {
      if (!isHalfway) current = await writeInterim(operation, edit.interim(present.text), present);
      await reload(false);
    }
  } finally {
    // The file comes back even when the program would not take it up: it will at its next start.
    await putBack(operation, text, current, exact ? backup : undefined);
    await dropBackup();
  }
  if (!edit.interim) await reload(text !== null && edit.has(text));
  if (text === null) return { path, status: 'removed' };
  return { path, status: exact ? 'restored' : 'kept' };
}

async function writeInterim(operation: EditFile, text: string, read: Present): Promise<Present> {
  await rewrite(operation, text, read);
  return { ...read, text };
}

/** Puts the old text in the place of the present one; rights that were tightened in the meantime stay so. */
async function putBack(
  operation: EditFile,
  text: string | null,
  current: Present,
  backup: Present | undefined,
): Promise<void> {
  if (text === null) {
    await checkUnchanged(operation.path, current);
    await unlink(operation.path);
    return;
  }
  const mode = current.stat.mode & (backup?.stat.mode ?? 0o7777);
  const stat = Object.assign(Object.create(current.stat), { mode });
  await rewrite(operation, text, { text: current.text, stat });
}
