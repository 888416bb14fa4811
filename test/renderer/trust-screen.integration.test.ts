import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWindow } from './harness/describe-window.ts';

const button = (scope: Page | ReturnType<Page['getByRole']>, name: string | RegExp) =>
  scope.getByRole('button', { name, exact: true });
const trust = '#/trust';
const bundle = (text: string) => ({
  name: 'nas.regent.json',
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

describeWindow('the trust screen', (open) => {
  it('is in the navigation, and says what to do while it is empty', async () => {
    const page = await open('');
    await page.getByRole('link', { name: 'Trust', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Trust' }).waitFor();
    await page.getByRole('heading', { name: 'Nothing is trusted yet' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Add registry' }).click();
    await page.getByRole('heading', { level: 1, name: 'Add registry' }).waitFor();
  });

  it('lists every trust with its programs and its end', async () => {
    const page = await open('registries=nas.local:5000,ending.local,ended.local,plain.lab', trust);
    const card = (name: string) => page.getByRole('article', { name });
    await card('nas.local:5000').getByText('140 days left').waitFor();
    await card('nas.local:5000').getByText('For Regent and Docker Engine').waitFor();
    await card('ending.local').getByText('ends soon, 12 days left').waitFor();
    await card('ended.local').getByText('expired 3 days ago').waitFor();
    await card('plain.lab').getByText('Plain HTTP without any protection').waitFor();
    expect(await card('plain.lab').getByText('days left').count()).toBe(0);
    await card('ended.local').getByRole('link', { name: 'Look for the new certificate' }).click();
    await page.getByRole('heading', { level: 1, name: 'Add registry' }).waitFor();
  });

  it('says that somebody removed a trust, and puts it back', async () => {
    const page = await open('registries=drifted.local:5000', trust);
    const card = page.getByRole('article', { name: 'drifted.local:5000' });
    await card.getByText('somebody removed it').waitFor();
    await button(card, 'Put back trust in drifted.local:5000').click();
    const dialog = page.getByRole('dialog', { name: 'Put back trust in drifted.local:5000?' });
    await dialog.getByText('write file /etc/docker/certs.d/drifted.local:5000').waitFor();
    await button(dialog, 'Put it back').click();
    await dialog.getByRole('status').getByText('Done.').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => card.getByText('somebody removed it').count()).toBe(0);
  });

  it('shows what undoing changes before it undoes', async () => {
    const page = await open('registries=nas.local:5000', trust);
    await button(page, 'Stop trusting nas.local:5000').click();
    const question = page.getByRole('alertdialog', { name: 'Stop trusting nas.local:5000?' });
    const back = question.getByRole('region', { name: 'Regent will put back' });
    await back.getByText(/^remove \/etc\/docker\/certs\.d\/nas\.local:5000/).waitFor();
    await back.getByText('Asks once for the administrator’s password.').waitFor();
    await button(question, 'Stop trusting').click();
    await page.getByText('Not trusted any more.').waitFor();
    await button(page, 'Close').click();
    await page.getByRole('heading', { name: 'Nothing is trusted yet' }).waitFor();
  });

  it('undoes everything at once', async () => {
    const page = await open('registries=nas.local:5000,ending.local', trust);
    await button(page, 'Undo everything…').click();
    const question = page.getByRole('alertdialog', { name: 'Undo every trust made by Regent?' });
    await question
      .getByText(/certs\.d\/ending\.local\/.*\.crt$/)
      .first()
      .waitFor();
    await button(question, 'Stop trusting').click();
    await page.getByText('Not trusted any more.').waitFor();
    await button(page, 'Close').click();
    await page.getByRole('heading', { name: 'Nothing is trusted yet' }).waitFor();
  });

  it('proves on demand, program by way', async () => {
    const page = await open('registries=nas.local:5000', trust);
    await button(page, 'Prove trust in nas.local:5000').click();
    const table = page.getByRole('table', { name: 'Proof for nas.local:5000' });
    await table.waitFor();
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
      'Program',
      'sign in',
      'pull',
      'push',
      'build',
    ]);
    await table.getByRole('row', { name: 'Podman proven proven proven not proven' }).waitFor();
    await page.getByText('Reads trust just as pulling does.').waitFor();
    await button(page, 'Ask again').click();
    await table.getByRole('row', { name: /^Docker Engine proven/ }).waitFor();
  });

  it('takes a trust to other machines in the chosen form', async () => {
    const page = await open('registries=nas.local:5000', trust);
    const menu = button(page, 'Take trust in nas.local:5000 to other machines');
    await menu.focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('menuitem').allInnerTexts()).toHaveLength(6);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Shell script for nas.local:5000' });
    await dialog.getByText('# Trusts nas.local:5000').waitFor();
    await button(dialog, 'Save…').click();
    await dialog.getByText('Saved: /home/ada/regent-trust-nas.sh').waitFor();
    await page.keyboard.press('Escape');
    expect(
      await menu.evaluate((element) => element === document.activeElement),
      'the focus comes back',
    ).toBe(true);
  });

  it('mends what earlier attempts left behind, with the plan shown first', async () => {
    const page = await open('registries=nas.local:5000&messes', trust);
    const part = page.getByRole('region', { name: 'In the way' });
    const rows = part.getByRole('listitem');
    await rows.filter({ hasText: 'An administrator has to look at it' }).waitFor();
    await button(part, 'Mend /etc/docker/certs.d/nas.local:5000/ca.pem').click();
    const dialog = page.getByRole('dialog', { name: 'Mend this for nas.local:5000?' });
    await dialog.getByText(/^rename .*ca\.pem to .*set-aside-by-regent/).waitFor();
    await button(dialog, 'Mend').click();
    await dialog.getByText('Docker Engine: done').waitFor();
    await button(dialog, 'Close').click();
    await expect.poll(() => part.count()).toBe(0);
  });

  it('imports a bundle, never in silence', async () => {
    const page = await open('', trust);
    await button(page, 'Import a bundle…').click();
    const dialog = page.getByRole('dialog', { name: 'Import a bundle from another machine' });
    const file = dialog.getByLabel('Bundle file');
    await file.setInputFiles(bundle('not json'));
    await dialog.getByRole('alert').waitFor();
    await file.setInputFiles(bundle('{"address":"team.lab:5000"}'));
    await dialog.getByText('The bundle is about team.lab:5000.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'The bundle is about team.lab:5000.',
    );
    await dialog.getByText('4F:9A:1C:77').first().waitFor();
    const accept = button(dialog, 'Trust this certificate');
    await dialog.getByLabel('Compare with a fingerprint you were given').fill('ff'.repeat(32));
    expect(await accept.isDisabled()).toBe(true);
    await dialog.getByLabel('Compare with a fingerprint you were given').fill('');
    await accept.click();
    await dialog.getByText('Docker Engine: done').waitFor();
    await button(dialog, 'Close').click();
    await page.getByRole('article', { name: 'team.lab:5000' }).waitFor();
  });

  it('can be imported from where a registry is added', async () => {
    const page = await open('', '#/add');
    await button(page, 'Import a bundle…').click();
    await page.getByLabel('Bundle file').setInputFiles(bundle('{"address":"team.lab:5000"}'));
    await button(page, 'Trust this certificate').click();
    await button(page, 'Close').click();
    await page.getByRole('region', { name: 'Sign in' }).getByLabel('User').waitFor();
  });

  it('stays calm when the person declines in the system’s dialog', async () => {
    const page = await open('registries=drifted.local:5000&declines', trust);
    await button(page, 'Put back trust in drifted.local:5000').click();
    await button(page, 'Put it back').click();
    await page.getByText('Nothing was changed.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await button(page, 'Put it back').click();
    await page.getByRole('status').getByText('Done.').waitFor();
  });
});
