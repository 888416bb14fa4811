import { readFile } from 'node:fs/promises';
import type { Change } from '../../../shared/model/change.ts';
import { statIfThere } from '../../platform/check-folder.ts';
import { changedLines } from './changed-lines.ts';
import { ForeignFile } from './done.ts';
import { wayBack } from './edit-file.ts';
import { checkCommandLine, findEngine } from './engine-process.ts';
import { asideOf, backupOf, type EditFile, type Operation, type OwnFile } from './operation.ts';

/**
 * The exact changes that operations would make now, in order; none where all is so already. Reads only.
 * @throws ForeignFile, EditRefused, NodeJS.ErrnoException
 */
export async function describeOperations(
  operations: readonly Operation[],
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  const aside = new Set<string>();
  for (const operation of operations) {
    if (operation.kind === 'set-aside') aside.add(operation.path);
    const made = await describeOperation(operation, changes, aside);
    if ('folders' in operation && made.length > 0) {
      changes.push(...(await missingFolders(operation, changes, aside)));
    }
    changes.push(...made);
  }
  return changes;
}

async function describeOperation(
  operation: Operation,
  before: readonly Change[],
  aside: ReadonlySet<string>,
): Promise<readonly Change[]> {
  switch (operation.kind) {
    case 'own-file':
      return aside.has(operation.path) ? writing(operation) : describeOwnFile(operation);
    case 'edit':
      return describeEdit(operation, aside);
    case 'set-aside': {
      const { path } = operation;
      const isThere = await statIfThere(path).catch(() => null);
      return isThere === undefined ? [] : [{ kind: 'set-aside', path, to: asideOf(path) }];
    }
    case 'reload': {
      const pid = before.length > 0 ? await findEngine(operation) : undefined;
      return pid === undefined ? [] : [{ kind: 'run', argv: ['kill', '-HUP', String(pid)] }];
    }
    case 'run':
      return before.length > 0 ? [{ kind: 'run', argv: operation.argv }] : [];
  }
}

async function describeOwnFile(operation: OwnFile): Promise<readonly Change[]> {
  const { path, content } = operation;
  // A folder that can't be looked into is there; the elevated step will see what is in it.
  const stat = await statIfThere(path).catch(() => undefined);
  if (!stat) return writing(operation);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined && text !== content) throw new ForeignFile(path);
  return [];
}

function writing({ path, mode, content, secret }: OwnFile): readonly Change[] {
  return secret
    ? [{ kind: 'write-secret', path, mode: octal(mode) }]
    : [{ kind: 'write-file', path, mode: octal(mode), content: content ?? '' }];
}

async function describeEdit(
  operation: EditFile,
  aside: ReadonlySet<string>,
): Promise<readonly Change[]> {
  const { path, mode, edit } = operation;
  const before = aside.has(path) ? null : await readText(path);
  if (before !== null && edit.has(before)) return [];
  await checkCommandLine(operation);
  const after = edit.apply(before);
  return [editing(path, mode, before, after)];
}

function editing(path: string, mode: number, before: string | null, after: string): Change {
  const base = { kind: 'edit-file', path, mode: octal(mode) } as const;
  return before === null
    ? { ...base, line: 1, before, after }
    : { ...base, ...changedLines(before, after) };
}

/** Null where there is no such file. @throws NodeJS.ErrnoException where it can't be read */
async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function missingFolders(
  { folders, folderMode }: OwnFile | EditFile,
  before: readonly Change[],
  aside: ReadonlySet<string>,
): Promise<readonly Change[]> {
  const planned = before.flatMap((change) =>
    change.kind === 'create-directory' ? [change.path] : [],
  );
  const missing: Change[] = [];
  for (const path of folders) {
    if (planned.includes(path)) continue;
    const stat = await statIfThere(path).catch(() => null);
    if (stat === undefined || aside.has(path)) {
      missing.push({ kind: 'create-directory', path, mode: octal(folderMode) });
    }
  }
  return missing;
}

/**
 * What taking operations back would change now. Reads only.
 * @param paths those that Regent changed
 * @throws EditRefused, NodeJS.ErrnoException
 */
export async function describeTakeBack(
  operations: readonly Operation[],
  paths: readonly string[],
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const operation of operations.toReversed()) {
    if (operation.kind === 'reload' || operation.kind === 'run') continue;
    if (paths.includes(operation.path)) changes.push(...(await describeReturn(operation)));
  }
  if (changes.length === 0) return [];
  for (const operation of operations) {
    if (operation.kind === 'run' && operation.back) {
      changes.push({ kind: 'run', argv: operation.back });
    }
    const pid = operation.kind === 'reload' ? await findEngine(operation) : undefined;
    if (pid !== undefined) changes.push({ kind: 'run', argv: ['kill', '-HUP', String(pid)] });
  }
  return changes;
}

async function describeReturn(
  operation: Exclude<Operation, { kind: 'reload' | 'run' }>,
): Promise<readonly Change[]> {
  const { path } = operation;
  switch (operation.kind) {
    case 'own-file':
      return (await statIfThere(path).catch(() => null)) === undefined
        ? []
        : [{ kind: 'remove', path }];
    case 'set-aside':
      return [{ kind: 'set-aside', path: asideOf(path), to: path }];
    case 'edit': {
      const before = await readText(path);
      if (before === null || !operation.edit.has(before)) return [];
      const { text } = wayBack(operation, before, await readText(backupOf(path)));
      return text === null
        ? [{ kind: 'remove', path }]
        : [editing(path, operation.mode, before, text)];
    }
  }
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
