import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Accounts, createAccounts } from '../../../main/accounts/accounts.ts';
import { openKeychain } from '../../../main/accounts/secrets/keychain.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { createRegistryClient } from '../../../main/registry/client.ts';
import {
  describeWithLab,
  type LabKeychain,
  type LabTokenRegistry,
  labFolder,
  seedImages,
  startKeychain,
  startTokenRegistry,
} from '../../lab/index.ts';
import { calm, collect } from '../registry/open-fake.ts';

describeWithLab(
  'a login of the keychain and a registry with tokens',
  ['registry', 'keychain', 'busybox'],
  () => {
    let registry: LabTokenRegistry;
    let keychain: LabKeychain;
    let accounts: Accounts;
    const bus = process.env.DBUS_SESSION_BUS_ADDRESS;

    function open() {
      const { address, caPem } = registry;
      const client = createRegistryClient({
        ...{ address, scheme: 'https', trust: { ca: [caPem] } },
        credentials: () => accounts.credentialsFor(address),
      });
      onTestFinished(() => client.close());
      return client;
    }
    const keep = ({ username, password }: { username: string; password: string }) =>
      accounts.save({ address: registry.address, username, secret: password });
    const watch = () => {
      const before = registry.asked().length;
      return () => registry.asked().slice(before);
    };

    beforeAll(async () => {
      keychain = await startKeychain();
      process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
      const data = mkdtempSync(join(labFolder, 'token-login-'));
      accounts = createAccounts({ paths: { data }, clock: systemClock, keychain: openKeychain() });
      registry = await startTokenRegistry({ prepare: seedImages });
    });
    afterEach(async () => {
      registry.change({ lifetime: 300, expiresIn: 300, anonymousPull: false, post: true });
      registry.change({ generation: 1 });
      await accounts.remove(registry.address);
    });
    afterAll(async () => {
      if (bus === undefined) delete process.env.DBUS_SESSION_BUS_ADDRESS;
      else process.env.DBUS_SESSION_BUS_ADDRESS = bus;
      await registry.stop();
      await keychain.stop();
    });

    /** What the token server hands out to `docker login`. */
    const fetchIdentityToken = async (): Promise<string> => {
      const { service, username, password } = registry;
      const form = new URLSearchParams({
        ...{ grant_type: 'password', access_type: 'offline', client_id: 'docker' },
        ...{ service, username, password },
      });
      const dispatcher = new Agent({ connect: { ca: registry.caPem } });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const options = { method: 'POST', dispatcher, headers, body: form.toString() } as const;
      const answer = await request(registry.realm, options);
      const { refresh_token } = (await answer.body.json()) as { refresh_token: string };
      await dispatcher.close();
      return refresh_token;
    };

    it('is proved by the token server before it is kept', async () => {
      const { username, password } = registry;
      const client = open();
      await client.checkLogin({ username, password }, calm);
      const wrong = client.checkLogin({ username, password: 'wrong' }, calm);
      await expect(wrong).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
    });

    it('browses, with one token for each scope', async () => {
      await keep(registry);
      const asked = watch();
      const client = open();
      await expect(client.ping(calm)).resolves.toEqual({ username: 'ada', api: 'v2' });
      const pages = await collect(client.listRepositories(calm));
      expect(pages.flat()).toContain('team/hello');
      await client.listTags('team/hello', calm);
      await client.describeTag('team/hello', '1.0', calm);
      await client.describeTag('team/hello', '2.0', calm);
      const granted = asked().flatMap((one) => one.granted);
      expect(new Set(granted).size).toBe(granted.length);
      expect(granted).toEqual(
        expect.arrayContaining(['registry:catalog:*', 'repository:team/hello:pull']),
      );
    });

    it('is asked for where there is none, and not where anybody may pull', async () => {
      const tags = () => open().listTags('team/hello', calm);
      await expect(tags()).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
      registry.change({ anonymousPull: true });
      await expect(tags()).resolves.toEqual(['1.0', '2.0', 'latest']);
    });

    it('gets a new token when the registry refuses the one in hand, once', async () => {
      await keep(registry);
      // The client is told that it lasts; the registry takes it for a second.
      registry.change({ lifetime: 1, expiresIn: 300 });
      const client = open();
      await client.listTags('team/hello', calm);
      await new Promise((resolve) => setTimeout(resolve, 2100));
      registry.change({ lifetime: 300 });
      const asked = watch();
      await expect(client.listTags('team/hello', calm)).resolves.toHaveLength(3);
      expect(asked()).toHaveLength(1);
    });

    it('does not ask for tokens without end where each has expired already', async () => {
      await keep(registry);
      registry.change({ lifetime: 0 });
      const asked = watch();
      await expect(open().listTags('team/hello', calm)).rejects.toMatchObject({
        code: expect.stringMatching(/^(CREDENTIALS_REJECTED|SIGN_IN_REQUIRED|ACCESS_DENIED)$/),
      });
      expect(asked().length).toBeLessThanOrEqual(2);
    });

    it('of a reader sees the repositories it knows, but not the list of all', async () => {
      await keep(registry.reader);
      const client = open();
      await expect(client.listTags('team/hello', calm)).resolves.toHaveLength(3);
      await expect(collect(client.listRepositories(calm))).rejects.toMatchObject({
        code: 'CATALOG_UNAVAILABLE',
      });
    });

    it('can be an identity token, which gets a token for each scope by POST', async () => {
      const identity = { username: '<token>', password: await fetchIdentityToken() };
      await open().checkLogin(identity, calm);
      await keep(identity);
      const asked = watch();
      const client = open();
      await Promise.all(Array.from({ length: 5 }, () => client.listTags('team/hello', calm)));
      await client.describeTag('team/hello', '1.0', calm);
      expect(asked()).toMatchObject([
        { way: 'refresh_token', account: 'ada', scopes: ['repository:team/hello:pull'] },
      ]);
    });

    it('that is an identity token is refused once it was revoked', async () => {
      const identity = { username: '<token>', password: await fetchIdentityToken() };
      await keep(identity);
      const client = open();
      await client.listTags('team/hello', calm);
      registry.change({ generation: 2 });
      // A token that was handed out before is good until it ends; the next one is not given.
      await expect(client.listTags('team/hello', calm)).resolves.toHaveLength(3);
      const rejected = { code: 'IDENTITY_TOKEN_REJECTED' };
      await expect(client.listTags('nginx', calm)).rejects.toMatchObject(rejected);
      await expect(open().checkLogin(identity, calm)).rejects.toMatchObject(rejected);
    });

    it('that is an identity token is of no use where there is no POST', async () => {
      const identity = { username: '<token>', password: await fetchIdentityToken() };
      registry.change({ post: false });
      await expect(open().checkLogin(identity, calm)).rejects.toMatchObject({
        code: 'IDENTITY_TOKEN_UNSUPPORTED',
      });
      await expect(open().checkLogin(registry, calm)).resolves.toBeUndefined();
    });

    it('is worth a token for an hour that lasts a minute, and one that is said to last no time', async () => {
      await keep(registry);
      for (const expiresIn of [0, -1, 3600]) {
        registry.change({ expiresIn });
        const client = open();
        await expect(client.listTags('team/hello', calm)).resolves.toHaveLength(3);
        await expect(client.listTags('team/hello', calm)).resolves.toHaveLength(3);
      }
    });

    it('takes tokens that do not say how long they last', async () => {
      await keep(registry);
      registry.change({ expiresIn: null });
      await expect(open().listTags('team/hello', calm)).resolves.toHaveLength(3);
    });
  },
);
