import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const nas = 'registries=nas.local:5000,open.local';
const at = (
  reference: string,
  platform = '',
  repository = 'team/api',
  address = 'nas.local:5000',
) => [address, repository, reference, platform].map(encodeURIComponent).join('/');
const compare = (left: string, right: string) => `#/compare/${left}/${right}`;
const two = compare(at('2.7.6'), at('2.7.5'));
const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();

describeWindow('two images compared', (open) => {
  it('are chosen from the image by keys alone, and say first what they share', async () => {
    const page = await open(nas, '#/registry/nas.local%3A5000/team%2Fapi/2.7.6');
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    await page.keyboard.press('v');
    const dialog = page.getByRole('dialog', { name: 'Compare team/api 2.7.6 with' });
    await dialog.getByRole('row', { name: '2.7.7' }).waitFor();
    expect(await dialog.getByRole('row', { name: '2.7.6' }).count()).toBe(0);
    await page.keyboard.type('2.1.');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('3 layers in common, 45 MB').waitFor();
    expect(await page.title()).toBe('nas.local:5000/team/api:2.7.6 ↔ 2.1.6');
    await page.getByText('The second image is smaller by 23 MB').waitFor();
    await page.getByText('4 settings differ').waitFor();
  });

  it('may be of different repositories and registries', async () => {
    const page = await open(nas, '#/registry/nas.local%3A5000/team%2Fapi/2.7.6');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Compare with…' }).click();
    await page
      .getByRole('searchbox', { name: 'Tag, or repository and tag' })
      .fill('team/web:2.0.1');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.title())
      .toBe('nas.local:5000/team/api:2.7.6 ↔ nas.local:5000/team/web:2.0.1');
    await page.goBack();
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    await page.keyboard.press('v');
    await page.keyboard.type('open.local/team/web:2.0.2');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'open.local/team/web:2.0.2' }).waitFor();
  });

  it('change sides by a key; the part that is open stays open', async () => {
    const page = await open(nas, two);
    await tab(page, 'Settings');
    const settings = page.getByRole('table', { name: 'Settings that differ' });
    await settings
      .getByRole('row', { name: /changed.*NODE_ENV.*development.*production/ })
      .waitFor();
    await settings.getByRole('row', { name: /removed.*port 8080\/tcp/ }).waitFor();
    await page.keyboard.press('x');
    const first = page.getByRole('region', { name: 'First image' });
    await first.getByRole('link', { name: 'nas.local:5000/team/api:2.7.5' }).waitFor();
    await settings.waitFor();
    await page.goBack();
    await first.getByRole('link', { name: 'nas.local:5000/team/api:2.7.6' }).waitFor();
  });

  it('show which layers only one of them has', async () => {
    const page = await open(nas, two);
    const layers = page.getByRole('grid', { name: 'Layers of both images' });
    await layers.getByRole('row', { name: /^in both ADD alpine/ }).waitFor();
    await layers.getByRole('row', { name: /^removed RUN npm ci/ }).waitFor();
    await layers.getByRole('row', { name: /^added COPY \. \./ }).waitFor();
  });

  it('have their files read when asked, once for files and packages', async () => {
    const page = await open(nas, two);
    await tab(page, 'Packages');
    await page.getByText('Nothing is pulled, unpacked or run').waitFor();
    await page.getByRole('button', { name: /^Compare files and packages \(/ }).click();
    const packages = page.getByRole('grid', { name: 'Packages that differ' });
    await packages.getByRole('row', { name: /^changed openssl 3\.0\.15-1 3\.0\.16-1/ }).waitFor();
    await page.getByText('There are packages of RPM').waitFor();
    await tab(page, 'Files');
    const files = page.getByRole('grid', { name: 'Files that differ' });
    await page.getByRole('button', { name: 'Removed: 3,000' }).waitFor();
    expect(await files.getAttribute('aria-rowcount')).toBe('3004');
    await page.getByRole('button', { name: 'Changed: 1' }).click();
    await files
      .getByRole('row', { name: /^changed app\/server\.js content, permissions/ })
      .waitFor();
    await expect.poll(() => files.getAttribute('aria-rowcount')).toBe('2');
    await page.keyboard.press('f');
    await page.keyboard.type('nothing');
    await page.getByText('Nothing contains “nothing”').waitFor();
  });

  it('show what changed in a text', async () => {
    const page = await open(nas, two);
    await tab(page, 'Files');
    await page.getByRole('button', { name: /^Compare files/ }).click();
    await page.getByRole('button', { name: 'Changed: 1' }).click();
    await page.getByRole('row', { name: /^changed app\/server\.js/ }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '/app/server.js' });
    await expect.poll(() => dialog.locator('.diff-gone').count()).toBe(1);
    await expect.poll(() => dialog.locator('.diff-new').count()).toBe(1);
    expect(await axeOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('can be given up while they are read', async () => {
    const page = await open(
      nas,
      compare(at('2.7.6', '', 'team/slow'), at('2.7.5', '', 'team/slow')),
    );
    await tab(page, 'Files');
    await page.getByRole('button', { name: /^Compare files/ }).click();
    await page.getByRole('progressbar', { name: 'Reading the layers' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /^Compare files/ }).waitFor();
  });

  it('may be the same image under two names', async () => {
    const page = await open(nas, compare(at('latest'), at('2.7.7')));
    await page.getByRole('heading', { name: 'Both are the same image' }).waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);
    expect(await axeOn(page)).toEqual([]);
  });

  it('may be two platforms of one image, each chosen for itself', async () => {
    const page = await open(nas, compare(at('2.7.6'), at('2.7.6')));
    await page.getByRole('heading', { name: 'Both are the same image' }).waitFor();
    const second = page.getByRole('region', { name: 'Second image' });
    await second.getByRole('combobox', { name: 'Platform' }).selectOption('linux/arm64');
    await page.getByRole('tab', { name: 'Layers' }).waitFor();
    const first = page.getByRole('region', { name: 'First image' });
    expect(await first.getByRole('combobox', { name: 'Platform' }).inputValue()).toBe(
      'linux/amd64',
    );
  });

  it('say on the side it is about what is not there, and offer the platforms that are', async () => {
    const page = await open(nas, compare(at('2.7.6', 'linux/s390x'), at('lost')));
    const first = page.getByRole('region', { name: 'First image' });
    await first.getByRole('alert').waitFor();
    const second = page.getByRole('region', { name: 'Second image' });
    await second.getByText('nas.local:5000/team/api:lost does not exist.').waitFor();
    await first.getByRole('combobox', { name: 'Platform' }).selectOption('linux/amd64');
    await first.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('ask for a login where one is missing, and say which registry is away', async () => {
    const page = await open(
      'registries=nas.local:5000,away.local',
      compare(at('1.0', '', 'team/api', 'harbor.corp'), at('2.7.5', '', 'team/api', 'away.local')),
    );
    const first = page.getByRole('region', { name: 'First image' });
    await first.getByRole('button', { name: 'Sign in' }).waitFor();
    const second = page.getByRole('region', { name: 'Second image' });
    await second.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('stay silent for axe before and after their packages are read', async () => {
    const page = await open(`${nas}&theme=dark`, two);
    await tab(page, 'Packages');
    expect(await axeOn(page)).toEqual([]);
    await page.getByRole('button', { name: /^Compare files/ }).click();
    await page.getByRole('grid', { name: 'Packages that differ' }).waitFor();
    expect(await axeOn(page)).toEqual([]);
  });
});
