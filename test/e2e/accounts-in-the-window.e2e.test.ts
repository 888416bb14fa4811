import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allowSudo,
  describeWithLab,
  type LabDisplay,
  type LabKeychain,
  type LabRegistry,
  runOrThrow,
  seedImages,
  sharedEngine,
  startDisplay,
  startRegistry,
} from '../lab/index.ts';
import { filesWithSecret, type SecretLogin, watchProcesses } from './secrets.ts';
import { keychainOf, openTerminal, type Terminal } from './terminal.ts';
import { giveTwoUsers, type TwoUsers } from './two-users.ts';
import { openWindow, type RegentWindow } from './window.ts';

describeWithLab(
  'accounts in the window',
  ['engine', 'registry', 'keychain', 'sudo', 'display'],
  () => {
    let registry: LabRegistry;
    let users: TwoUsers;
    let keychain: LabKeychain;
    let display: LabDisplay;
    let terminal: Terminal;
    let regent: RegentWindow;
    let home: string;
    let watched: ReturnType<typeof watchProcesses>;
    let changed: SecretLogin;
    const button = (name: string | RegExp) =>
      regent.page.getByRole('button', { name, exact: true });
    const part = (name: string) => regent.page.getByRole('region', { name });
    const card = () => regent.page.getByRole('article', { name: registry.address });
    const pull = async () => {
      const image = `${registry.address}/team/hello:1.0`;
      const { status, stderr } = await terminal.program(['docker', 'pull', '-q', image]);
      return status === 0 ? 'pulled' : stderr;
    };
    const typePassword = async ({ password }: SecretLogin) => {
      await regent.page.getByLabel('Password or token').fill(password);
      await regent.page.keyboard.press('Enter');
      await expect.poll(() => regent.page.getByRole('dialog').count()).toBe(0);
    };

    beforeAll(async () => {
      await sharedEngine();
      registry = await startRegistry('tls-login');
      await seedImages(registry);
      users = giveTwoUsers(registry);
      changed = { ...users.ada, password: randomBytes(12).toString('base64url') };
      await users.allow(users.ada, users.bob);
      const user = await allowSudo();
      keychain = await keychainOf(user);
      display = await startDisplay();
      terminal = await openTerminal(user, keychain);
      home = terminal.env.HOME ?? '';
      const ca = join(home, 'ca.crt');
      writeFileSync(ca, registry.caPem);
      const trust = ['trust', registry.address, '--ca', ca, '--consumer', 'docker-engine'];
      const trusted = await terminal.regent([...trust, '--json']);
      expect(trusted.status, trusted.stderr + trusted.stdout).toBe(0);
      // With an entry in it, docker chooses no helper by itself: its logins stand there in plain text.
      mkdirSync(join(home, '.docker'), { mode: 0o700 });
      const config = join(home, '.docker', 'config.json');
      writeFileSync(config, '{"auths":{"elsewhere.test":{}}}\n', { mode: 0o600 });
      await runOrThrow(['chown', '-R', `${user.uid}:${user.gid}`, join(home, '.docker')]);
      const login = ['docker', 'login', registry.address, '-u', users.ada.username];
      await terminal.program([...login, '--password-stdin'], users.ada.password);
      expect(filesWithSecret(users.ada, [home])).toEqual([config]);
      watched = watchProcesses(users.ada, users.bob, changed);
      regent = await openWindow(terminal, { display });
    });
    afterAll(async () => {
      await regent?.close();
      await terminal?.regent(['untrust', '--all']);
      await display?.stop();
      await keychain?.stop();
      await registry?.stop();
    });

    it('shows the login that docker keeps in plain text', async () => {
      await regent.page.getByRole('link', { name: 'Accounts', exact: true }).click();
      await regent.page.getByRole('heading', { name: 'No logins yet' }).waitFor();
      const found = part('Logins in other places');
      await found.getByText('readable as plain text').waitFor();
      const name = `${registry.address}, ${users.ada.username}`;
      expect(await found.getByRole('checkbox', { name }).isChecked()).toBe(true);
      await regent.look('accounts-1-found');
    });

    it('takes it over with one click: docker pulls as before, and the plain text is gone', async () => {
      await button('Import 1 login').click();
      await part('Logins in other places').getByText('imported, plain text removed').waitFor();
      expect(filesWithSecret(users.ada, [home])).toEqual([]);
      expect(await pull()).toBe('pulled');
      await card()
        .getByRole('list', { name: 'Used by' })
        .getByText('docker', { exact: true })
        .waitFor();
      await regent.look('accounts-2-imported');
    });

    it('takes a second account, which docker uses from then on', async () => {
      await button(`Add another account for ${registry.address}`).click();
      await regent.page.getByRole('dialog').getByLabel('User').fill(users.bob.username);
      await typePassword(users.bob);
      await button(`Use ${users.ada.username} for ${registry.address}`).waitFor();
      await users.allow(users.bob);
      expect(await pull()).toBe('pulled');
    });

    it('switches the account that docker uses', async () => {
      await users.allow(users.ada);
      expect(await pull()).toContain('unauthorized');
      await button(`Use ${users.ada.username} for ${registry.address}`).click();
      await button(`Use ${users.bob.username} for ${registry.address}`).waitFor();
      expect(await pull()).toBe('pulled');
      await regent.look('accounts-3-two');
    });

    it('asks the registry about an account, and says that it refuses it', async () => {
      await button(`Check whether ${registry.address} still takes ${users.bob.username}`).click();
      await card().getByText('The registry refused it').waitFor();
      await regent.look('accounts-4-refused');
      await regent.resize(900, 600);
      await regent.look('accounts-5-small');
      await regent.resize(1280, 800);
    });

    it('offers to sign in again where a changed password gets in the way, and goes on', async () => {
      await regent.page.getByRole('link', { name: 'Registries', exact: true }).click();
      const paste = regent.page.getByRole('textbox', { name: /^Paste an address/ });
      await paste.fill(registry.address);
      await regent.page.keyboard.press('Enter');
      await button('Browse').click();
      const list = regent.page.getByRole('grid', { name: /Repositories/ });
      await list.getByRole('row', { name: /team\/hello/ }).waitFor();
      await users.allow(changed);
      await regent.page.keyboard.press('r');
      const note = regent.page.getByRole('main').getByRole('alert');
      await note.getByText(`did not accept user ${users.ada.username}`).waitFor();
      await regent.look('accounts-6-in-the-way');
      await note.getByRole('button', { name: 'Sign in again' }).click();
      await regent.look('accounts-7-sign-in-again');
      await typePassword(changed);
      await list.getByRole('row', { name: /team\/hello/ }).waitFor();
      expect(await pull()).toBe('pulled');
    });

    it('signs out of one account; docker is no longer let in', async () => {
      await regent.page.getByRole('link', { name: 'Accounts', exact: true }).click();
      await button(`More for ${users.ada.username} at ${registry.address}`).click();
      await regent.page.getByRole('menuitem', { name: 'Sign out…' }).click();
      await regent.look('accounts-8-sign-out');
      await regent.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
      await card().getByText('No account of this registry is in use.').waitFor();
      expect(await pull()).not.toBe('pulled');
    });

    it('uninstalls the helper, and docker’s settings no longer name it', async () => {
      await button('Uninstall…').click();
      await regent.page.getByRole('alertdialog').getByRole('button', { name: 'Uninstall' }).click();
      await part('Credential helper').getByText('Not installed').waitFor();
      const text = await runOrThrow(['cat', join(home, '.docker', 'config.json')]);
      const { auths, ...others } = JSON.parse(text) as { readonly auths: object };
      expect(others).toEqual({});
      // An empty entry is how docker notes a registry whose login a helper keeps.
      expect(Object.values(auths)).toEqual([{}, {}]);
    });

    describe('and all the while', () => {
      it('the page broke no rule of its content security policy', async () => {
        expect(await regent.violations()).toEqual([]);
      });

      it('no secret came to the page, into an argument, an environment or a file', async () => {
        const shown = await regent.page.evaluate(() =>
          [
            document.documentElement.outerHTML,
            ...[...document.querySelectorAll('input')].map((input) => input.value),
          ].join('\n'),
        );
        const received = await regent.received();
        for (const login of [users.ada, users.bob, changed]) {
          expect(received + shown).not.toContain(login.password);
          expect(filesWithSecret(login, [home, '/tmp', '/etc/docker'])).toEqual([]);
        }
        expect(received).toContain(users.bob.username);
        expect(watched.stop()).toEqual([]);
      });
    });
  },
);
