/** A memory of the last things under their keys; the oldest is forgotten first. */
export interface Recent<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
}

/** Makes a memory. @param limit how many things it holds */
export function createRecent<T>(limit: number): Recent<T> {
  const things = new Map<string, T>();
  return {
    get: (key) => things.get(key),
    set: (key, value) => {
      things.delete(key);
      things.set(key, value);
      const [oldest] = things.keys();
      if (things.size > limit && oldest !== undefined) things.delete(oldest);
    },
    delete: (key) => {
      things.delete(key);
    },
  };
}
