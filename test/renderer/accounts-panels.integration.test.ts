import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWindow } from './harness/describe-window.ts';
import { rightPassphrase } from './harness/store.ts';

type Scope = Page | ReturnType<Page['getByRole']>;
const button = (scope: Scope, name: string | RegExp) =>
  scope.getByRole('button', { name, exact: true });
const part = (page: Page, name: string) => page.getByRole('region', { name });
const screen = '#/accounts';

describeWindow('logins in other places', (open) => {
  const places = (page: Page) => part(page, 'Logins in other places');

  it('shows where each is and what is unsafe about it, plain text chosen already', async () => {
    const page = await open('found=all', screen);
    const list = places(page);
    await list.getByText('other users of this computer can read the file').waitFor();
    await list.getByText('docker no longer looks at it').waitFor();
    await list.getByText('podman’s logins, /run/user/1000/containers/auth.json').waitFor();
    await list.getByText('docker-credential-pass is not there.').waitFor();
    const chosen = (name: string) => list.getByRole('checkbox', { name }).isChecked();
    await expect.poll(() => chosen('docker.io, adalovelace')).toBe(true);
    await expect.poll(() => chosen('quay.io, team+puller')).toBe(true);
    await expect.poll(() => chosen('lab.corp, user not told')).toBe(false);
    await expect
      .poll(() => list.getByRole('checkbox', { name: /^old\.corp/ }).isDisabled())
      .toBe(true);
    await button(list, 'Import 3 logins').waitFor();
  });

  it('takes them over with one click, with the helper that docker then needs', async () => {
    const page = await open('found=plaintext', screen);
    const list = places(page);
    expect(
      await list.getByRole('checkbox', { name: /^Also install the credential helper/ }).isChecked(),
    ).toBe(true);
    await button(list, 'Import 2 logins').click();
    const results = list.getByRole('list', { name: 'What was imported' });
    await results.getByText('docker.io, adalovelace: imported, plain text removed').waitFor();
    await expect
      .poll(() => results.evaluate((element) => element === document.activeElement))
      .toBe(true);
    await page.getByRole('article', { name: 'docker.io' }).getByText('adalovelace').waitFor();
    await page.getByText('Credential helper ready').waitFor();
    await expect.poll(() => list.getByRole('checkbox').count()).toBe(0);
  });

  it('says what could not be taken over, and leaves that in the list', async () => {
    const page = await open('found=all&helper=installed', screen);
    const list = places(page);
    await list.getByRole('checkbox', { name: 'nas.local:5000, ada' }).uncheck();
    await button(list, 'Import 2 logins').click();
    const results = list.getByRole('list', { name: 'What was imported' });
    await results.getByText('quay.io, team+puller: not imported').waitFor();
    await results.getByRole('alert').getByText('could not be read or written').waitFor();
    await list.getByRole('checkbox', { name: 'nas.local:5000, ada' }).waitFor();
  });
});

describeWindow('the credential helper', (open) => {
  const helper = (page: Page) => part(page, 'Credential helper');

  it('is installed after it has said what that changes, and uninstalled likewise', async () => {
    const page = await open('registries=nas.local:5000', screen);
    await button(helper(page), 'Install…').click();
    const question = page.getByRole('alertdialog', { name: 'Install the credential helper?' });
    await question
      .getByText('name docker-credential-regent in /home/ada/.docker/config.json')
      .waitFor();
    await button(question, 'Install').click();
    await helper(page).getByText('docker and podman ask Regent about 1 registry').waitFor();
    await helper(page).getByText('Where it is, and for which registries').click();
    await helper(page).getByText('/home/ada/.local/bin/docker-credential-regent').waitFor();
    await button(helper(page), 'Uninstall…').click();
    const goodbye = page.getByRole('alertdialog', { name: 'Uninstall the credential helper?' });
    await goodbye.getByText('no longer find the logins that Regent keeps').waitFor();
    await button(goodbye, 'Uninstall').click();
    await helper(page).getByText('Not installed').waitFor();
  });

  it('shows the exact changes of a repair before it makes them', async () => {
    const page = await open('registries=nas.local:5000&helper=broken', screen);
    await page.getByRole('link', { name: 'Credential helper needs attention' }).waitFor();
    const note = helper(page).getByRole('alert');
    expect(await note.textContent()).not.toContain('regent helper');
    await button(note, 'Repair the credential helper').click();
    const question = page.getByRole('alertdialog', { name: 'Repair the credential helper?' });
    expect(await question.getByRole('listitem').allInnerTexts()).toEqual([
      'put docker-credential-regent back at /home/ada/.local/bin/docker-credential-regent',
      'in /home/ada/.docker/config.json: take out the line that asks docker-credential-pass, which is gone, about old.corp:5000',
      'in /home/ada/.docker/config.json: take out docker-credential-desktop as the default helper, which is gone',
    ]);
    await button(question, 'Repair').click();
    await helper(page).getByText('Installed; docker and podman ask Regent').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.tagName), {
        message: 'the focus is not lost with the button',
      })
      .toBe('H1');
    await page.getByText('Credential helper ready').waitFor();
  });

  it('is made the default, and no longer', async () => {
    const page = await open('registries=nas.local:5000&helper=installed', screen);
    const box = helper(page).getByRole('checkbox', { name: /every other registry too/ });
    await box.check();
    await helper(page).getByText('docker asks Regent about every registry').waitFor();
    await box.uncheck();
    await helper(page).getByText('ask Regent about 1 registry').waitFor();
  });

  it('can be given a single registry from its account', async () => {
    const page = await open('registries=nas.local:5000,lab.corp', screen);
    const card = page.getByRole('article', { name: 'lab.corp' });
    await card.getByText('docker finds no login').waitFor();
    await button(card, 'Let docker and podman use the login for lab.corp').click();
    await button(page.getByRole('alertdialog'), 'Let them use it').click();
    await card
      .getByRole('list', { name: 'Used by' })
      .getByText('docker', { exact: true })
      .waitFor();
    await page
      .getByRole('article', { name: 'nas.local:5000' })
      .getByText('docker finds no login')
      .waitFor();
  });
});

describeWindow('where logins are kept', (open) => {
  const store = (page: Page) => part(page, 'Where logins are kept');

  it('is the keychain, until encrypted files are chosen with a passphrase given twice', async () => {
    const page = await open('registries=nas.local:5000', screen);
    await store(page).getByText('Secret Service: the keychain of this system').waitFor();
    await button(store(page), 'Use encrypted files instead…').click();
    const dialog = page.getByRole('dialog', { name: 'Keep logins in encrypted files?' });
    const move = button(dialog, 'Move logins there');
    await dialog.getByLabel('Passphrase', { exact: true }).fill('short');
    await dialog.getByLabel('Passphrase again').fill('short');
    await expect.poll(() => move.isDisabled()).toBe(true);
    await dialog.getByLabel('Passphrase', { exact: true }).fill('a passphrase of mine');
    await dialog.getByText('Not the same').waitFor();
    await dialog.getByLabel('Passphrase again').fill('a passphrase of mine');
    await move.click();
    await store(page).getByText('Encrypted files, unlocked with their passphrase').waitFor();
    await store(page).getByText('They lock again in 8 hours.').waitFor();
    await page.getByText('kept in: encrypted files').waitFor();
    expect(await page.content()).not.toContain('a passphrase of mine');
    await button(store(page), 'Back to the keychain…').click();
    await button(page.getByRole('alertdialog'), 'Move logins there').click();
    await store(page).getByText('Secret Service: the keychain of this system').waitFor();
  });

  it('can be opened by a key file', async () => {
    const page = await open('store=unavailable', screen);
    await store(page).getByRole('alert').getByText('keychain cannot be reached').waitFor();
    await button(store(page), 'Use encrypted files instead…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'A key file' }).check();
    await dialog.getByLabel('Path of the key file').fill('/etc/regent/key.txt');
    await button(dialog, 'Move logins there').click();
    await store(page).getByText('Encrypted files, opened by a key file').waitFor();
    await store(page).getByText('/etc/regent/key.txt').waitFor();
    await expect.poll(() => button(store(page), 'Lock now').count()).toBe(0);
  });

  it('is unlocked with the passphrase, and locked again', async () => {
    const page = await open('registries=nas.local:5000&store=locked', screen);
    await store(page).getByText('Encrypted files, locked: no login can be used').waitFor();
    const passphrase = store(page).getByLabel('Passphrase', { exact: true });
    await passphrase.fill('not this one');
    await page.keyboard.press('Enter');
    await store(page).getByText('This passphrase does not open the encrypted logins.').waitFor();
    await expect.poll(() => passphrase.inputValue()).toBe('');
    await passphrase.fill(rightPassphrase);
    await page.keyboard.press('Enter');
    await button(store(page), 'Lock now').click();
    await store(page).getByText('Encrypted files, locked').waitFor();
  });

  it('is unlocked where its lock gets in the way', async () => {
    const page = await open(
      'registries=nas.local:5000&store=locked',
      '#/registry/nas.local%3A5000',
    );
    const note = page.getByRole('alert');
    await note.getByText('The encrypted logins are locked').waitFor();
    expect(await note.textContent()).not.toContain('regent accounts unlock');
    await note.getByLabel('Passphrase', { exact: true }).fill(rightPassphrase);
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /team\/api/ }).waitFor();
  });
});
