import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn, picture } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const nas = 'registries=nas.local:5000';
const registry = '#/registry/nas.local%3A5000';
const small = { width: 900, height: 600 };
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);
const rows = (page: Page) => page.locator('.data-row .repository-name').allTextContents();

describeWindow('lists of repositories', (open) => {
  it('show folders that open in place, by keyboard too, and find what is in closed ones', async () => {
    const page = await open(nas, registry);
    await page.getByText('1,205 repositories').waitFor();
    expect(await rows(page)).toEqual([
      'team/',
      'team/api',
      'team/web',
      'team/worker',
      'library/alpine',
      'tools/backup',
      'mirror/',
    ]);
    await picture(page, 'folders-light');
    expect(await axeOn(page)).toEqual([]);
    await page.getByRole('row', { name: /^Folder mirror\/ mirror\/ 1,200 repositories/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('row', { name: /^mirror\/image-0001/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focused(page)).toContain('image-0001');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => focused(page)).toContain('1,200 repositories');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.getByRole('row', { name: /image-0001/ }).count()).toBe(0);
    await page.keyboard.press('f');
    await page.keyboard.type('IMAGE-0777');
    await page.getByRole('row', { name: /^mirror\/image-0777/ }).waitFor();
  });

  it('are as they were left when one comes back', async () => {
    const page = await open(nas, registry);
    await page.getByRole('button', { name: 'Folder team/' }).click();
    await page.getByRole('row', { name: /^library\/alpine/ }).click();
    await page.getByRole('grid', { name: 'Tags of library/alpine' }).waitFor();
    await page.goBack();
    await page.getByText('1,205 repositories').waitFor();
    expect(await rows(page)).not.toContain('team/api');
    await page.getByRole('button', { name: 'Folder mirror/' }).click();
    await page.getByRole('row', { name: /^mirror\/image-0001/ }).focus();
    await page.keyboard.press('End');
    await expect.poll(() => focused(page)).toContain('image-1200');
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Tags of mirror/image-1200' }).waitFor();
    await page.goBack();
    await page.getByRole('row', { name: /^mirror\/image-1190/ }).waitFor();
    await page.keyboard.press('f');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toContain('image-1200');
  });

  it('put favourites on top, set by key and by star, and offer them and the last opened at home', async () => {
    const page = await open(nas, registry);
    await page.getByRole('row', { name: /^tools\/backup/ }).focus();
    await page.keyboard.press('s');
    await page.getByText('tools/backup is a favourite now').waitFor();
    await expect.poll(async () => (await rows(page))[0]).toBe('tools/backup');
    await expect.poll(() => focused(page)).toContain('tools/backup');
    await page
      .getByRole('row', { name: /^team\/web/ })
      .getByRole('button', { name: 'Favourite: team/web' })
      .click();
    await page
      .getByRole('row', { name: /^team\/web/ })
      .first()
      .focus();
    await expect
      .poll(async () => (await rows(page)).slice(0, 2))
      .toEqual(['tools/backup', 'team/web']);
    await page.getByRole('row', { name: /^team\/api/ }).click();
    await page.getByRole('grid', { name: 'Tags of team/api' }).waitFor();
    await page.keyboard.press('s');
    await page.getByText('team/api is a favourite now').waitFor();
    await page.keyboard.press('s');
    await page.getByText('team/api is no favourite any more').waitFor();
    await page.getByRole('link', { name: 'Registries' }).click();
    const favourites = page.locator('section').filter({ hasText: 'Favourites' });
    await favourites.getByRole('link', { name: 'nas.local:5000/team/web' }).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await picture(page, 'home-marked-light');
    await page
      .locator('section')
      .filter({ hasText: 'Opened lately' })
      .getByRole('link', { name: 'nas.local:5000/team/api' })
      .click();
    await page.getByRole('grid', { name: 'Tags of team/api' }).waitFor();
  });

  it('are those of yesterday at once, marked, until the registry has answered', async () => {
    const page = await open('registries=kept.local', '#/registry/kept.local');
    await page.getByText('Seen yesterday, refreshing').waitFor();
    await page.getByRole('row', { name: /^library\/alpine/ }).waitFor();
    await picture(page, 'repositories-kept');
    await page.getByText('Seen yesterday, refreshing: 500 so far').waitFor();
    await page.getByText('1,205 repositories').waitFor();
  });

  it('stay while the registry is away, and say why', async () => {
    const page = await open('registries=away.local', '#/registry/away.local', small);
    const note = page.getByRole('alert');
    await note.getByText('The list is from yesterday.').waitFor();
    await page.getByText('1,205 repositories').waitFor();
    await picture(page, 'repositories-away-900');
    expect(await axeOn(page)).toEqual([]);
    await note.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('row', { name: /^team\/api/ }).click();
    await page.getByRole('row', { name: /^2\.7\.7/ }).waitFor();
    await note.getByText('The list is from yesterday.').waitFor();
    await picture(page, 'tags-away-900');
    expect(await axeOn(page)).toEqual([]);
  });

  it('go once the registry refuses them, and say when it takes requests again', async () => {
    const page = await open('registries=denied.local', '#/registry/denied.local');
    await page.getByRole('alert').getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(0);
    await picture(page, 'repositories-denied');
    const limited = await open('registries=limited.local', '#/registry/limited.local');
    await limited.getByText('Requests are possible again at').waitFor();
    await picture(limited, 'repositories-limited');
  });

  it('offer favourites where the registry lists nothing', async () => {
    const page = await open('registries=hidden.local', '#/registry/hidden.local/team%2Fapi');
    await page.getByRole('button', { name: 'Favourite: team/api' }).click();
    await page.goto(`${page.url().split('#')[0]}#/registry/hidden.local`);
    const favourites = page.locator('section').filter({ hasText: 'Favourites' });
    await favourites.getByRole('link', { name: 'team/api' }).waitFor();
    await picture(page, 'repositories-unlisted');
    expect(await axeOn(page)).toEqual([]);
  });
});

describeWindow('lists of tags', (open) => {
  const tag = (page: Page, name: RegExp) => page.getByRole('row', { name });

  it('begin with the newest version, and say which tags are the same image', async () => {
    const page = await open(nas, `${registry}/team%2Fapi`);
    await tag(page, /^latest = 2\.7\.7/).waitFor();
    await tag(page, /^2\.7\.7 = latest/).waitFor();
    expect(await tag(page, /^\d/).first().textContent()).toMatch(/^2\.7\.7/);
    await picture(page, 'tags-same');
    await page.getByRole('button', { name: 'Tag', exact: true }).click();
    await expect.poll(() => tag(page, /^\d/).first().textContent()).toMatch(/^2\.0\.0/);
  });

  it('fold away what is attached to images, and show it on request', async () => {
    const page = await open(nas, `${registry}/team%2Fsigned`);
    await page.getByText('68 tags').waitFor();
    await page.getByRole('button', { name: '3 signatures and attachments' }).click();
    await page.getByText('71 tags').waitFor();
    await page.keyboard.press('f');
    await page.keyboard.type('sbom');
    await page.getByText('1 tag', { exact: true }).waitFor();
    expect(await axeOn(page)).toEqual([]);
  });

  it('stop asking a registry that wants fewer requests, and say until when', async () => {
    const page = await open(nas, `${registry}/team%2Flimited`);
    await page.getByText('nas.local:5000 wants fewer requests.').waitFor();
    await page.getByText('Requests are possible again at').waitFor();
    await tag(page, /^2\.7\.7/).waitFor();
    await picture(page, 'tags-limited');
  });
});
