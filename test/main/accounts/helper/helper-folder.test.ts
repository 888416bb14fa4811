import { describe, expect, it } from 'vitest';
import { chooseHelperFolder } from '../../../../main/accounts/helper/helper-folder.ts';

describe('the helper’s folder on Windows', () => {
  const choose = (path: string) =>
    chooseHelperFolder({
      ...{ home: '/Users/ada', path, isRoot: false, systemFolder: '', platform: 'win32' },
    });

  it('is the one that the system has on every user’s PATH, in whatever case', async () => {
    const folder = '/users/ADA/AppData/Local/Microsoft/WindowsApps';
    expect(await choose(`/windows:${folder}`)).toBe(folder);
  });

  it('is the same where somebody took that out', async () => {
    expect(await choose('/windows')).toBe('/Users/ada/AppData/Local/Microsoft/WindowsApps');
  });
});
