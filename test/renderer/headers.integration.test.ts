import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const nas = 'registries=nas.local:5000';
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Headers for / });

async function openHeaders(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Headers…' }).click();
  await dialog(page).getByText('No headers are sent.').waitFor();
}

async function set(page: Page, name: string, value: string): Promise<void> {
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog(page).getByLabel('Value', { exact: true }).fill(value);
  await dialog(page).getByRole('button', { name: 'Set header' }).click();
}

describeWindow('the headers of a registry', (open) => {
  it('are set with a value that is never shown again, and removed', async () => {
    const page = await open(nas, '#/registry/nas.local%3A5000');
    await openHeaders(page);
    await set(page, 'CF-Access-Client-Secret', 'very secret');
    const list = dialog(page).getByRole('list', { name: 'Headers' });
    await list.getByText('CF-Access-Client-Secret').waitFor();
    expect(await page.content()).not.toContain('very secret');
    expect(await dialog(page).getByLabel('Value', { exact: true }).inputValue()).toBe('');
    expect(await axeOn(page)).toEqual([]);
    await list.getByRole('button', { name: 'Remove CF-Access-Client-Secret' }).click();
    await dialog(page).getByText('No headers are sent.').waitFor();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
  });

  it('are none that Regent writes itself', async () => {
    const page = await open(nas, '#/registry/nas.local%3A5000');
    await openHeaders(page);
    await set(page, 'Authorization', 'Bearer x');
    await dialog(page).getByText('does not let people set the header Authorization').waitFor();
    expect(await dialog(page).getByRole('textbox', { name: 'Name' }).inputValue()).toBe(
      'Authorization',
    );
  });

  it('are offered where no registry answers, and the look is made again after that', async () => {
    const page = await open('', '#/add?text=web.local');
    await page.getByRole('button', { name: 'Set headers…' }).click();
    await set(page, 'X-API-Key', 'x');
    await dialog(page).getByText('X-API-Key').waitFor();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await page.getByText('There is no container registry at web.local.').waitFor();
  });

  it('has a proxy named that leads to the registry, and what Docker needs for it', async () => {
    const page = await open('', '#/add?text=far.corp%3A5000');
    await page.getByText('Port 5000 answers through the proxy proxy.corp.example:3128').waitFor();
    await page.getByText('Docker’s engine does not use this setting').waitFor();
  });
});
