import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closedHost,
  createUser,
  describeWithLab,
  type LabDisplay,
  type LabKeychain,
  type LabUser,
  type LabWebsite,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
  startDisplay,
  startWebsite,
} from '../lab/index.ts';
import { type DemoSteps, openDemo } from './demo-steps.ts';
import { keychainOf, openTerminal } from './terminal.ts';
import { openWindow, type RegentWindow } from './window.ts';

let display: LabDisplay;
let keychain: LabKeychain;
let user: LabUser;

/** Opens a fresh Regent; the keychain is shared, nothing else is. */
async function openFresh(env: NodeJS.ProcessEnv = {}): Promise<RegentWindow> {
  const terminal = await openTerminal(user, keychain);
  return openWindow({ ...terminal, env: { ...terminal.env, ...env } }, { display });
}

describeWithLab('the demo in the window', ['engine', 'registry', 'keychain', 'display'], () => {
  beforeAll(async () => {
    user = await createUser();
    keychain = await keychainOf(user);
    display = await startDisplay();
  });
  afterAll(async () => {
    await display?.stop();
    await keychain?.stop();
  });

  describe.each(['engine', 'no engine'] as const)('with %s', (kind) => {
    let regent: RegentWindow;
    let demo: DemoSteps;
    let etcDocker: readonly string[];
    const look = (step: string) => regent.look(`demo-${kind.replace(' ', '-')}-${step}`);
    const proof = () => regent.page.getByRole('region', { name: 'Proof', exact: true });

    beforeAll(async () => {
      await sharedEngine();
      etcDocker = snapshotTree('/etc/docker');
      regent = await openFresh(kind === 'engine' ? {} : { DOCKER_HOST: 'unix:///nowhere.sock' });
      demo = openDemo(regent);
    });
    afterAll(() => regent?.close());

    it('says on the first screen whether an engine was found', async () => {
      const words = kind === 'engine' ? 'Found Docker Engine' : /does not answer/;
      await regent.page.getByRole('main').getByText(words).waitFor();
      await look('1-first-run');
    });

    it('asks to trust for Regent alone, which needs no password', async () => {
      await demo.begin();
      await look('2-certificate');
      const asked = await demo.trust();
      expect(asked.message).toContain('127.0.0.1:');
      expect(asked.detail).not.toContain('/etc/docker');
      await look('3-sign-in');
    });

    it('signs in, and calls nothing proven on loopback', async () => {
      await demo.signIn();
      await demo.seeProof();
      const adds = proof().getByText('Regent can also pull these images to run them.');
      expect(await adds.count()).toBe(kind === 'engine' ? 0 : 1);
      await look('4-proof');
    });

    it('ends with browsing', async () => {
      await demo.browse();
      await look('5-tags');
    });

    it('leaves /etc/docker alone and breaks no rule of the page', async () => {
      expect(snapshotTree('/etc/docker')).toEqual(etcDocker);
      expect(await regent.violations()).toEqual([]);
    });
  });

  describe('with an engine that can be pulled into', () => {
    it('pulls a demo image', async () => {
      const regent = await openFresh();
      const demo = openDemo(regent);
      await demo.begin();
      await demo.trust();
      await demo.signIn();
      await demo.seeProof();
      await demo.browse();
      await regent.page.getByRole('button', { name: /^Pull/ }).first().click();
      const tasks = regent.page.getByRole('region', { name: 'Tasks' });
      await tasks.getByText('Pulled', { exact: true }).waitFor();
      await regent.look('demo-engine-6-pulled');
      await regent.close();
    });
  });
});

describeWithLab('bad input in the window', ['registry', 'keychain', 'display'], () => {
  let regent: RegentWindow;
  let website: LabWebsite;
  let plain: SharedRegistry;
  const button = (name: string) => regent.page.getByRole('button', { name, exact: true });
  const field = () =>
    regent.page.getByRole('textbox', { name: 'Paste an address or a pull command' });

  /** From anywhere to the flow's own field, with this text entered. */
  async function check(text: string): Promise<void> {
    await regent.page.getByRole('link', { name: 'Add registry' }).click();
    const change = button('Change');
    if ((await change.count()) > 0) await change.click();
    await field().fill(text);
    await field().press('Enter');
  }

  beforeAll(async () => {
    user = await createUser();
    keychain = await keychainOf(user);
    display = await startDisplay();
    website = await startWebsite('tls');
    plain = await sharedRegistry('plain');
    regent = await openFresh();
  });
  afterAll(async () => {
    await regent?.close();
    await website?.stop();
    await display?.stop();
    await keychain?.stop();
  });

  it('an address that is none: said at the field, with what may be pasted', async () => {
    await check('not an address');
    await regent.page.getByText('“not an address” is not a registry address.').waitFor();
    await regent.page.getByText('You can paste the address, a URL or a whole').waitFor();
    expect(await field().inputValue()).toBe('not an address');
    await regent.look('bad-1-no-address');
  });

  it.each([
    {
      name: 'a closed port',
      address: () => `${closedHost.name}:5000`,
      what: 'refuses connections.',
      next: 'Check the port',
    },
    {
      name: 'an unknown host',
      address: () => 'nobody.invalid:5000',
      what: 'nobody.invalid',
      next: 'Check',
    },
    {
      name: 'a web server that is no registry',
      address: () => website.address,
      what: 'There is no container registry at',
      next: 'Check host and port',
    },
    {
      name: 'a registry that speaks plain HTTP',
      address: () => plain.address,
      what: 'speaks plain HTTP, without encryption.',
      next: 'switch TLS on',
    },
  ])('$name: a sentence with the next step, and nothing to trust', async (bad) => {
    await check(bad.address());
    const note = regent.page.getByRole('alert');
    await note.getByText(bad.what).waitFor();
    await note.getByText(bad.next).waitFor();
    expect(await note.allInnerTexts()).toHaveLength(1);
    expect(await button('Trust this certificate').count()).toBe(0);
    await regent.look(`bad-${bad.name.replaceAll(' ', '-')}`);
  });

  it('adds none of them, and breaks no rule of the page', async () => {
    await regent.page.getByRole('link', { name: 'Local images' }).click();
    expect(await regent.page.getByRole('link', { name: /:5000|8443/ }).count()).toBe(0);
    expect(await regent.violations()).toEqual([]);
  });
});
