import { rmdir, unlink } from 'node:fs/promises';
import { statIfThere } from '../../platform/check-folder.ts';
import type { Done } from './done.ts';
import { putEdit, takeBackEdit } from './edit-file.ts';
import { makeFolders, removeFolder } from './make-folders.ts';
import { backupOf, type Operation, type Reload } from './operation.ts';
import { putOwnFile, takeBackOwnFile } from './own-file.ts';
import { reload } from './reload.ts';
import { runProgram } from './run.ts';
import { putAside, takeBackAside } from './set-aside.ts';

/**
 * Carries out a consumer's operations in order. All or nothing: what was done before a failure is taken back.
 * @returns one line a path; commands leave none
 * @throws UnsafePath, ForeignFile, EditRefused, ProgramFailed, NodeJS.ErrnoException
 */
export async function carryOut(operations: readonly Operation[]): Promise<readonly Done[]> {
  const done: Done[] = [];
  const undo: (() => Promise<unknown>)[] = [];
  const note = (one: Done) => {
    done.push(one);
    if (one.status === 'created') undo.push(() => rmdir(one.path));
  };
  try {
    for (const operation of operations) {
      if ('folders' in operation) {
        await makeFolders(operation.folders, operation.folderMode, note);
      }
      await carryOutOne(operation, done, undo, reloadsOf(operations));
    }
    return done;
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw error;
  }
}

async function carryOutOne(
  operation: Operation,
  done: Done[],
  undo: (() => Promise<unknown>)[],
  reloads: readonly Reload[],
): Promise<void> {
  const isChanged = done.some(({ status }) => status !== 'already' && status !== 'created');
  switch (operation.kind) {
    case 'own-file': {
      const one = await putOwnFile(operation);
      done.push(one);
      if (one.status === 'written') undo.push(() => unlink(operation.path));
      return;
    }
    case 'edit': {
      const earlier = await statIfThere(backupOf(operation.path));
      const one = await putEdit(operation);
      done.push(one);
      if (one.status === 'edited') {
        undo.push(async () => {
          // A copy from before that an earlier trust needs stays; one that was made just now goes.
          await takeBackEdit(operation, earlier === undefined, () => reloadBack(reloads));
        });
      }
      return;
    }
    case 'set-aside': {
      const one = await putAside(operation.path);
      done.push(one);
      if (one.status === 'aside') undo.push(() => takeBackAside(operation.path));
      return;
    }
    case 'reload':
      if (isChanged) await reload(operation, operation.insecure);
      return;
    case 'run':
      if (isChanged) {
        const { back } = operation;
        if (back) undo.push(() => runProgram(back));
        await runProgram(operation.argv);
      }
  }
}

/** What of a consumer's operations is to be taken back. */
export interface TakeBack {
  /** Paths that Regent changed; others of the same operations stay as they are. */
  readonly paths: readonly string[];
  /** Folders that Regent made and that may go once they are empty. */
  readonly folders: readonly string[];
  /** Whether no other trust of Regent's is in the edited files. */
  readonly isLast: boolean;
}

/**
 * Takes a consumer's operations back, the last one first; commands follow the files.
 * @throws UnsafePath, EditRefused, ProgramFailed, NodeJS.ErrnoException
 */
export async function takeBack(
  operations: readonly Operation[],
  { paths, folders, isLast }: TakeBack,
): Promise<readonly Done[]> {
  const done: Done[] = [];
  const reloads = reloadsOf(operations);
  for (const operation of operations.toReversed()) {
    if (operation.kind === 'reload' || operation.kind === 'run') continue;
    if (!paths.includes(operation.path)) continue;
    done.push(await takeBackOne(operation, isLast, () => reloadBack(reloads)));
  }
  const isChanged = done.some(({ status }) => status !== 'gone');
  for (const operation of operations) {
    if (operation.kind === 'run' && operation.back && isChanged) await runProgram(operation.back);
  }
  const onTheWay = operations.flatMap((one) => ('folders' in one ? one.folders : []));
  for (const path of [...new Set(onTheWay)].sort((a, b) => b.length - a.length)) {
    if (folders.includes(path)) done.push(await removeFolder(path));
  }
  return done;
}

async function takeBackOne(
  operation: Exclude<Operation, { kind: 'reload' | 'run' }>,
  isLast: boolean,
  reloadBetween: () => Promise<void>,
): Promise<Done> {
  switch (operation.kind) {
    case 'own-file':
      return takeBackOwnFile(operation);
    case 'edit':
      return takeBackEdit(operation, isLast, reloadBetween);
    case 'set-aside':
      return takeBackAside(operation.path);
  }
}

function reloadsOf(operations: readonly Operation[]): readonly Reload[] {
  return operations.filter((operation) => operation.kind === 'reload');
}

async function reloadBack(reloads: readonly Reload[]): Promise<void> {
  for (const operation of reloads) await reload(operation, !operation.insecure);
}
