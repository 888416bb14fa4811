import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { rightPassword } from './harness/accounts.ts';
import { describeWindow } from './harness/describe-window.ts';

type Scope = Page | ReturnType<Page['getByRole']>;
const button = (scope: Scope, name: string | RegExp) =>
  scope.getByRole('button', { name, exact: true });
const stale = 'registries=stale.corp,nas.local:5000';

/** Signs in again in the dialog that is open, where the user stands already. */
async function signInAgain(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign in to stale.corp' });
  await dialog.getByLabel('Password or token').waitFor();
  await expect.poll(() => dialog.getByLabel('User').inputValue()).toBe('ada');
  await dialog.getByLabel('Password or token').fill(rightPassword);
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog.count()).toBe(0);
}

describeWindow('a login that the registry refuses', (open) => {
  it('is asked for again on the home screen', async () => {
    const page = await open(stale);
    await button(page, 'Sign in: stale.corp').click();
    await signInAgain(page);
    await button(page, 'Browse: stale.corp').waitFor();
  });

  it('is asked for again where repositories are listed, and then they are', async () => {
    const page = await open(stale, '#/registry/stale.corp');
    const note = page.getByRole('alert');
    await note.getByText('stale.corp did not accept user ada').waitFor();
    await button(note, 'Sign in again').click();
    await signInAgain(page);
    await page.getByRole('row', { name: /team\/api/ }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.tagName), {
        message: 'the focus is not lost',
      })
      .toBe('H1');
  });

  it('is asked for again where tags are listed, without leaving', async () => {
    const page = await open(stale, '#/registry/stale.corp/team%2Fapi');
    await button(page.getByRole('alert'), 'Sign in again').click();
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Sign in again');
    await button(page.getByRole('alert'), 'Sign in again').click();
    await signInAgain(page);
    await page.getByRole('row', { name: /^latest/ }).waitFor();
  });

  it('stays as it is when the dialog is closed before the registry has answered', async () => {
    const page = await open(stale);
    await button(page, 'Sign in: stale.corp').click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to stale.corp' });
    await expect.poll(() => dialog.getByLabel('User').inputValue()).toBe('ada');
    await dialog.getByLabel('Password or token').fill(rightPassword);
    const cancel = await button(dialog, 'Cancel').elementHandle();
    // In one go: no answer comes in between, however slow the machine.
    await dialog.locator('form').evaluate((form: HTMLFormElement, second) => {
      form.requestSubmit();
      (second as HTMLElement).click();
    }, cancel);
    await button(page, 'Sign in: stale.corp').click();
    await page.waitForTimeout(600);
    // Neither is the next dialog closed by what became of the first, nor was the login kept.
    expect(await dialog.count()).toBe(1);
    await page.keyboard.press('Escape');
    await button(page, 'Sign in: stale.corp').waitFor();
  });

  it('is asked for again under a pull that failed, which then begins anew', async () => {
    const page = await open(stale, '#/add?text=stale.corp%2Fteam%2Fapi%3A2');
    await button(page, 'Continue without signing in').click();
    await button(page, 'Pull team/api:2').click();
    const tasks = page.getByRole('region', { name: 'Tasks' });
    await tasks.getByText('stale.corp did not let the engine in.').waitFor();
    await button(tasks, 'Sign in').click();
    await signInAgain(page);
    await tasks.getByText('Pulled', { exact: true }).waitFor();
  });

  it('is asked for again under a proof that failed, which is then asked for anew', async () => {
    const page = await open(stale, '#/trust');
    await button(page, 'Prove trust in stale.corp').click();
    const table = page.getByRole('table', { name: 'Proof for stale.corp' });
    await table.getByRole('row', { name: /^Docker Engine refused/ }).waitFor();
    await button(page, 'Sign in again').click();
    await signInAgain(page);
    await table.getByRole('row', { name: /^Docker Engine proven/ }).waitFor();
    await expect.poll(() => button(page, 'Sign in again').count()).toBe(0);
  });

  it('is not taken for good when the registry is added once more', async () => {
    const page = await open(stale, '#/add?text=stale.corp');
    const step = page.getByRole('region', { name: 'Sign in' });
    await step.getByLabel('User').waitFor();
  });
});
