import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SaveDialogOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseFile } from '../../../main/app/choose-file.ts';
import { saveFiles } from '../../../main/app/save-files.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';

const t = createTranslator('en');

describe('choosing a file', () => {
  const answering = (canceled: boolean, filePaths: string[]) => ({
    showOpenDialog: vi.fn(async (..._args: unknown[]) => ({ canceled, filePaths })),
  });

  it('answers with the path, and asks for files of the right kind', async () => {
    const dialog = answering(false, ['/home/ada/ca.pem']);
    expect(await chooseFile('authority', t, dialog, undefined)).toBe('/home/ada/ca.pem');
    expect(dialog.showOpenDialog.mock.calls[0]?.[0]).toMatchObject({
      filters: [{ extensions: expect.arrayContaining(['pem', 'p12']) }, { extensions: ['*'] }],
    });
  });

  it('answers with nothing when it was dismissed', async () => {
    expect(await chooseFile('client-key', t, answering(true, []), undefined)).toBeNull();
  });
});

describe('saving files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regent-save-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const saving = (filePath: string, canceled = false) => ({
    showSaveDialog: vi.fn(async (..._args: unknown[]) => ({ canceled, filePath })),
  });
  const script = { path: 'regent-trust-nas.sh', mode: '0755', content: '#!/bin/sh\n' };
  const role = [
    { path: 'tasks/main.yml', mode: '0644', content: 'tasks' },
    { path: 'defaults/main.yml', mode: '0644', content: 'defaults' },
  ];

  it('writes one file under the name that was chosen, with its mode', async () => {
    const path = join(folder, 'mine.sh');
    const dialog = saving(path);
    expect(await saveFiles([script], 'nas:5000', t, dialog, undefined)).toBe(path);
    const options = dialog.showSaveDialog.mock.calls[0]?.[0] as SaveDialogOptions;
    expect(options.defaultPath).toBe('regent-trust-nas.sh');
    expect(await readFile(path, 'utf8')).toBe(script.content);
    expect((await stat(path)).mode & 0o777).toBe(0o755);
  });

  it('writes several into a new folder, under a name that every system takes', async () => {
    const path = join(folder, 'role');
    const dialog = saving(path);
    expect(await saveFiles(role, 'nas.local:5000', t, dialog, undefined)).toBe(path);
    const options = dialog.showSaveDialog.mock.calls[0]?.[0] as SaveDialogOptions;
    expect(options.defaultPath).toBe('nas.local-5000');
    expect(await readFile(join(path, 'tasks/main.yml'), 'utf8')).toBe('tasks');
    expect(await readFile(join(path, 'defaults/main.yml'), 'utf8')).toBe('defaults');
  });

  it('mixes nothing into a folder that is there', async () => {
    const path = join(folder, 'role');
    await mkdir(path);
    await expect(saveFiles(role, 'nas', t, saving(path), undefined)).rejects.toMatchObject({
      code: 'FILE_FAILED',
      data: { reason: 'EEXIST' },
    });
    expect(await readdir(path)).toEqual([]);
  });

  it('writes nothing outside of the folder', async () => {
    const path = join(folder, 'role');
    const outside = [{ path: '../evil.sh', mode: '0755', content: '' }, ...role];
    await expect(saveFiles(outside, 'nas', t, saving(path), undefined)).rejects.toMatchObject({
      code: 'FILE_FAILED',
    });
    expect(await readdir(folder)).toEqual(['role']);
  });

  it('writes nothing when the dialog was dismissed', async () => {
    expect(await saveFiles([script], 'nas', t, saving('', true), undefined)).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });
});
