import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeRegistryFolders } from '../../../../main/trust/targets/docker-desktop.ts';
import { makeCa } from '../make-certificate.ts';
import { ADDRESS, inShort, type MessMachine, makeMessMachine, mend } from './mess-machine.ts';

const HOME = `home/.docker/certs.d/${ADDRESS}`;
const MINIKUBE = `home/.minikube/files/etc/docker/certs.d/${ADDRESS}`;

describe('folders that virtual machines take their trust from', () => {
  const ca = makeCa();
  const second = makeCa();
  let machine: MessMachine;

  beforeEach(() => {
    machine = makeMessMachine();
  });
  afterEach(() => machine.remove());

  const has = (trace: string) => mkdirSync(join(machine.root, 'home', trace), { recursive: true });
  const found = async (address?: string) =>
    (await machine.open().messes(address)).map((mess) => inShort(mess, machine));

  it.each([
    ['docker-desktop', '.docker/desktop', HOME],
    ['colima', '.colima', HOME],
    ['rancher-desktop', '.rd', HOME],
    ['minikube', '.minikube', MINIKUBE],
  ] as const)(
    '%s: an authority under a wrong name is written as it should be, and comes back',
    async (id, trace, folder) => {
      has(trace);
      machine.put(`${folder}/ca.pem`, ca.pem);
      const before = machine.traces();
      expect(await found()).toEqual([['misnamed', id, `${folder}/ca.pem`, true]]);
      await mend(machine.open(), { consumer: id });
      expect(await found(ADDRESS)).toEqual([]);
      expect(readdirSync(join(machine.root, folder))).toEqual([
        'ca.pem.set-aside-by-regent',
        `regent-${ca.cert.sha256.slice(0, 16)}.crt`,
      ]);
      await machine.open().revoke({ address: ADDRESS });
      expect(machine.traces()).toEqual(before);
    },
  );

  it('are nobody’s where none of these programs is', async () => {
    machine.put(`${HOME}/ca.pem`, ca.pem);
    expect(await found()).toEqual([]);
  });

  it('have a mess once, however many programs read it', async () => {
    for (const trace of ['.docker/desktop', '.colima', '.rd']) has(trace);
    machine.put(`${HOME}/ca.crt`, ca.der);
    expect(await found()).toEqual([['unreadable', 'docker-desktop', `${HOME}/ca.crt`, true]]);
  });

  it('may hold several authorities under a wrong name, which is said and left to a person', async () => {
    has('.colima');
    machine.put(`${HOME}/bundle.pem`, `${ca.pem}${second.pem}`);
    expect(await found()).toEqual([['misnamed', 'colima', `${HOME}/bundle.pem`, false]]);
    const [mess] = await machine.open().messes();
    await expect(machine.open().planMend(mess?.id ?? '')).rejects.toMatchObject({
      code: 'MESS_LEFT_ALONE',
    });
  });

  it('are not looked for on Windows, whose names there say no port', () => {
    const { places } = machine;
    expect(homeRegistryFolders(ADDRESS, { ...places, platform: 'win32' })).toEqual([]);
  });
});
