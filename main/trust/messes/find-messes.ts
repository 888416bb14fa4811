import type { Mess } from '../../../shared/model/trust.ts';
import { statIfThere } from '../../platform/check-folder.ts';
import { findConsumers } from '../look-around.ts';
import { asideOf } from '../operations/operation.ts';
import { operationsFor } from '../operations/operations-for.ts';
import { consumerOf } from '../targets/index.ts';
import type { Consumer, Machine, TrustWish } from '../targets/target.ts';
import { writePem } from '../x509/pem.ts';
import { findHidingFolder } from './find-hiding-folder.ts';
import { addressesOf, ownFoldersOf } from './folders.ts';
import { type Fault, faultOfPlace, lookIntoFolder } from './look-into-folder.ts';
import { messIdOf } from './mess-id.ts';
import { findNeedlesslyInsecure } from './needlessly-insecure.ts';

/** A mess, and what has to be done for its consumer so that it is one no longer. */
export interface FoundMess {
  readonly mess: Mess;
  readonly wish: TrustWish;
  /** What is written in the place of what goes aside; null for nothing. */
  readonly certificate: Fault['certificate'];
}

/**
 * Finds what earlier attempts left behind that hides, breaks or weakens trust. Reads only. Of consumers that read
 * the same folder, the one whose own it is has the mess, and of several the first.
 * @param address one registry; all that have a folder when undefined
 */
export async function findMesses(
  machine: Machine,
  address?: string,
): Promise<readonly FoundMess[]> {
  const found = new Map<string, FoundMess>();
  for (const { consumer } of await findConsumers(machine)) {
    const addresses = address === undefined ? await addressesOf(consumer, machine) : [address];
    for (const one of addresses) {
      for (const mess of await messesOf(consumer, one, machine)) {
        const { kind, path } = mess.mess;
        const key = JSON.stringify([one, kind, path]);
        if (!found.has(key)) found.set(key, mess);
      }
    }
  }
  return [...found.values()];
}

async function messesOf(
  consumer: Consumer,
  address: string,
  machine: Machine,
): Promise<readonly FoundMess[]> {
  const faults: Fault[] = [];
  for (const folder of ownFoldersOf(consumer, address, machine.places)) {
    const reader = { address, readsHostsToml: !consumer.id.startsWith('podman') };
    const place = await faultOfPlace(folder);
    const inside = await lookIntoFolder(folder, await machine.names(folder), reader);
    faults.push(...(place ? [place] : inside));
  }
  faults.push(...(await findNeedlesslyInsecure(consumer, address, machine)));
  const own = await Promise.all(faults.map((fault) => describe(fault, consumer, address, machine)));
  const hiding = await findHidingFolder(consumer, address, machine);
  return hiding ? [...own, await describe(hiding.fault, hiding.owner, address, machine)] : own;
}

async function describe(
  { kind, path, certificate, mendable }: Fault,
  { id: consumer }: Consumer,
  address: string,
  { places }: Machine,
): Promise<FoundMess> {
  const isEntry = kind === 'needlessly-insecure';
  const wish: TrustWish = {
    address,
    certificates: certificate
      ? [{ pem: writePem(certificate.der), sha256: certificate.sha256 }]
      : [],
    ...{
      client: null,
      replaced: [],
      plainHttp: false,
      withdrawn: isEntry,
      aside: isEntry ? [] : [path],
    },
  };
  const mess = { consumer, address, path, kind };
  const isPossible =
    isEntry || (await canGoAside(path, wish, consumerOf(consumer, places.platform), places));
  return {
    mess: { ...mess, id: messIdOf(mess), mendable: mendable && isPossible },
    ...{ wish, certificate },
  };
}

/** Names that are never put aside stay a person's business, and so does what would lose an earlier one. */
async function canGoAside(
  path: string,
  wish: TrustWish,
  consumer: Consumer,
  places: Machine['places'],
): Promise<boolean> {
  const isAllowed = operationsFor(consumer, wish, places).some(
    (one) => one.kind === 'set-aside' && one.path === path,
  );
  return isAllowed && (await statIfThere(asideOf(path)).catch(() => null)) === undefined;
}
