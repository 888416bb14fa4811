import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeHome, type TestHome } from './test-home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(() => rm(home.root, { recursive: true }));

describe('whether the helper is installed', () => {
  it('is told by its file alone', async () => {
    const asked = join(home.root, 'asked');
    await home.program('docker-credential-other', `echo x >> '${asked}'; echo '{}'`);
    await mkdir(dirname(home.config), { recursive: true });
    await writeFile(home.config, '{"credHelpers":{"o":"other"}}');
    expect(await home.open().isInstalled()).toBe(false);
    await home.open().helperInstall();
    await rm(asked);
    expect(await home.open().isInstalled()).toBe(true);
    await writeFile(home.config, 'no settings');
    expect(await home.open().isInstalled()).toBe(true);
    await expect(rm(asked), 'no other helper was started').rejects.toThrow('ENOENT');
  });
});
