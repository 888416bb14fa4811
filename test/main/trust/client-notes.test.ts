import { describe, expect, it } from 'vitest';
import { clientNotes } from '../../../main/trust/client-notes.ts';
import { operationsFor } from '../../../main/trust/operations/operations-for.ts';
import { consumerOf } from '../../../main/trust/targets/index.ts';
import type { Places, TrustWish } from '../../../main/trust/targets/target.ts';
import type { ConsumerId } from '../../../shared/model/consumer.ts';
import { make, makeCa } from './make-certificate.ts';

const SERVER = '1.3.6.1.5.5.7.3.1';
const CLIENT = '1.3.6.1.5.5.7.3.2';

const places: Places = {
  ...{ platform: 'linux', root: '/', home: '/home/me', configHome: '/home/me/.config' },
  ...{ dockerConfig: '/home/me/.docker', data: '/home/me/data', runtimeDir: null },
  systemStore: 'debian',
};
const ca = makeCa();

function notesOf(id: ConsumerId, eku: readonly string[] | null) {
  const mine = make({ by: ca, cn: 'me', names: null, ...(eku ? { eku: [...eku] } : {}) });
  const wish: TrustWish = {
    ...{ address: 'reg.test:5000', certificates: [{ pem: ca.pem, sha256: ca.cert.sha256 }] },
    ...{ replaced: [], plainHttp: false, withdrawn: false, aside: [] },
    client: {
      ...{ certificatePem: mine.pem, sha256: mine.cert.sha256 },
      ...{ keyPem: mine.keyPem, keySha256: '0'.repeat(64) },
    },
  };
  const operations = operationsFor(consumerOf(id, 'linux'), wish, places);
  return clientNotes(id, wish, operations).map(({ code }) => code);
}

describe('what is said of a client certificate', () => {
  it.each(['docker-engine', 'podman', 'containerd', 'buildkit', 'k3s', 'regent'] as const)(
    'is nothing for %s, which shows it to the registry',
    (id) => expect(notesOf(id, [CLIENT])).toEqual([]),
  );

  it('is that the system’s list has no place for it', () => {
    expect(notesOf('system', [CLIENT])).toEqual(['client-not-taken']);
  });

  it('is that it is meant for servers only, said once', () => {
    expect(notesOf('regent', [SERVER])).toEqual(['client-not-for-clients']);
    expect(notesOf('docker-engine', [SERVER])).toEqual([]);
    expect(notesOf('regent', [SERVER, CLIENT])).toEqual([]);
    expect(notesOf('regent', null)).toEqual([]);
  });

  it('is nothing where none is installed', () => {
    expect(clientNotes('system', { client: null }, [])).toEqual([]);
  });
});
