import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeProxy, startFakeProxy } from '../fakes/proxy.ts';
import { type FakeServer, startFake } from '../fakes/registry.ts';
import {
  createUser,
  describeWithLab,
  issueAuthority,
  issueServer,
  type LabDisplay,
  type LabKeychain,
  startDisplay,
} from '../lab/index.ts';
import { keychainOf, openTerminal } from './terminal.ts';
import { openWindow, type RegentWindow } from './window.ts';

const address = 'only-the-proxy-knows.test:5443';

describeWithLab('a window behind the proxy of the system', ['keychain', 'display'], () => {
  let display: LabDisplay;
  let keychain: LabKeychain;
  let regent: RegentWindow;
  let registry: FakeServer;
  let proxy: FakeProxy;

  beforeAll(async () => {
    const user = await createUser();
    keychain = await keychainOf(user);
    display = await startDisplay();
    const certificate = issueServer(issueAuthority(), { names: ['only-the-proxy-knows.test'] });
    registry = await startFake(() => ({ body: {} }), { certificate });
    proxy = await startFakeProxy({ ports: { [address]: Number(registry.address.split(':')[1]) } });
    // To Chromium, and so to whoever asks it, this is what the system's settings say.
    const switches = [`--proxy-server=${proxy.address}`];
    regent = await openWindow(await openTerminal(user, keychain), { display, switches });
  });
  afterAll(async () => {
    await regent?.close();
    await proxy?.stop();
    await registry?.stop();
    await display?.stop();
    await keychain?.stop();
  });

  it('looks at registries through it, and says that Docker needs to be told of it, too', async () => {
    const { page } = regent;
    await page
      .getByRole('link', { name: /^Add registry/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Paste an address or a pull command' }).fill(address);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText(`Port 5443 answers through the proxy ${proxy.address}`).waitFor();
    await page.getByText('Docker’s engine does not use this setting').waitFor();
    await page.getByText('Certificate not trusted by Docker').waitFor();
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${address}`]));
    await regent.look('system-proxy');
  });
});
