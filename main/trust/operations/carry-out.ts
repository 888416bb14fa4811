import { rmdir, unlink } from 'node:fs/promises';
import { statIfThere } from '../../platform/check-folder.ts';
import type { Done } from './done.ts';
import { putEdit, takeBackEdit } from './edit-file.ts';
import { makeFolders, removeFolder } from './make-folders.ts';
import { asideOf, backupOf, type Operation, type Reload } from './operation.ts';
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
          await takeBackEdit(operation, earlier === undefined, (holds) =>
            reloadBack(reloads, holds),
          );
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
  const changed = operations
    .toReversed()
    .filter((one) => one.kind !== 'reload' && one.kind !== 'run')
    .filter(({ path }) => paths.includes(path));
  const covered = await findCovered(changed);
  for (const operation of changed) {
    if (operation.kind === 'set-aside') continue;
    const isGone = covered.some((path) => operation.path.startsWith(`${path}/`));
    done.push(
      isGone
        ? { path: operation.path, status: 'gone' }
        : await takeBackOne(operation, isLast, (holds) => reloadBack(reloads, holds)),
    );
  }
  const isChanged = done.some(({ status }) => status !== 'gone');
  for (const operation of operations) {
    if (operation.kind === 'run' && operation.back && isChanged) await runProgram(operation.back);
  }
  const onTheWay = operations.flatMap((one) => ('folders' in one ? one.folders : []));
  for (const path of [...new Set(onTheWay)].sort((a, b) => b.length - a.length)) {
    if (folders.includes(path) && !covered.includes(path)) done.push(await removeFolder(path));
  }
  // A file that stood where a folder had to be gets its place back once the folder is gone.
  for (const { kind, path } of changed) {
    if (kind === 'set-aside') done.push(await takeBackAside(path));
  }
  return done;
}

/** Paths that have what was put aside there back already, after a way back that was cut off: nothing of Regent's is below. */
async function findCovered(operations: readonly Operation[]): Promise<readonly string[]> {
  const covered: string[] = [];
  for (const one of operations) {
    if (one.kind === 'set-aside' && !(await statIfThere(asideOf(one.path)))) covered.push(one.path);
  }
  return covered;
}

async function takeBackOne(
  operation: Extract<Operation, { kind: 'own-file' | 'edit' }>,
  isLast: boolean,
  reloadBetween: (holds: boolean) => Promise<void>,
): Promise<Done> {
  return operation.kind === 'own-file'
    ? takeBackOwnFile(operation)
    : takeBackEdit(operation, isLast, reloadBetween);
}

function reloadsOf(operations: readonly Operation[]): readonly Reload[] {
  return operations.filter((operation) => operation.kind === 'reload');
}

/** @param holds whether what was wished of the engine is in its settings after all */
async function reloadBack(reloads: readonly Reload[], holds: boolean): Promise<void> {
  for (const operation of reloads) await reload(operation, operation.insecure === holds);
}
