import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeOn, picture } from './harness/browser.ts';
import { describeWindow } from './harness/describe-window.ts';

const nas = 'registries=nas.local:5000';
const tagsOf = (repository: string) =>
  `#/registry/nas.local%3A5000/${encodeURIComponent(repository)}`;
const small = { width: 900, height: 600 };

const row = (page: Page, name: RegExp) => page.getByRole('row', { name });
/** Where the box of a row is. */
const box = { position: { x: 20, y: 14 } };
const bar = (page: Page) => page.getByRole('region', { name: 'Selected tags' });
const selected = (page: Page) => page.getByRole('row', { selected: true });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

describeWindow('several tags', (open) => {
  it('are chosen by their boxes, in a range with Shift, singly with Ctrl', async () => {
    const page = await open(nas, tagsOf('team/api'));
    await row(page, /^2\.7\.7 = latest/).click(box);
    await bar(page).getByText('1 tag selected').waitFor();
    await row(page, /^2\.7\.3/).click({ modifiers: ['Shift'] });
    await bar(page).getByText('5 tags selected').waitFor();
    await row(page, /^2\.7\.5/).click({ modifiers: ['ControlOrMeta'] });
    await bar(page).getByText('4 tags selected').waitFor();
    expect(await selected(page).count()).toBe(4);
    await picture(page, 'bulk-selected-light');
    expect(await axeOn(page)).toEqual([]);
    await button(page, 'Clear selection').click();
    expect(await selected(page).count()).toBe(0);
  });

  it('are chosen by keys: the space bar, Shift with arrows, all that the filter shows', async () => {
    const page = await open(nas, tagsOf('team/api'));
    await row(page, /^2\.7\.7 = latest/).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await bar(page).getByText('4 tags selected').waitFor();
    await page.keyboard.press('Shift+ArrowUp');
    await bar(page).getByText('3 tags selected').waitFor();
    expect(await row(page, /^2\.7\.6/).getAttribute('aria-selected')).toBe('false');
    await page.keyboard.press('Escape');
    await bar(page).waitFor({ state: 'detached' });
    await page.keyboard.press('f');
    await page.keyboard.type('2.7.');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ControlOrMeta+a');
    await bar(page).getByText('8 tags selected').waitFor();
    const all = page.getByRole('checkbox', { name: 'Select all that are shown' });
    expect(await all.getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('f');
    await page.keyboard.type('2.7.1');
    await bar(page).getByText('1 tag selected').waitFor();
    await all.click();
    await bar(page).waitFor({ state: 'detached' });
  });

  it('are compared when they are two', async () => {
    const page = await open(nas, tagsOf('team/api'));
    await row(page, /^2\.7\.7 = latest/).click(box);
    await row(page, /^2\.7\.5/).click(box);
    await button(page, 'Compare').click();
    await expect.poll(() => page.url()).toMatch(/compare\/.*2\.7\.5.*2\.7\.7/);
  });

  it('are deleted after all that goes with them was shown, with what went wrong', async () => {
    const page = await open(`${nas}&theme=dark`, tagsOf('team/signed'), small);
    await row(page, /^2\.7\.7 = latest/).click(box);
    await row(page, /^2\.7\.5/).click({ modifiers: ['Shift'] });
    await row(page, /^broken/).click(box);
    await picture(page, 'bulk-selected-dark-900');
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('alertdialog', { name: 'Delete 4 tags from team/signed?' });
    const going = dialog.getByRole('grid', { name: '4 images that go' });
    await going.getByRole('row', { name: /^2\.7\.5, 2\.7\.5-again/ }).waitFor();
    await dialog.getByText('names the same image and goes too: 2.7.5-again').waitFor();
    await dialog.getByText(/[\d,]+ bytes\) that nothing else/).waitFor();
    await dialog.getByText('would be about nothing any more').waitFor();
    await picture(page, 'bulk-plan-dark-900');
    expect(await axeOn(page)).toEqual([]);
    await dialog.getByRole('checkbox', { name: /^Delete the signatures/ }).check();
    await dialog.getByRole('button', { name: 'Delete 7 images' }).click();
    await dialog.getByText('6 of 7 images deleted').waitFor();
    await dialog.getByRole('row', { name: /^broken .*has changed in the meantime/ }).waitFor();
    await dialog.getByText('Look at the plan again').waitFor();
    await picture(page, 'bulk-ended-dark-900');
    expect(await axeOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('are deleted until somebody stops it', async () => {
    const page = await open(nas, tagsOf('team/api'));
    await row(page, /^2\.7\.7 = latest/).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await button(page, 'Delete…').click();
    await button(page, /^Delete \d+ images/).click();
    await page
      .getByRole('row', { name: /Deleted$/ })
      .first()
      .waitFor();
    await button(page, 'Stop').click();
    await page.getByText(/^\d+ of 67 images deleted$/).waitFor();
    await page
      .getByRole('row', { name: /Left alone$/ })
      .first()
      .waitFor();
  });

  it('are not deleted where the registry deletes nothing: what to set is said', async () => {
    const page = await open(nas, tagsOf('team/web'));
    await row(page, /^2\.7\.7 = latest/).focus();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('alertdialog', { name: 'Delete team/web 2.7.7?' });
    await dialog.getByText('could not be read, and may need any image here').waitFor();
    await dialog.getByRole('button', { name: 'Delete 1 image' }).click();
    await dialog.getByText('REGISTRY_STORAGE_DELETE_ENABLED=true').waitFor();
    expect(await dialog.getByRole('button', { name: 'Delete 1 image' }).isEnabled()).toBe(true);
    await picture(page, 'bulk-disabled-light');
    expect(await axeOn(page)).toEqual([]);
  });

  it('go by a rule, which says what it spares and can be changed', async () => {
    const page = await open(nas, tagsOf('team/api'));
    await button(page, 'Clean up…').click();
    const dialog = page.getByRole('dialog', { name: 'Clean up team/api' });
    expect(await dialog.getByRole('button', { name: 'Show what would go' }).isDisabled()).toBe(
      true,
    );
    await dialog.getByRole('spinbutton', { name: 'Keep the newest' }).fill('60');
    await dialog.getByRole('textbox', { name: 'Tags like' }).fill('2.*');
    await picture(page, 'clean-up-light');
    expect(await axeOn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    const plan = page.getByRole('alertdialog', { name: 'Clean up team/api' });
    await plan.getByText('1 image fits the rule and stays all the same').click();
    await plan.getByText('2.7.7: kept because of latest').waitFor();
    await picture(page, 'clean-up-plan-light');
    expect(await axeOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await dialog.getByRole('spinbutton', { name: 'Keep the newest' }).inputValue()).toBe(
      '60',
    );
    await dialog.getByRole('button', { name: 'Show what would go' }).click();
    await plan.getByRole('button', { name: /^Delete \d+ images/ }).click();
    await page.getByText(/^\d+ images were deleted$/).waitFor();
    expect(await plan.count()).toBe(0);
  });
});
