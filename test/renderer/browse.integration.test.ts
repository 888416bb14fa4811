import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { rightPassword } from './harness/accounts.ts';
import { describeWindow } from './harness/describe-window.ts';
import type { HarnessPage } from './harness/page.ts';

const nas = 'registries=nas.local:5000';
const registry = '#/registry/nas.local%3A5000';
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const copied = (page: Page) =>
  page.evaluate(() => (window as unknown as { harness: HarnessPage }).harness.world.copied);

describeWindow('browsing', (open) => {
  it('filters repositories at once and opens one', async () => {
    const page = await open(nas, registry);
    const grid = page.getByRole('grid', { name: 'Repositories of nas.local:5000' });
    await page.getByText('1,205 repositories').waitFor();
    await page.getByRole('button', { name: 'Folders' }).click();
    expect(await grid.getAttribute('aria-rowcount')).toBe('1206');
    await page.keyboard.press('f');
    await page.keyboard.type('team/?');
    await page.getByRole('heading', { name: 'Nothing contains “team/?”' }).waitFor();
    await page.keyboard.press('Backspace');
    await page.getByText('3 repositories').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Tags of team/web' }).waitFor();
    expect(await page.title()).toBe('nas.local:5000/team/web');
  });

  it('pulls and copies with single keys on the focused row', async () => {
    const page = await open(nas, `${registry}/team%2Fapi`);
    await page.getByRole('row', { name: /^latest\b.*[0-9a-f]{12}/ }).focus();
    await page.keyboard.press('c');
    await page.getByText('Copied').waitFor();
    expect(await copied(page)).toBe('nas.local:5000/team/api:latest');
    await page.keyboard.press('d');
    await expect.poll(() => copied(page)).toMatch(/^sha256:[0-9a-f]{64}$/);
    await page.keyboard.press('p');
    const task = page.getByRole('article', { name: 'Pull of nas.local:5000/team/api:latest' });
    await task.getByText('Pulled').waitFor();
    await task.getByRole('button', { name: 'Copy digest' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Tasks' }).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Tasks');
  });

  it('sorts by size with the details of all tags', async () => {
    const page = await open(nas, `${registry}/team%2Fapi`);
    await button(page, 'Size').click();
    const header = page.getByRole('columnheader', { name: 'Size' });
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    const sizes = async () =>
      (await page.getByRole('row').getByText(/ MB$/).allInnerTexts()).map((text) =>
        parseInt(text, 10),
      );
    await expect
      .poll(async () => {
        const found = await sizes();
        return (
          found.length > 10 && found.every((size, at) => at === 0 || size <= (found[at - 1] ?? 0))
        );
      })
      .toBe(true);
  });

  it('marks a tag whose details fail, and tries again on request', async () => {
    const page = await open(nas, `${registry}/team%2Fapi`);
    await page
      .getByRole('row', { name: /^unreadable/ })
      .getByRole('button', { name: 'Try again' })
      .click();
    await page.getByRole('row', { name: /^unreadable Try again/ }).waitFor();
  });

  it('cancels a pull, and says how a failed one can be mended', async () => {
    const page = await open(nas, `${registry}/team%2Fapi`);
    await button(page, 'Pull forever').click();
    await page
      .getByRole('button', { name: 'Cancel the pull of nas.local:5000/team/api:forever' })
      .click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await button(page, 'Pull broken').click();
    await page.getByRole('article').getByRole('alert').waitFor();
    await button(page, 'Clear ended').click();
    await page.getByText('Nothing is running').waitFor();
  });

  it('shows a hundred thousand tags with only a screenful of rows', async () => {
    const page = await open(nas, `${registry}/team%2Fhuge`);
    await page.getByText('100,000 tags').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    await page.getByRole('row', { name: /^build-99999/ }).focus();
    await page.keyboard.press('End');
    await page.getByRole('row', { name: /^build-0/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))).toBe(
      '100001',
    );
  });

  it('helps where there is nothing to list', async () => {
    const page = await open('registries=empty.local', '#/registry/empty.local');
    await page.getByText('docker push empty.local/hello:1').waitFor();
    const hidden = await open('registries=hidden.local', '#/registry/hidden.local');
    await hidden.getByRole('textbox', { name: 'Open a repository by its name' }).fill('team/api');
    await hidden.keyboard.press('Enter');
    await hidden.getByRole('grid', { name: 'Tags of team/api' }).waitFor();
  });

  it('signs in where the registry asks for it', async () => {
    const page = await open('registries=signedout.local', '#/registry/signedout.local');
    await page.getByRole('alert').getByRole('button', { name: 'Sign in' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to signedout.local' });
    await dialog.getByRole('textbox', { name: 'User' }).fill('ada');
    await dialog.getByLabel('Password or token').fill(rightPassword);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('grid').waitFor();
    expect(await dialog.count()).toBe(0);
  });

  it('undoes trust and lists what was put back', async () => {
    const page = await open(nas, registry);
    await button(page, 'More actions').click();
    await page.getByRole('menuitem', { name: 'Stop trusting…' }).click();
    const question = page.getByRole('alertdialog', { name: 'Stop trusting nas.local:5000?' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
    await question.getByRole('button', { name: 'Stop trusting' }).click();
    await page.getByText('Not trusted any more.').waitFor();
    const file = '/etc/docker/certs.d/nas.local:5000/regent-4f9a1c77e0b2d355.crt';
    await page
      .getByRole('listitem')
      .filter({ hasText: `${file}: removed` })
      .waitFor();
    await button(page, 'Close').click();
    await page.getByRole('link', { name: 'nas.local:5000 Not trusted' }).waitFor();
  });

  it('removes a registry only after asking', async () => {
    const page = await open(nas, registry);
    const remove = async () => {
      await button(page, 'More actions').click();
      await page.getByRole('menuitem', { name: 'Remove from list…' }).click();
    };
    await remove();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'More actions',
    );
    await remove();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { level: 1, name: 'Welcome to Regent' }).waitFor();
  });
});
