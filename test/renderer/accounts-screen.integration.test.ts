import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { rightPassword } from './harness/accounts.ts';
import { describeWindow } from './harness/describe-window.ts';

type Scope = Page | ReturnType<Page['getByRole']>;
const button = (scope: Scope, name: string | RegExp) =>
  scope.getByRole('button', { name, exact: true });
const card = (page: Page, address: string) => page.getByRole('article', { name: address });
const menu = async (page: Page, account: string, item: string) => {
  await button(page, `More for ${account}`).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const screen = '#/accounts';
const many = 'registries=nas.local:5000,stale.corp&accounts=many&helper=installed';

describeWindow('the accounts screen', (open) => {
  it('is in the navigation, has a key, and says what to do while it is empty', async () => {
    const page = await open('');
    const link = page.getByRole('link', { name: 'Accounts', exact: true });
    await expect.poll(() => link.getAttribute('aria-keyshortcuts')).toBe('Control+4');
    await page.keyboard.press('Control+4');
    await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor();
    await page.getByRole('heading', { name: 'No logins yet' }).waitFor();
    await page.getByText('No logins were found in Docker’s and podman’s files').waitFor();
    await page.getByText('Not installed: docker and podman do not find these logins').waitFor();
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { level: 1, name: 'Welcome to Regent' }).waitFor();
  });

  it('says of every account whose it is, where it is kept, who uses it and when it worked', async () => {
    const page = await open(many, screen);
    const nas = card(page, 'nas.local:5000');
    const users = nas.getByRole('list', { name: 'Used by' }).getByRole('listitem');
    await expect.poll(() => users.count()).toBe(3);
    const [ada, robot] = [nas.locator('.account-row').first(), nas.locator('.account-row').nth(1)];
    await ada.getByText('in use', { exact: true }).waitFor();
    await ada.getByText('kept in: Secret Service · worked 3 hours ago').waitFor();
    await robot.getByText('robot$ci').waitFor();
    await expect.poll(() => robot.getByText('in use', { exact: true }).count()).toBe(0);
    const azure = card(page, 'company.azurecr.io');
    await azure.getByText('Identity token', { exact: true }).waitFor();
    await azure.getByText('not tried yet').waitFor();
    expect(await page.getByRole('main').textContent()).not.toContain('<token>');
  });

  it('changes which account docker uses', async () => {
    const page = await open(many, screen);
    await button(page, 'Use robot$ci for nas.local:5000').click();
    await page.getByRole('status').getByText('Now in use for nas.local:5000: robot$ci').waitFor();
    await button(page, 'Use ada for nas.local:5000').waitFor();
    await page.getByRole('link', { name: 'nas.local:5000' }).click();
    await page.getByText('Ready, robot$ci').waitFor();
  });

  it('asks the registry, and offers to sign in again where it refuses', async () => {
    const page = await open(many, screen);
    await button(page, 'Check whether nas.local:5000 still takes ada').click();
    await page.getByText('nas.local:5000 takes the login of ada.').waitFor();
    const gitlab = card(page, 'registry.gitlab.com');
    await button(gitlab, 'Check whether registry.gitlab.com still takes gone').click();
    await gitlab.getByText('The registry refused it this minute.').waitFor();
    await button(gitlab, 'Sign in again to registry.gitlab.com as gone').click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to registry.gitlab.com' });
    await dialog.getByRole('region', { name: 'How to sign in to GitLab' }).waitFor();
    await expect.poll(() => dialog.getByLabel('User').inputValue()).toBe('gone');
    // The user is known, so the password is next.
    await page.keyboard.type(rightPassword);
    await page.keyboard.press('Enter');
    await page.getByText('Signed in as gone').waitFor();
    await expect.poll(() => gitlab.getByText('The registry refused it').count()).toBe(0);
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('says that a registry could not be asked', async () => {
    const page = await open('registries=closed.corp', screen);
    await button(page, 'Check whether closed.corp still takes ada').click();
    await card(page, 'closed.corp').getByRole('alert').getByText('closed.corp').first().waitFor();
  });

  it('signs out of one account, and says what stops working and what stays', async () => {
    const page = await open(many, screen);
    await menu(page, 'ada at nas.local:5000', 'Sign out…');
    const question = page.getByRole('alertdialog', { name: 'Sign out ada from nas.local:5000?' });
    await question.getByText('docker can no longer pull or push there with it').waitFor();
    await question.getByText('Other accounts of this registry stay: robot$ci').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('More for ada at nas.local:5000');
    await menu(page, 'ada at nas.local:5000', 'Sign out…');
    await button(question, 'Sign out').click();
    const nas = card(page, 'nas.local:5000');
    await nas.getByText('No account of this registry is in use. Choose one.').waitFor();
    await button(nas, 'Use robot$ci for nas.local:5000').click();
    await nas.getByText('in use', { exact: true }).waitFor();
    await expect.poll(() => nas.locator('.account-row').count()).toBe(1);
  });

  it('adds another account for a registry, without a user filled in', async () => {
    const page = await open('registries=nas.local:5000', screen);
    await button(page, 'Add another account for nas.local:5000').click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to nas.local:5000' });
    await expect.poll(() => dialog.getByLabel('User').inputValue()).toBe('');
    await page.keyboard.type('grace');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('did not accept user grace').waitFor();
    await page.keyboard.type(rightPassword);
    await page.keyboard.press('Enter');
    const nas = card(page, 'nas.local:5000');
    await button(nas, 'Use ada for nas.local:5000').waitFor();
    expect(await page.content()).not.toContain(rightPassword);
  });

  it('sends a password to another server only when that is ticked', async () => {
    const page = await open('', screen);
    await button(page.getByRole('main'), 'Sign in to a registry…').first().click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to a registry' });
    await dialog.getByLabel('Registry', { exact: true }).fill('elsewhere.corp');
    await dialog.getByLabel('User', { exact: true }).fill('ada');
    const signIn = async () => {
      await dialog.getByLabel('Password or token').fill(rightPassword);
      await page.keyboard.press('Enter');
    };
    await signIn();
    await dialog.getByText('elsewhere.corp wants the password to be sent').waitFor();
    const choice = dialog.getByRole('checkbox', { name: /to https:\/\/login\.example\.net, too/ });
    await expect.poll(() => choice.isChecked()).toBe(false);
    await choice.check();
    await signIn();
    await expect.poll(() => dialog.count()).toBe(0);
    await card(page, 'elsewhere.corp').waitFor();
  });

  it('signs in to any registry, and knows what the usual ones want', async () => {
    const page = await open('', screen);
    await button(page.getByRole('main'), 'Sign in to a registry…').first().click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to a registry' });
    await page.keyboard.type('ghcr.io');
    const hint = dialog.getByRole('region', {
      name: 'How to sign in to GitHub Container Registry',
    });
    const link = hint.getByRole('link', { name: /github\.com\/settings\/tokens/ });
    await expect.poll(() => link.getAttribute('target')).toBe('_blank');
    await dialog
      .getByLabel('Registry', { exact: true })
      .fill('123456789012.dkr.ecr.eu-west-1.amazonaws.com');
    await expect.poll(() => dialog.getByLabel('User', { exact: true }).inputValue()).toBe('AWS');
    await dialog.getByText('aws ecr get-login-password --region eu-west-1').waitFor();
    await dialog.getByLabel('Registry', { exact: true }).fill('untrusted.corp:5000');
    await dialog.getByLabel('User', { exact: true }).fill('ada');
    await dialog.getByLabel('Password or token').fill(rightPassword);
    await page.keyboard.press('Enter');
    await button(dialog, 'Look at the certificate').click();
    await page.getByRole('heading', { level: 1, name: 'Add registry' }).waitFor();
  });

  it('knows what a server of one’s own wants by how it asks', async () => {
    const page = await open('registries=harbor.corp', screen);
    await menu(page, 'ada at harbor.corp', 'Sign in again…');
    const dialog = page.getByRole('dialog', { name: 'Sign in to harbor.corp' });
    const hint = dialog.getByRole('region', { name: 'How to sign in to Harbor' });
    // A link to anybody's server is text to copy.
    await button(hint, 'Copy link').waitFor();
    await expect.poll(() => hint.getByRole('link').count()).toBe(0);
    const adding = await open('', '#/add?text=harbor.corp');
    await adding.getByRole('region', { name: 'How to sign in to Harbor' }).waitFor();
  });

  it('says how the terminal exports a login', async () => {
    const page = await open(many, screen);
    await menu(page, 'robot$ci at nas.local:5000', 'Export…');
    const dialog = page.getByRole('dialog', { name: 'Export the login for nas.local:5000' });
    await button(dialog, 'Copy command: As a Kubernetes secret').click();
    const copied = () => page.evaluate(() => Reflect.get(window, 'harness').world.copied);
    const command = "regent accounts export nas.local:5000 -u 'robot$ci' --format k8s-secret";
    await expect.poll(copied).toBe(command);
    await page.keyboard.press('Escape');
    await button(page, 'More for Identity token at company.azurecr.io').click();
    await page.getByRole('menuitem', { name: 'Sign out…' }).waitFor();
    await expect.poll(() => page.getByRole('menuitem', { name: 'Export…' }).count()).toBe(0);
  });
});
