import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ForeignFile } from '../../../../main/trust/operations/done.ts';
import { putEdit, takeBackEdit } from '../../../../main/trust/operations/edit-file.ts';
import type { BoundEdit, EditFile } from '../../../../main/trust/operations/operation.ts';

describe('an edit of somebody else’s file', () => {
  let root: string;
  let path: string;
  const never = () => Promise.reject(new Error('nothing is reloaded here'));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'edit-'));
    path = join(root, 'settings');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Adds a line of Regent's at the end. */
  const added: BoundEdit = {
    apply: (text) => (text?.includes('regent\n') ? text : `${text ?? ''}regent\n`),
    revert: (text) => text.replace('regent\n', '') || null,
    has: (text) => text.includes('regent\n'),
  };
  const operation = (edit: BoundEdit = added): EditFile => ({
    ...{ kind: 'edit', path, folders: [root], folderMode: 0o755, mode: 0o644, edit },
  });
  const back = (edit: BoundEdit = added, reload: () => Promise<void> = async () => undefined) =>
    takeBackEdit(operation(edit), true, reload);

  it('keeps the text from before beside it, and brings it back', async () => {
    writeFileSync(path, 'mine\n', { mode: 0o640 });
    expect(await putEdit(operation())).toEqual({ path, status: 'edited' });
    expect(readFileSync(path, 'utf8')).toBe('mine\nregent\n');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(statSync(`${path}.before-regent`).mode & 0o777).toBe(0o640);
    expect(await putEdit(operation())).toEqual({ path, status: 'already' });
    expect(await back()).toEqual({ path, status: 'restored' });
    expect(readFileSync(path, 'utf8')).toBe('mine\n');
    expect(existsSync(`${path}.before-regent`)).toBe(false);
  });

  it('makes the file where there is none, and removes it again', async () => {
    await putEdit(operation());
    expect(await back()).toEqual({ path, status: 'removed' });
    expect(existsSync(path)).toBe(false);
    expect(await back()).toEqual({ path, status: 'gone' });
  });

  it('loses nothing that somebody writes between the reading and the writing', async () => {
    writeFileSync(path, 'mine\n');
    const late: BoundEdit = {
      ...added,
      apply: (text) => {
        writeFileSync(path, 'mine\nand more\n');
        return added.apply(text);
      },
    };
    await expect(putEdit(operation(late))).rejects.toBeInstanceOf(ForeignFile);
    expect(readFileSync(path, 'utf8')).toBe('mine\nand more\n');
  });

  it('loses nothing that somebody writes while the program reloads', async () => {
    writeFileSync(path, 'mine\n');
    await putEdit(operation());
    const withInterim: BoundEdit = { ...added, interim: () => 'interim\n' };
    const reload = async () => writeFileSync(path, 'theirs\n');
    await expect(back(withInterim, reload)).rejects.toBeInstanceOf(ForeignFile);
    expect(readFileSync(path, 'utf8')).toBe('theirs\n');
  });

  it('takes only Regent’s part away from what others have changed since', async () => {
    writeFileSync(path, 'mine\n');
    await putEdit(operation());
    writeFileSync(path, 'mine, changed\nregent\n');
    expect(await back()).toEqual({ path, status: 'kept' });
    expect(readFileSync(path, 'utf8')).toBe('mine, changed\n');
  });

  it('leaves rights that were tightened in the meantime', async () => {
    writeFileSync(path, 'mine\n', { mode: 0o644 });
    await putEdit(operation());
    chmodSync(path, 0o600);
    await back();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('brings the text back even when the program can’t be told', async () => {
    writeFileSync(path, 'mine\n');
    await putEdit(operation());
    const withInterim: BoundEdit = { ...added, interim: () => 'interim\n' };
    await expect(back(withInterim, never)).rejects.toThrow('nothing is reloaded');
    expect(readFileSync(path, 'utf8')).toBe('mine\n');
  });
});
