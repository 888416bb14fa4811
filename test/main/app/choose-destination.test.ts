import { describe, expect, it, vi } from 'vitest';
import { chooseDestination } from '../../../main/app/choose-destination.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';

const t = createTranslator('en');

describe('choosing where an image goes', () => {
  const answering = (filePath: string, canceled = false) => ({
    showSaveDialog: vi.fn(async (..._args: unknown[]) => ({ canceled, filePath })),
  });

  it.each([
    ['reg.test:5000/team/app:1.0', 'docker-archive', 'team-app-1.0.tar'],
    ['reg.test/app@sha256:00ff', 'oci', 'app-sha256-00ff.oci.tar'],
    ['reg.test/-/../x:1', 'oci', 'x-1.oci.tar'],
  ] as const)('%s as %s is called %s', async (subject, format, name) => {
    const dialog = answering('/home/ada/app.tar');
    const path = await chooseDestination(subject, format, t, dialog, undefined);
    expect(path).toBe('/home/ada/app.tar');
    expect(dialog.showSaveDialog.mock.calls[0]?.[0]).toMatchObject({ defaultPath: name });
  });

  it('answers with nothing when it was dismissed', async () => {
    const dismissed = chooseDestination('a/b:1', 'oci', t, answering('', true), undefined);
    expect(await dismissed).toBeNull();
  });
});
