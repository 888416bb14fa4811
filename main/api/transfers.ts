import { isAbsolute } from 'node:path';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { transfersContract } from '../../shared/contract/transfers.ts';
import { RegentError } from '../../shared/errors/index.ts';
import { copy } from '../registry/transfer/copy.ts';
import { save } from '../registry/transfer/save.ts';
import type { Services } from './services.ts';

/** Serves what moves images without an engine. */
export function transfersHandlers({
  clients,
  door,
  tasks,
}: Services): DomainHandlers<typeof transfersContract> {
  return {
    save: async ({ address, repository, reference, path: named, ...order }) => {
      const client = await clients.of(address);
      const subject = nameOf(address, repository, reference);
      const path = await door.chooseDestination(subject, order.format, named);
      if (path === null) throw new RegentError('CANCELLED', { subject });
      if (!isAbsolute(path)) throw new RegentError('INPUT_INVALID', { field: 'path' });
      // Who has chosen a name in a dialog of the system was asked by it whether a file shall be replaced.
      const force = door.kind === 'window' || order.force === true;
      const taskId = tasks.start('save', subject, async ({ signal, report }) => {
        const place = await client.imageAt(repository, reference, signal);
        return save(place, reference, { ...order, path, force }, report);
      });
      return { taskId };
    },
    copy: async ({ address, repository, reference, target, ...order }) => {
      const [from, to] = await Promise.all([clients.of(address), clients.of(target.address)]);
      const { tag = null } = target;
      const subject = nameOf(target.address, target.repository, tag ?? reference);
      const taskId = tasks.start('copy', subject, async ({ signal, report }) => {
        const place = await from.imageAt(repository, reference, signal);
        return copy(place, to.at(target.repository, signal), reference, { ...order, tag }, report);
      });
      return { taskId };
    },
  };
}

function nameOf(address: string, repository: string, reference: string): string {
  return `${address}/${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}
