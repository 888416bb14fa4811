import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeUnless,
  type LabDisplay,
  type LabKeychain,
  startDisplay,
  startKeychain,
  startUnlockDialog,
  type UnlockDialog,
  whyLabMissing,
} from '../../lab/index.ts';
import { type HelperUser, helperBuilds, makeHelperUser, storeLine } from './run-helper.ts';

for (const build of helperBuilds) {
  describeUnless(
    whyLabMissing(['keychain', 'display', 'unlock-dialog']) ?? build.why,
    `docker-credential-regent, ${build.name}, and the desktop’s dialog for a locked keychain`,
    () => {
      let display: LabDisplay;
      let keychain: LabKeychain;
      let user: HelperUser;
      let dialog: UnlockDialog;
      const login = {
        status: 0,
        stdout: `${JSON.stringify({ ServerURL: 'h:1', Username: 'ada', Secret: 'pw' })}\n`,
        stderr: '',
      };
      const silent = { status: 0, stdout: '', stderr: '' };
      const locked = {
        status: 1,
        stdout: expect.stringMatching(/^The keychain is locked, .*Unlock the keychain/),
        stderr: '',
      };

      beforeAll(async () => {
        display = await startDisplay();
        keychain = await startKeychain();
        user = makeHelperUser(keychain.env, build);
      });
      beforeEach(async () => {
        await keychain.unlock();
        await user.call('store', storeLine('h:1', 'ada', 'pw'));
        await keychain.lock();
        dialog = await startUnlockDialog(keychain, display);
      });
      afterEach(() => dialog.stop());
      afterAll(async () => {
        await keychain.stop();
        await display.stop();
      });

      it('gives the login once somebody has typed the password', async () => {
        const got = user.call('get', 'h:1');
        await dialog.type(keychain.password);
        expect(await got).toEqual(login);
        // Unlocked is unlocked: nobody is asked twice.
        expect(await user.call('get', 'h:1')).toEqual(login);
      });

      it('erases once somebody has typed the password', async () => {
        const erased = user.call('erase', 'h:1');
        await dialog.type(keychain.password);
        expect(await erased).toEqual(silent);
        expect((await user.call('list')).stdout).toBe('{}\n');
      });

      it('stores once somebody has typed the password', async () => {
        const stored = user.call('store', storeLine('h:1', 'ada', 'new'));
        await dialog.type(keychain.password);
        expect(await stored).toEqual(silent);
        expect((await user.call('get', 'h:1')).stdout).toContain('"new"');
      });

      it('says that the keychain is locked when the dialog is closed', async () => {
        const got = user.call('get', 'h:1');
        await dialog.cancel();
        expect(await got).toEqual(locked);
      });
    },
  );
}
