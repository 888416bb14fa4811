import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { labFolder } from './processes.ts';

/** A name and the address it stands for in the sandbox; the table itself is the file `hosts` beside this one. */
export interface LabHost {
  readonly name: string;
  readonly ip: string;
}

/** This machine as the registries see it. */
export const machineHost: LabHost = { name: 'machine.test', ip: '10.77.0.1' };
/** Up, but no port is open: connections are refused. */
export const closedHost: LabHost = { name: 'closed.test', ip: '10.77.0.8' };
/** Never answers anything: connections time out. */
export const silentHost: LabHost = { name: 'silent.test', ip: '10.78.0.9' };
/** A name that does not exist (the sandbox's name server says NXDOMAIN for it at once). */
export const unknownHostName = 'no-such-host.test';

const firstSpare = 10;
const lastSpare = 199;

/**
 * A host that nobody else in this sandbox uses, for a server of one's own.
 * @throws when all 190 are taken.
 */
export function takeSpareHost(): LabHost {
  const taken = join(labFolder, 'spare-hosts');
  mkdirSync(taken, { recursive: true });
  for (let last = firstSpare; last <= lastSpare; last += 1) {
    try {
      // Making a folder is atomic, so two processes never get the same one.
      mkdirSync(join(taken, String(last)));
      return { name: `spare-${last}.test`, ip: `10.77.0.${last}` };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  throw new Error('All spare hosts of the sandbox are taken.');
}
