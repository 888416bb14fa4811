import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consumerOf } from '../../../../main/trust/targets/index.ts';
import { machinePlaces } from '../../../../main/trust/targets/machine-places.ts';
import { findSystemStore } from '../../../../main/trust/targets/system-linux.ts';
import type { Places } from '../../../../main/trust/targets/target.ts';
import { certificate, made, wish } from '../elevated/sample-request.ts';

/** What each family of systems has on its disk, by its own manuals. */
const families = [
  {
    family: 'debian',
    program: 'usr/sbin/update-ca-certificates',
    folder: 'usr/local/share/ca-certificates',
    suffix: 'crt',
    update: ['/usr/sbin/update-ca-certificates'],
  },
  {
    family: 'rhel',
    program: 'usr/bin/update-ca-trust',
    folder: 'etc/pki/ca-trust/source/anchors',
    suffix: 'pem',
    update: ['/usr/bin/update-ca-trust', 'extract'],
  },
  {
    family: 'arch',
    program: 'usr/bin/trust',
    folder: 'etc/ca-certificates/trust-source/anchors',
    suffix: 'crt',
    update: ['/usr/bin/trust', 'extract-compat'],
  },
  {
    family: 'suse',
    program: 'usr/sbin/update-ca-certificates',
    folder: 'etc/pki/trust/anchors',
    suffix: 'pem',
    update: ['/usr/sbin/update-ca-certificates'],
  },
] as const;

const name = `regent-${certificate.sha256.slice(0, 16)}`;

describe('the system’s own store on Linux', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'store-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it.each(families)('is found and used as $family does', async (one) => {
    mkdirSync(join(root, one.folder), { recursive: true });
    mkdirSync(dirname(join(root, one.program)), { recursive: true });
    writeFileSync(join(root, one.program), '');
    expect(await findSystemStore(root)).toBe(one.family);
    const places = await machinePlaces(root, 'linux');
    const operations = consumerOf('system', 'linux').operations(wish, places);
    expect(operations).toMatchObject([
      {
        kind: 'own-file',
        path: join(root, one.folder, `${name}.${one.suffix}`),
        mode: 0o644,
        content: made.pem,
      },
      { kind: 'run', argv: one.update, back: one.update },
    ]);
  });

  it('is left alone where nobody knows it', async () => {
    const places = await machinePlaces(root, 'linux');
    expect(places.systemStore).toBeNull();
    expect(consumerOf('system', 'linux').operations(wish, places)).toEqual([]);
  });
});

describe('the user’s own store', () => {
  const placesOn = (platform: NodeJS.Platform): Places => ({
    ...{ platform, root: '/', home: '/Users/ada', configHome: '/Users/ada/.config' },
    ...{ runtimeDir: null, dockerConfig: '/Users/ada/.docker', data: '/Users/ada/regent' },
    systemStore: null,
  });
  const sha1 = made.cert.native.fingerprint.replaceAll(':', '');

  it('is the login keychain on macOS, never as root, and loses exactly this certificate', () => {
    const consumer = consumerOf('system', 'darwin');
    expect(consumer.scope).toBe('user');
    const file = `/Users/ada/regent/system/${name}.pem`;
    const keychain = '/Users/ada/Library/Keychains/login.keychain-db';
    expect(consumer.operations(wish, placesOn('darwin'))).toMatchObject([
      { kind: 'own-file', path: file },
      {
        kind: 'run',
        argv: [
          ...['/usr/bin/security', 'add-trusted-cert', '-r', 'trustRoot', '-p', 'ssl'],
          ...['-k', keychain, file],
        ],
        back: ['/usr/bin/security', 'delete-certificate', '-Z', sha1, '-t', keychain],
      },
    ]);
  });

  it('is CurrentUser on Windows, by its thumbprint', () => {
    const consumer = consumerOf('system', 'win32');
    expect(consumer.scope).toBe('user');
    expect(consumer.operations(wish, placesOn('win32'))).toMatchObject([
      { kind: 'own-file' },
      {
        kind: 'run',
        argv: [
          expect.stringContaining('certutil.exe'),
          '-user',
          '-addstore',
          'Root',
          expect.any(String),
        ],
        back: [expect.stringContaining('certutil.exe'), '-user', '-delstore', 'Root', sha1],
      },
    ]);
  });
});

describe('Docker Desktop, Rancher Desktop and Colima', () => {
  it('take the folder below the home into their machines; on Windows without the colon', () => {
    const operationsOn = (platform: NodeJS.Platform) =>
      consumerOf('docker-desktop', platform).operations(wish, {
        ...{ platform, root: '/', home: '/home/ada', configHome: '', runtimeDir: null },
        ...{ dockerConfig: '', data: '', systemStore: null },
      });
    expect(operationsOn('darwin')).toMatchObject([
      { path: `/home/ada/.docker/certs.d/reg.test:5000/${name}.crt` },
    ]);
    expect(operationsOn('win32')).toMatchObject([
      { path: `/home/ada/.docker/certs.d/reg.test5000/${name}.crt` },
    ]);
  });
});
