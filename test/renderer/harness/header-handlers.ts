import type { Handlers } from '../../../shared/contract/handlers.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import { isHeaderName, isTakenHeader } from '../../../shared/model/registry-header.ts';
import { pause } from './pause.ts';
import { someTime } from './world.ts';

/** Serves the headers part of the contract from memory. */
export function headerHandlers(): Handlers['headers'] {
  const names = new Map<string, string[]>();
  const without = (address: string, name: string) =>
    (names.get(address) ?? []).filter((one) => one.toLowerCase() !== name.toLowerCase());
  return {
    list: ({ address }) =>
      (names.get(address) ?? []).map((name) => ({ name, updatedAt: someTime })),
    set: async ({ address, name }) => {
      await pause(100);
      if (!isHeaderName(name)) throw new RegentError('HEADER_INVALID', { part: 'name' });
      if (isTakenHeader(name)) throw new RegentError('HEADER_TAKEN', { name });
      names.set(address, [...without(address, name), name]);
      return { name, updatedAt: someTime };
    },
    remove: ({ address, name }) => {
      names.set(address, without(address, name));
      return { removed: true };
    },
  };
}
