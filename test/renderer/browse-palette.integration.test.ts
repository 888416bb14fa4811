import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn, picture } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const two = 'registries=nas.local:5000,open.local';
const field = (page: Page) => page.getByRole('combobox', { name: 'Search or run a command' });
const active = (page: Page) => page.locator('[role="option"][aria-selected="true"]').textContent();

describeWindow('the palette', (open) => {
  it('opens a repository of any registry with the keyboard alone', async () => {
    const page = await open(two, '#/trust');
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    await page.keyboard.type('team/web');
    await expect.poll(() => page.getByRole('option').count()).toBe(2);
    expect(await active(page)).toBe('nas.local:5000/team/web');
    await page.keyboard.press('ArrowDown');
    expect(await active(page)).toBe('open.local/team/web');
    const said = await field(page).getAttribute('aria-activedescendant');
    expect(await page.locator('[role="option"][aria-selected="true"]').getAttribute('id')).toBe(
      said,
    );
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Tags of team/web' }).waitFor();
    expect(await page.title()).toBe('open.local/team/web');
    expect(await field(page).count()).toBe(0);
  });

  it('leads to registries, screens and commands, and says which key does the same', async () => {
    const page = await open(two);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('group', { name: 'Repositories' }).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await picture(page, 'palette-light');
    await page.keyboard.type('accounts');
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('open.local');
    const registries = page.getByRole('group', { name: 'Registries' });
    await registries.getByRole('option', { name: 'open.local' }).click();
    await page.getByRole('heading', { level: 1, name: 'open.local' }).waitFor();
  });

  it('opens a written reference, and refreshes the screen it covers', async () => {
    const page = await open(two, '#/registry/nas.local%3A5000/team%2Fapi');
    await page.getByRole('row', { name: /^unreadable Try again/ }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('refresh');
    await expect.poll(() => active(page)).toBe('RefreshR');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /^unreadable Try again/ }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('nas.local:5000/team/api:2.1.0');
    await expect.poll(() => active(page)).toBe('nas.local:5000/team/api:2.1.0');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.title()).toBe('nas.local:5000/team/api:2.1.0');
  });

  it('gives the focus back, and says when there is nothing', async () => {
    const page = await open(two, '#/registry/nas.local%3A5000', { width: 900, height: 600 });
    const row = page.getByRole('row', { name: /^library\/alpine/ });
    await row.focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('no such thing');
    await page.getByText('Nothing contains “no such thing”').waitFor();
    await picture(page, 'palette-none-900');
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain('library/alpine');
  });

  it('looks right in the dark, in every language', async () => {
    for (const lang of ['ko', 'pl']) {
      const page = await open(`${two}&theme=dark&lang=${lang}`, '#/registry/open.local');
      await page.getByRole('row').nth(3).waitFor();
      expect(await axeOn(page)).toEqual([]);
      await picture(page, `folders-dark-${lang}`);
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
      expect(await axeOn(page)).toEqual([]);
      await picture(page, `palette-dark-${lang}`);
    }
  });
});
