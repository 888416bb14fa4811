import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { formatFingerprint } from '../../shared/model/certificate.ts';
import { rightPassword } from './harness/accounts.ts';
import { caFingerprint, leafFingerprint } from './harness/certificates.ts';
import { describeWindow } from './harness/describe-window.ts';

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Pastes as a person does, without a clipboard permission. */
async function paste(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label });
  await field.focus();
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    element.dispatchEvent(event);
  }, text);
}

const pasteAddress = (page: Page, text: string) =>
  paste(page, 'Paste an address or a pull command', text);

describeWindow('adding a registry', (open) => {
  it('goes from a pasted pull command to the pulled image', async () => {
    const page = await open();
    await pasteAddress(page, '$ docker pull nas.local:5000/team/api:2.1.0');
    await button(page, 'Trust this certificate').click();
    await page.getByRole('textbox', { name: 'User' }).fill('ada');
    await page.getByLabel('Password or token').fill(rightPassword);
    await button(page, 'Sign in').click();
    await section(page, 'Proof').getByText('proven').first().waitFor();
    const table = section(page, 'Proof').getByRole('table');
    await table.getByRole('row', { name: 'Docker Engine proven proven proven proven' }).waitFor();
    await table.getByRole('row', { name: 'Podman proven proven proven not proven' }).waitFor();
    await section(page, 'Proof').getByText('What they answered').click();
    await section(page, 'Proof').getByText('this is the expected answer').waitFor();
    expect(await page.content()).not.toContain(rightPassword);
    await button(page, 'Pull team/api:2.1.0').click();
    const task = page.getByRole('article', { name: 'Pull of nas.local:5000/team/api:2.1.0' });
    await task.getByText('docker run --rm nas.local:5000/team/api:2.1.0').waitFor();
    await page.getByRole('link', { name: 'nas.local:5000 Ready' }).waitFor();
    await page.getByText('Credential helper ready').waitFor();
  });

  it('can be done with the keyboard alone', async () => {
    const page = await open('registries=other.local:5000');
    await page.keyboard.press('Control+n');
    await page.getByRole('heading', { level: 1, name: 'Add registry' }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.tagName);
    await expect.poll(focused).toBe('INPUT');
    await page.keyboard.type('nas.local:5000');
    await page.keyboard.press('Enter');
    await button(page, 'Trust this certificate').waitFor();
    await button(page, 'Trust this certificate').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'User' }).waitFor();
    await expect.poll(focused).toBe('INPUT');
    await page.keyboard.type('ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type(rightPassword);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Browse');
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'Repositories of nas.local:5000' }).waitFor();
  });

  it('shows what will be written before it is, and what was afterwards', async () => {
    const page = await open();
    await pasteAddress(page, 'https://nas.local:5000/');
    const file = '/etc/docker/certs.d/nas.local:5000/regent-4f9a1c77e0b2d355.crt';
    const certificate = section(page, 'Certificate');
    await certificate.getByText(`write file ${file} (644)`).waitFor();
    await certificate.getByText('Asks once for the administrator’s password.').waitFor();
    await button(page, 'Trust this certificate').click();
    await certificate.getByText('Docker Engine: done').waitFor();
    await certificate.getByText('What was changed').click();
    await certificate.getByText(`write file ${file} (644)`).waitFor();
  });

  it('holds trust back while a fingerprint does not match', async () => {
    const page = await open();
    await pasteAddress(page, 'nas.local:5000');
    const trust = button(page, 'Trust this certificate');
    const compare = page.getByRole('textbox', {
      name: 'Compare with a fingerprint you were given',
    });
    await compare.fill('ff'.repeat(32));
    await page.getByText('Does not match: this is another certificate, do not trust it').waitFor();
    expect(await trust.isDisabled()).toBe(true);
    await compare.fill(`SHA256 Fingerprint=${formatFingerprint(caFingerprint)}`);
    await page.getByText('Match: it is the same certificate').waitFor();
    await expect.poll(() => trust.isDisabled()).toBe(false);
    await compare.fill(leafFingerprint);
    await page.getByText('Match: it is the same certificate').waitFor();
    expect(
      await page.getByRole('radio', { name: /^Only this certificate/ }).isChecked(),
      'the certificate that was meant is chosen',
    ).toBe(true);
    await page.getByRole('radio', { name: /^The issuer/ }).check();
    await page.getByText('Belongs to the other certificate of this server').waitFor();
    expect(await trust.isDisabled()).toBe(true);
  });

  it('stays calm when the person declines in the system’s dialog', async () => {
    const page = await open('declines');
    await pasteAddress(page, 'nas.local:5000');
    await button(page, 'Trust this certificate').click();
    await page.getByText('Nothing was changed.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await button(page, 'Trust this certificate').click();
    await page.getByRole('textbox', { name: 'User' }).waitFor();
  });

  it('says that a password is wrong and keeps only the name', async () => {
    const page = await open();
    await pasteAddress(page, 'nas.local:5000');
    await button(page, 'Trust this certificate').click();
    await page.getByRole('textbox', { name: 'User' }).fill('ada');
    await page.getByLabel('Password or token').fill('wrong horse');
    await button(page, 'Sign in').click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Password or token').inputValue()).toBe('');
    expect(await page.getByRole('textbox', { name: 'User' }).inputValue()).toBe('ada');
    await page.keyboard.type(rightPassword);
    await page.keyboard.press('Enter');
    await button(page, 'Browse').waitFor();
  });

  it('offers to browse first where no engine could pull', async () => {
    const page = await open('engine=absent');
    await pasteAddress(page, 'open.corp/team/api:2');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Browse');
    const pull = button(page, 'Pull team/api:2');
    expect(await pull.isDisabled()).toBe(true);
    expect(await pull.getAttribute('title')).toBe('No container engine answers.');
  });

  it('is not left by closing the tasks with Escape', async () => {
    const page = await open();
    await pasteAddress(page, 'open.corp/team/api:forever');
    await button(page, 'Pull team/api:forever').click();
    await page.getByRole('region', { name: 'Tasks' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('region', { name: 'Tasks' }).count()).toBe(0);
    await section(page, 'Proof').waitFor();
  });

  it('shows what the engine refuses in its own words, and asks it again on request', async () => {
    const page = await open();
    await pasteAddress(page, 'refused.corp');
    const proof = section(page, 'Proof');
    await proof.getByText('refused', { exact: true }).first().waitFor();
    await proof.getByText('x509: certificate signed by unknown authority').first().waitFor();
    await proof.getByRole('button', { name: 'Try again' }).click();
    await proof.getByText('refused', { exact: true }).first().waitFor();
    await button(page, 'Browse').waitFor();
  });

  it('can be cancelled while it looks', async () => {
    const page = await open();
    await pasteAddress(page, 'slow.local:5000');
    await page.getByText('Looking up slow.local').waitFor();
    await page.keyboard.press('Escape');
    await button(page, 'Check').waitFor();
    expect(await page.getByText('Looking up slow.local').count()).toBe(0);
  });

  it.each([
    ['expired.corp:5000', /openssl req -x509/],
    ['nosan.corp:5000', /subjectAltName=DNS:nosan.corp/],
    ['plain.corp:5000', null],
    ['closed.corp:5000', null],
    ['web.corp', null],
  ])('explains %s and offers no way around', async (address, command) => {
    const page = await open();
    await pasteAddress(page, address);
    await page.getByRole('alert').waitFor();
    expect(await button(page, 'Trust this certificate').count()).toBe(0);
    if (command) await page.locator('.command-line').getByText(command).waitFor();
  });

  it('says at the field that a text is no address', async () => {
    const page = await open();
    await pasteAddress(page, 'not an address');
    await page.getByText('is not a registry address').waitFor();
    const field = page.getByRole('textbox', { name: 'Paste an address or a pull command' });
    expect(await field.inputValue()).toBe('not an address');
  });

  it('asks nothing of an open registry that is trusted already', async () => {
    const page = await open();
    await pasteAddress(page, 'open.corp');
    await button(page, 'Browse').waitFor();
    await section(page, 'Certificate').getByText('Trusted already').waitFor();
    await section(page, 'Sign in').getByText('No sign-in needed').waitFor();
  });

  it('runs through the demo with three clicks', async () => {
    const page = await open('engine=absent');
    await button(page, 'Try it with a demo registry').click();
    await page.getByText('Match: it is the same certificate').waitFor();
    await button(page, 'Trust this certificate').click();
    await button(page, 'Use the demo account (demo)').click();
    await page.getByText('Browsing works without an engine.').waitFor();
    await button(page, 'Browse').click();
    await page.getByRole('grid', { name: 'Repositories of 127.0.0.1:40123' }).waitFor();
  });
});
