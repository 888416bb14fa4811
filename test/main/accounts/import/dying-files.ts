import type * as files from 'node:fs/promises';

/** The process as far as its files are concerned: after so many steps it is dead, and nothing happens any more. */
export interface Life {
  left: number;
}

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/** One step; the last one is not done, nor is any after it. */
export function step(life: Life): void {
  life.left -= 1;
  if (life.left < 0) throw Object.assign(new Error('killed'), { code: 'EKILLED' });
}

/** `node:fs/promises` in which every call is a step. The write that comes too late is done by half. */
export function dyingFiles(real: typeof files, life: Life): typeof files {
  const mortal =
    (owner: object, name: string, call: Call): Call =>
    async (...args) => {
      if (
        name === 'writeFile' &&
        owner !== real &&
        life.left === 0 &&
        typeof args[0] === 'string'
      ) {
        await call.call(owner, args[0].slice(0, args[0].length / 2));
      }
      step(life);
      // A kill is no power failure, and hundreds of flushed files take their time.
      if (name === 'sync') return undefined;
      const result = await call.apply(owner, [...args]);
      return name === 'open' ? mortalObject(result as object) : result;
    };
  const mortalObject = <T extends object>(owner: T): T =>
    new Proxy(owner, {
      get: (_, name) => {
        const value: unknown = Reflect.get(owner, name);
        if (typeof value !== 'function') return value;
        // A dead process's files are closed by the system.
        if (name === 'close') return value.bind(owner);
        return mortal(owner, String(name), value as Call);
      },
    });
  const wrapped = Object.entries(real).map(([name, value]) => [
    name,
    typeof value === 'function' ? mortal(real, name, value as unknown as Call) : value,
  ]);
  return Object.fromEntries(wrapped) as typeof files;
}
