import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const two = 'registries=nas.local:5000,open.local';
const image = '#/registry/nas.local%3A5000/team%2Fapi/2.7.6';
const dialogOf = (page: Page) => page.getByRole('alertdialog', { name: 'Copy team/api 2.7.6' });
const tasks = (page: Page) => page.getByRole('region', { name: 'Tasks' });

async function start(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  await page.keyboard.press('t');
  await dialogOf(page).waitFor();
}

describeWindow('copying an image', (open) => {
  it('goes to another registry under the same name, as long work', async () => {
    const page = await open(`${two}&engine=absent`, image);
    await start(page);
    expect(await axeOn(page)).toEqual([]);
    const dialog = dialogOf(page);
    expect(await dialog.getByRole('combobox', { name: 'Registry' }).inputValue()).toBe(
      'open.local',
    );
    expect(await dialog.getByRole('checkbox').isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.waitFor({ state: 'detached' });
    await tasks(page)
      .getByRole('article', { name: 'Copying to open.local/team/api:2.7.6' })
      .waitFor();
    expect(await tasks(page).getByRole('article').count()).toBe(1);
  });

  it('goes to another repository, one platform of it, by Enter', async () => {
    const page = await open(two, image);
    await start(page);
    const dialog = dialogOf(page);
    await dialog.getByRole('combobox', { name: 'What to copy' }).selectOption('linux/arm64');
    await dialog.getByRole('textbox', { name: 'Repository' }).fill('mirror/api');
    await dialog.getByRole('textbox', { name: 'Tag' }).fill('2.7.6-arm');
    await page.keyboard.press('Enter');
    await tasks(page)
      .getByRole('article', { name: 'Copying to open.local/mirror/api:2.7.6-arm' })
      .waitFor();
  });

  it('goes nowhere where the image is already, nor under a name that is none', async () => {
    const page = await open('registries=nas.local:5000', image);
    await start(page);
    const dialog = dialogOf(page);
    const copy = dialog.getByRole('button', { name: 'Copy' });
    await copy.click();
    await dialog.getByText('The image is there already.').waitFor();
    await dialog.getByRole('textbox', { name: 'Tag' }).fill('a tag');
    await dialog.getByText('Letters, digits, . _ and -, at most 128 of them.').waitFor();
    await dialog.getByRole('textbox', { name: 'Repository' }).fill('Team');
    await dialog.getByText('Lower-case letters and digits').waitFor();
    expect(await axeOn(page)).toEqual([]);
    expect(await tasks(page).count()).toBe(0);
  });

  it('is found in the palette, too', async () => {
    const page = await open(two, image);
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('copy to');
    await page.getByRole('option', { name: 'Copy to another place…' }).click();
    await dialogOf(page).waitFor();
  });

  it('starts again from its card, to the same place', async () => {
    const page = await open(two, image);
    await start(page);
    await dialogOf(page).getByRole('textbox', { name: 'Tag' }).fill('forever');
    await page.keyboard.press('Enter');
    const cards = tasks(page).getByRole('article', {
      name: 'Copying to open.local/team/api:forever',
    });
    await cards.getByRole('button', { name: /^Cancel the copying/ }).click();
    await cards.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => cards.count()).toBe(2);
  });
});
