import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';
import type { HarnessPage } from './harness/page.ts';

const nas = 'registries=nas.local:5000';
const image = '#/registry/nas.local%3A5000/team%2Fapi/latest';
const copied = (page: Page) =>
  page.evaluate(() => (window as unknown as { harness: HarnessPage }).harness.world.copied);

describeWindow('an image', (open) => {
  it('opens from its tag by Enter, and leads back', async () => {
    const page = await open(nas, '#/registry/nas.local%3A5000/team%2Fapi');
    await page.getByRole('row', { name: /^latest .*[0-9a-f]{12}/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    expect(await page.title()).toBe('nas.local:5000/team/api:latest');
    await page.getByRole('link', { name: 'team/api' }).click();
    await page.getByRole('grid', { name: 'Tags of team/api' }).waitFor();
  });

  it('tells what a container starts with, for the platform that is chosen', async () => {
    const page = await open(nas, image.replace('latest', '2.7.6'));
    await page.getByText('Image for several platforms').waitFor();
    await page.getByText('docker-entrypoint.sh').waitFor();
    await page.getByText('NODE_ENV=production').waitFor();
    await page.getByRole('combobox', { name: 'Platform' }).selectOption('linux/arm64');
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Platform' }).inputValue())
      .toBe('linux/arm64');
  });

  it('shows the instruction that made each layer, and copies its digest', async () => {
    const page = await open(nas, image);
    await page.getByRole('tab', { name: 'Layers' }).click();
    const steps = page.getByRole('grid', { name: 'Layers of team/api latest' });
    expect(await steps.getAttribute('aria-rowcount')).toBe('7');
    await steps.getByRole('row', { name: /COPY package.json/ }).focus();
    await page.keyboard.press('d');
    await expect.poll(() => copied(page)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('copies what names it: with its tag, with its digest, to run it', async () => {
    const page = await open(nas, image);
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'Copy…' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    const api = 'nas.local:5000/team/api';
    await choose('Reference with tag');
    await expect.poll(() => copied(page)).toBe(`${api}:latest`);
    await choose('Reference with digest');
    await expect.poll(() => copied(page)).toMatch(/api@sha256:[0-9a-f]{64}$/);
    await choose('docker run command');
    await expect.poll(() => copied(page)).toBe(`docker run --rm -it ${api}:latest`);
    await choose('Line for compose or Kubernetes');
    await expect
      .poll(() => copied(page))
      .toMatch(/^image: nas\.local:5000\/team\/api:latest@sha256:[0-9a-f]{64}$/);
  });

  it('shows the manifest, and copies its very bytes', async () => {
    const page = await open(nas, image);
    await page.getByRole('tab', { name: 'Manifest' }).click();
    await page.getByText('"schemaVersion": 2').waitFor();
    await page.getByRole('button', { name: 'Copy manifest' }).click();
    await expect.poll(() => copied(page)).toMatch(/^\{"schemaVersion":2/);
  });

  it('reads the files when asked, opens folders by keys, and shows a text', async () => {
    const page = await open(nas, image);
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByText('Nothing is pulled, unpacked or run').waitFor();
    await page.getByRole('button', { name: /^Read the files \(/ }).click();
    const files = page.getByRole('grid', { name: 'Files' });
    const folder = files.getByRole('row', { name: /^etc/ });
    await folder.focus();
    await page.keyboard.press('ArrowRight');
    await files.getByRole('row', { name: /^passwd/ }).click();
    await page.getByRole('dialog', { name: '/etc/passwd' }).getByText('root:x:0:0').waitFor();
    await page.keyboard.press('Escape');
    await folder.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => files.getByRole('row', { name: /^passwd/ }).count()).toBe(0);
    await page.keyboard.press('f');
    await page.keyboard.type('passwd');
    await files.getByRole('row', { name: /^etc\/passwd/ }).waitFor();
  });

  it('shows what is kept about it, and what stands in that', async () => {
    const page = await open(nas, image);
    await page.getByRole('tab', { name: 'Attached' }).click();
    const list = page.getByRole('grid', { name: 'Attached to team/api latest' });
    await list.getByRole('row', { name: /^SBOM/ }).click();
    await page.getByRole('dialog', { name: 'SBOM' }).getByText('spdxVersion').waitFor();
    await page.keyboard.press('Escape');
    await list.getByRole('row', { name: /^Signature/ }).click();
    await page.getByRole('dialog', { name: 'Signature' }).getByText('schemaVersion').waitFor();
  });

  it('says what would be kept about an image that nothing is kept about', async () => {
    const page = await open(nas, '#/registry/nas.local%3A5000/team%2Fweb/latest');
    await page.getByRole('tab', { name: 'Attached' }).click();
    await page.getByRole('heading', { name: 'Nothing is attached to this image' }).waitFor();
  });

  it('says before a deletion which other tags go, and asks', async () => {
    const page = await open(nas, image);
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await choose('Delete…');
    const dialog = page.getByRole('alertdialog', { name: 'Delete team/api latest?' });
    await dialog.getByText('names the same image and goes too: latest-again').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await choose('Delete…');
    await dialog.getByText('can be freed').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('grid', { name: 'Tags of team/api' }).waitFor();
  });

  it('is saved to the disk as long work, without an engine', async () => {
    const page = await open(`${nas}&engine=absent`, image);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Save for docker load…' }).click();
    const tasks = page.getByRole('region', { name: 'Tasks' });
    await tasks.getByRole('article', { name: /Sav.* nas\.local:5000\/team\/api:latest/ }).waitFor();
  });

  it('takes one more tag, and opens it', async () => {
    const page = await open(nas, image);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Add a tag…' }).click();
    await page.getByRole('textbox', { name: 'New tag' }).fill('stable');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.title()).toBe('nas.local:5000/team/api:stable');
  });

  it('stays silent for axe in every part', async () => {
    const page = await open(`${nas}&theme=dark`, image);
    for (const name of ['Overview', 'Layers', 'Files', 'Attached', 'Manifest']) {
      await page.getByRole('tab', { name }).click();
      expect(await axeOn(page)).toEqual([]);
    }
  });
});
