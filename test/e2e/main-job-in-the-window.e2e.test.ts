import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabDisplay,
  type LabKeychain,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
  startDisplay,
  startPolkit,
} from '../lab/index.ts';
import { answerQuestion } from './native-question.ts';
import { filesWithSecret, watchProcesses } from './secrets.ts';
import { keychainOf, openTerminal, type Terminal } from './terminal.ts';
import { openWindow, type RegentWindow } from './window.ts';

describeWithLab(
  'the main job in the window',
  ['engine', 'registry', 'keychain', 'polkit', 'display'],
  () => {
    let registry: SharedRegistry;
    let keychain: LabKeychain;
    let display: LabDisplay;
    let terminal: Terminal;
    let regent: RegentWindow;
    let etcDocker: readonly string[];
    let processes: ReturnType<typeof watchProcesses>;
    const docker = (...args: readonly string[]) => terminal.program(['docker', ...args]);
    const button = (name: string | RegExp) => regent.page.getByRole('button', { name });
    const step = (name: string) => regent.page.getByRole('region', { name });

    beforeAll(async () => {
      await sharedEngine();
      registry = await sharedRegistry('tls-login');
      const user = await startPolkit();
      keychain = await keychainOf(user);
      display = await startDisplay();
      terminal = await openTerminal(user, keychain);
      etcDocker = snapshotTree('/etc/docker');
      processes = watchProcesses(registry);
      regent = await openWindow(terminal, { display });
    });
    afterAll(async () => {
      await regent?.close();
      await display?.stop();
      await keychain?.stop();
    });

    it('begins with one field, the engine it found, and a demo to try', async () => {
      await regent.page.getByRole('heading', { name: 'Welcome to Regent' }).waitFor();
      await button('Try it with a demo registry').waitFor();
      await regent.page.getByRole('main').getByText('Found Docker Engine').waitFor();
      await regent.look('1-first-run');
    });

    it('takes a pasted docker pull line and shows step by step what it found', async () => {
      await regent.page
        .getByRole('textbox', { name: 'Paste an address or a pull command' })
        .fill(`docker pull ${registry.address}/team/big:1.0`);
      await regent.page.keyboard.press('Enter');
      const steps = regent.page.getByRole('list', { name: 'What was found' });
      await steps.getByText('Certificate not trusted by Docker').waitFor();
      await steps.getByText('Asks for user and password').waitFor();
    });

    it('shows the certificate and exactly what will be written, before it is', async () => {
      const certificate = step('Certificate');
      await certificate.getByText('Regent will change').waitFor();
      await certificate
        .getByRole('listitem')
        .filter({ hasText: 'Docker Engine' })
        .locator('summary')
        .first()
        .click();
      await certificate
        .getByText(`/etc/docker/certs.d/${registry.address}/regent-`)
        .first()
        .waitFor();
      expect(snapshotTree('/etc/docker')).toEqual(etcDocker);
      await regent.look('2-certificate');
    });

    it('compares a fingerprint that was given, and refuses to trust another one', async () => {
      const given = step('Certificate').getByRole('textbox');
      await given.fill('ab'.repeat(32));
      await step('Certificate').getByText('Does not match').waitFor();
      expect(await button('Trust this certificate').isDisabled()).toBe(true);
      await given.fill(registry.leafSha256);
      await step('Certificate').getByText('Match: it is the same certificate').waitFor();
    });

    it('leaves everything alone when the question of the main process is declined', async () => {
      await answerQuestion(regent, 1);
      await button('Trust this certificate').click();
      await regent.page.getByText('Nothing was changed.').waitFor();
      expect(snapshotTree('/etc/docker')).toEqual(etcDocker);
    });

    it('trusts after one confirmation that repeats host, fingerprint and files', async () => {
      const asked = await answerQuestion(regent, 0);
      await button('Trust this certificate').click();
      await step('Sign in').getByLabel('User').waitFor();
      const question = await asked();
      expect(question.message).toContain(registry.address);
      const shown = question.detail.replaceAll(':', '').toLowerCase();
      expect([registry.leafSha256, registry.caSha256].some((one) => shown.includes(one))).toBe(
        true,
      );
      expect(question.detail).toContain(`/etc/docker/certs.d/${registry.address}/regent-`);
      await regent.look('3-sign-in');
    });

    it('says that a wrong password is wrong, and stays', async () => {
      await step('Sign in').getByLabel('User').fill(registry.username);
      await step('Sign in').getByLabel('Password or token').fill('not the password');
      await button('Sign in').click();
      await step('Sign in').getByRole('alert').waitFor();
      await regent.look('4-wrong-password');
    });

    it('signs in, for the docker command line too, and has the engine prove each way in', async () => {
      await step('Sign in').getByLabel('User').fill(registry.username);
      await step('Sign in').getByLabel('Password or token').fill(registry.password);
      await button('Sign in').click();
      const byEngine = step('Proof').getByRole('row', { name: /^Docker Engine/ });
      // Signing in, pulling and building; a push would write into the registry.
      await expect
        .poll(() => byEngine.getByText('proven', { exact: true }).count(), { timeout: 60_000 })
        .toBe(3);
      expect(await byEngine.getByText('not proven', { exact: true }).count()).toBe(1);
      await regent.look('5-proof');
    });

    it('pulls what was pasted, layer by layer, to a clear end with its digest', async () => {
      await button('Pull team/big:1.0').click();
      const tasks = regent.page.getByRole('region', { name: 'Tasks' });
      await tasks.getByText('Pulled', { exact: true }).waitFor();
      await tasks.getByText(registry.images['team/big:1.0'].digest.slice(7, 19)).first().waitFor();
      await regent.look('6-pulled');
      await button('Close tasks').click();
    });

    it('browses repositories and tags with digest, platforms and size', async () => {
      await regent.page.getByRole('link', { name: registry.address }).first().click();
      const repositories = regent.page.getByRole('grid', { name: /Repositories/ });
      await repositories.getByRole('row', { name: /team\/multi/ }).waitFor();
      await regent.look('7-repositories');
      await repositories.getByRole('row', { name: /team\/multi/ }).click();
      const row = regent.page
        .getByRole('grid', { name: /Tags/ })
        .getByRole('row', { name: /1\.0/ });
      await row.getByText('amd64').waitFor();
      await row.getByText(registry.images['team/multi:1.0'].digest.slice(7, 19)).waitFor();
      await regent.look('8-tags');
    });

    it('the plain docker command line now pulls with no docker login', async () => {
      const pulled = await docker('pull', `${registry.address}/team/hello:1.0`);
      expect(pulled.stderr).toBe('');
      expect(pulled.status).toBe(0);
    });

    it('shows every other screen without a complaint of axe, also small and in other languages', async () => {
      await regent.page.getByRole('link', { name: 'Local images' }).click();
      await regent.page.getByRole('grid', { name: /images/i }).waitFor();
      await regent.look('9-local-images');
      await regent.page.getByRole('link', { name: 'Settings' }).click();
      await regent.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
      await regent.look('10-settings');
      const language = regent.page.getByRole('combobox', { name: 'Language' });
      await language.selectOption('ko');
      await regent.page.getByRole('heading', { level: 1, name: '설정' }).waitFor();
      await regent.look('11-settings-ko');
      await regent.page.getByRole('combobox').first().selectOption('pl');
      await regent.page.getByRole('heading', { level: 1, name: 'Ustawienia' }).waitFor();
      await regent.look('12-settings-pl');
      await regent.page.getByRole('combobox').first().selectOption('en');
      await regent.resize(900, 600);
      await regent.look('13-settings-small');
    });

    it('stops trusting on request: /etc/docker is byte for byte what it was, docker refuses again', async () => {
      await regent.page.getByRole('link', { name: 'Trust', exact: true }).click();
      await regent.look('14-trust');
      await button(`Stop trusting ${registry.address}`).click();
      await regent.look('15-undo');
      await regent.page
        .getByRole('alertdialog')
        .getByRole('button', { name: 'Stop trusting', exact: true })
        .click();
      await regent.page.getByText('Not trusted any more.').waitFor();
      await regent.look('16-untrusted');
      expect(snapshotTree('/etc/docker')).toEqual(etcDocker);
      const pulled = await docker('pull', `${registry.address}/team/hello:1.0`);
      expect(pulled.stderr).toContain('x509: certificate signed by unknown authority');
    });

    describe('and all the while', () => {
      it('the page broke no rule of its content security policy', async () => {
        expect(await regent.violations()).toEqual([]);
      });

      it('Chromium’s sandbox was on', async () => {
        expect(
          await regent.app.evaluate(({ app }) => app.commandLine.hasSwitch('no-sandbox')),
        ).toBe(false);
      });

      it('the main process sent the page no secret, and the page shows and keeps none', async () => {
        expect(await regent.received()).not.toContain(registry.password);
        expect(await regent.received()).toContain(registry.username);
        const kept = await regent.page.evaluate(() =>
          [
            document.documentElement.outerHTML,
            JSON.stringify(localStorage),
            JSON.stringify(sessionStorage),
            ...[...document.querySelectorAll('input')].map((input) => input.value),
          ].join('\n'),
        );
        expect(kept).not.toContain(registry.password);
      });

      it('no argument, no environment and no file of the user’s held the secret', () => {
        expect(processes.stop()).toEqual([]);
        const login = { username: registry.username, password: registry.password };
        const folders = [terminal.env.HOME ?? '', '/tmp', '/etc/docker'];
        expect(filesWithSecret(login, folders)).toEqual([]);
      });
    });
  },
);
