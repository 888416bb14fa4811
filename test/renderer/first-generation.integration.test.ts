import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn, picture } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const old = 'registries=old.local:5000,oldmute.local:5000,nas.local:5000';
const small = { width: 900, height: 600 };
const note = (page: Page) => page.getByRole('note').filter({ hasText: 'first generation (v1)' });

describeWindow('a registry of the first generation', (open) => {
  it('says over its repositories and tags what it is, and how its images get away', async () => {
    const page = await open(old, '#/registry/old.local%3A5000');
    await note(page).waitFor();
    expect(await note(page).textContent()).toContain('regent copy old.local:5000/team/app:1.0');
    await page.getByRole('row', { name: /^library\/alpine/ }).waitFor();
    await picture(page, 'v1-registry-light');
    expect(await axeOn(page)).toEqual([]);
    await page.getByRole('row', { name: /^library\/alpine/ }).click();
    await page.getByRole('grid', { name: 'Tags of library/alpine' }).waitFor();
    await note(page).waitFor();
    await page.setViewportSize(small);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'v1-repository-dark-small');
  });

  it('offers of an image what can be done with it', async () => {
    const page = await open(old, '#/registry/old.local%3A5000/library%2Falpine/latest');
    await note(page).waitFor();
    await page.getByText('Image of the first generation (v1)', { exact: true }).waitFor();
    expect(await page.getByRole('tab').allTextContents()).toEqual([
      ...['Overview', 'Layers', 'Files', 'Manifest'],
    ]);
    await picture(page, 'v1-image-light');
    expect(await page.getByRole('button', { name: 'Pull', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'More actions' }).click();
    expect(await page.getByRole('menuitem', { name: /delete/i }).count()).toBe(0);
    await page.getByRole('menuitem', { name: /^Copy to/ }).waitFor();
  });

  it('is opened by name where its search finds nothing', async () => {
    const page = await open(old, '#/registry/oldmute.local%3A5000', small);
    await page.getByText('oldmute.local:5000 names no repositories.').waitFor();
    await page.getByRole('textbox', { name: /repository/i }).waitFor();
    await picture(page, 'v1-mute-light-small');
  });

  it('is the exception: others say nothing of the kind', async () => {
    const page = await open(old, '#/registry/nas.local%3A5000');
    await page.getByText('1,205 repositories').waitFor();
    expect(await note(page).count()).toBe(0);
  });
});
