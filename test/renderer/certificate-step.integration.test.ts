import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWindow } from './harness/describe-window.ts';
import type { HarnessPage } from './harness/page.ts';
import { filePassword, type PlanInput } from './harness/trust.ts';

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const step = (page: Page) => page.getByRole('region', { name: 'Certificate', exact: true });
const add = (address: string) => `#/add?text=${encodeURIComponent(address)}`;
const plan = (page: Page) => page.getByRole('region', { name: 'Regent will change' });

/** The last plan that the window asked for. */
const lastPlanned = (page: Page): Promise<PlanInput | undefined> =>
  page.evaluate(() => {
    const { harness } = window as unknown as { readonly harness: HarnessPage };
    return harness.world.planned.at(-1);
  });

describeWindow('the certificate step', (open) => {
  it('shows the chain from the issuer down, and which one would be trusted', async () => {
    const page = await open('', add('nas.local:5000'));
    const tree = page.getByRole('list', { name: 'Certificates of the server' });
    await tree.getByText('Home Lab CA', { exact: true }).first().waitFor();
    const top = tree.getByRole('listitem').first();
    expect(await top.getByRole('listitem').count(), 'the leaf stands under its issuer').toBe(1);
    await top.getByText('would be trusted').waitFor();
    await page.getByRole('radio', { name: /^Only this certificate/ }).check();
    await top.getByRole('listitem').getByText('would be trusted').waitFor();
    expect(await tree.getByText('would be trusted').count()).toBe(1);
  });

  it('asks which programs shall trust, and says what each choice means', async () => {
    const page = await open('', add('nas.local:5000'));
    const choice = page.getByRole('group', { name: 'Who shall trust it' });
    const box = (name: string) => choice.getByRole('checkbox', { name, exact: true });
    await box('Docker Engine').waitFor();
    expect(await box('Docker Engine').isChecked()).toBe(true);
    expect(await box('Podman').isChecked()).toBe(true);
    expect(await box('System store').isChecked(), 'never by itself').toBe(false);
    await choice.getByText('untried, by its documentation only').first().waitFor();
    await choice.getByText('Every server, in every program that asks the system').waitFor();
    await plan(page).getByText('5 changes.').waitFor();
    await box('Podman').uncheck();
    await plan(page).getByText('3 changes.').waitFor();
    await box('System store').check();
    await plan(page).getByText('run update-ca-certificates').waitFor();
    await plan(page).getByText('Works in programs started from now on').waitFor();
    expect((await lastPlanned(page))?.consumers).toEqual(['regent', 'docker-engine', 'system']);
  });

  it('shows an edit as before and after, what restarts, and the command for it', async () => {
    const page = await open('', add('nas.local:5000'));
    await page.getByRole('checkbox', { name: 'BuildKit' }).check();
    const part = plan(page).getByRole('listitem').filter({ hasText: 'BuildKit' }).first();
    await part.getByText('Works after its next restart.').waitFor();
    await part.getByText('systemctl restart buildkit').waitFor();
    await part.getByRole('button', { name: 'Copy command' }).click();
    await expect
      .poll(() =>
        page.evaluate(() => {
          const { harness } = window as unknown as { readonly harness: HarnessPage };
          return harness.world.copied;
        }),
      )
      .toBe('systemctl restart buildkit');
    await part.getByText('Show the edit').waitFor();
    await part.getByText('Show the edit').click();
    await part.getByText('[registry."nas.local:5000"]').waitFor();
    expect(await part.getByText('Added:').count()).toBeGreaterThan(0);
    expect(await part.getByText('Removed:').count(), 'nothing else changes').toBe(0);
  });

  it('says before anything else that a certificate was renewed, and takes the new one in one click', async () => {
    const page = await open('', add('renewed.local:5000'));
    const changed = page.getByRole('alert', {
      name: 'renewed.local:5000 shows another certificate than before',
    });
    await changed.getByText('The server still has the key of the old one').waitFor();
    await changed.getByRole('row', { name: /^Key \(different\) RSA 2048.* EC P-256/ }).waitFor();
    await changed.getByRole('row', { name: /^Issued to renewed.local renewed.local/ }).waitFor();
    const first = await step(page).locator('.flow-content > :nth-child(2)').getAttribute('role');
    expect(first, 'it stands first').toBe('alert');
    await button(page, 'Trust the new certificate').click();
    await step(page).getByText('What was trusted before has gone:').waitFor();
    expect((await lastPlanned(page))?.replace).toBe(true);
  });

  it('warns of a changed certificate with another key', async () => {
    const page = await open('', add('swapped.local:5000'));
    const changed = page.getByRole('alert', { name: /shows another certificate than before/ });
    await changed.getByText('somebody stands between you and the registry').waitFor();
  });

  it('looks for a missing issuer only when asked', async () => {
    const page = await open('', add('partial.local:5000'));
    const tree = page.getByRole('list', { name: 'Certificates of the server' });
    await tree.getByText('not shown by the server').waitFor();
    await button(page, 'Look for the missing issuer').click();
    await tree.getByText('fetched, the server left it out').first().waitFor();
    await step(page).getByText('Docker does not fetch what a server leaves out').waitFor();
    expect(await button(page, 'Look for the missing issuer').count()).toBe(0);
  });

  it('says that a missing issuer was not found', async () => {
    const page = await open('', add('lost.local:5000'));
    await button(page, 'Look for the missing issuer').click();
    await step(page).getByText('was not found where the certificate says').waitFor();
  });

  it('takes the authority from a file', async () => {
    const page = await open('', add('nas.local:5000'));
    await button(page, 'Use a CA file…').click();
    const radio = page.getByRole('radio', { name: 'The authority in /home/ada/company-root.pem' });
    await radio.waitFor();
    expect(await radio.isChecked()).toBe(true);
    await step(page).getByText('FA:11:FA:11').first().waitFor();
    expect((await lastPlanned(page))?.authority?.path).toBe('/home/ada/company-root.pem');
    await button(page, 'Trust this certificate').click();
    await step(page).getByText('Trusted now').waitFor();
  });

  it('asks for the password of a protected file, and keeps it nowhere', async () => {
    const page = await open('file=/home/ada/company.p12', add('nas.local:5000'));
    await button(page, 'Use a CA file…').click();
    const password = page.getByLabel('Password of the file', { exact: true });
    await page.getByText('is protected by a password').waitFor();
    expect(await button(page, 'Trust this certificate').isDisabled()).toBe(true);
    await password.fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The password does not open').waitFor();
    expect(await password.inputValue()).toBe('');
    await password.fill(filePassword);
    await button(page, 'Open').click();
    await step(page).getByText('FA:11:FA:11').first().waitFor();
    expect(await page.content()).not.toContain(filePassword);
    await expect.poll(() => button(page, 'Trust this certificate').isDisabled()).toBe(false);
  });

  it('asks for a client certificate where a registry wants one', async () => {
    const page = await open('', add('mtls.local:5000'));
    const part = page.getByRole('region', { name: 'Client certificate' });
    await part.getByRole('button', { name: 'Choose certificate and key…' }).click();
    await part.getByText('/home/ada/ada.key').waitFor();
    await expect
      .poll(async () => (await lastPlanned(page))?.client)
      .toEqual({ certificate: '/home/ada/ada.crt', key: '/home/ada/ada.key' });
    await button(page, 'Trust this certificate').click();
    await step(page).getByText('Trusted now').waitFor();
  });

  it('allows plain HTTP apart from everything else, after its consequences were read', async () => {
    const page = await open('', add('plain.corp:5000'));
    await page.getByRole('region', { name: 'For the registry’s administrator' }).waitFor();
    expect(await button(page, 'Allow plain HTTP').count()).toBe(0);
    await button(page, 'Go on without any protection…').click();
    await step(page).getByText('can read every password').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(
      'without any protection',
    );
    const choice = page.getByRole('group', { name: 'Who shall trust it' });
    expect(await choice.getByRole('checkbox', { name: 'System store' }).count()).toBe(0);
    await plan(page).getByText('run systemctl reload docker').waitFor();
    await plan(page).getByText('it only reads its settings again').waitFor();
    expect(await button(page, 'Allow plain HTTP').isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'I know what this means and want it anyway' }).check();
    await button(page, 'Allow plain HTTP').click();
    await step(page).getByText('Allowed without any protection').waitFor();
    expect((await lastPlanned(page))?.insecure).toBe(true);
  });
});
