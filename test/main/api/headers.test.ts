import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createRegistryHeaders } from '../../../main/accounts/headers/registry-headers.ts';
import { headersHandlers } from '../../../main/api/headers.ts';
import { registriesHandlers } from '../../../main/api/registries.ts';
import type { Services } from '../../../main/api/services.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { fakeKeychain } from '../../fakes/keychain.ts';
import { calm } from '../registry/open-fake.ts';

const address = 'nas:5000';
const context = { signal: calm };

/** The handlers of headers and registries, and what the looks at servers were told. */
function openScene() {
  const data = mkdtempSync(join(tmpdir(), 'regent-headers-api-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const { keychain, items } = fakeKeychain();
  const looks: unknown[] = [];
  const services = {
    headers: createRegistryHeaders({ paths: { data }, clock: createFakeClock(), keychain }),
    registries: { remove: async () => true },
    trust: {
      probe: (_address: string, _signal: AbortSignal, options: unknown) => looks.push(options),
    },
    content: { forget: async () => undefined },
    kept: { forget: async () => undefined },
    marks: { forget: async () => undefined },
  } as unknown as Services;
  return {
    headers: headersHandlers(services),
    registries: registriesHandlers(services),
    items,
    looks,
  };
}

it('sets, lists and removes headers, and never answers with a value', async () => {
  const { headers } = openScene();
  const set = await headers.set({ address, name: 'X-Key', value: 's3cret' }, context);
  expect(JSON.stringify(set)).not.toContain('s3cret');
  expect(await headers.list({ address }, context)).toEqual([set]);
  expect(await headers.remove({ address, name: 'x-key' }, context)).toEqual({ removed: true });
  expect(await headers.remove({ address, name: 'x-key' }, context)).toEqual({ removed: false });
});

it('tells a look at a server that there is a gate, and nothing of what opens it', async () => {
  const { headers, registries, looks } = openScene();
  await registries.probe({ address }, context);
  await headers.set({ address, name: 'X-Key', value: 's3cret' }, context);
  await registries.probe({ address }, context);
  expect(looks).toEqual([{ isGated: false }, { isGated: true }]);
});

it('forgets the headers with the registry', async () => {
  const { headers, registries, items } = openScene();
  await headers.set({ address, name: 'X-Key', value: 's3cret' }, context);
  await headers.set({ address: 'other', name: 'X-Key', value: 'stays' }, context);
  await registries.remove({ address }, context);
  expect([...items.values()]).toEqual(['stays']);
});
