import { describe, expect, it } from 'vitest';
import { deafTo, quietRuntime } from '../../../main/build/quiet-runtime.ts';

const names = [
  ...['BUN_OPTIONS', 'BUN_BE_BUN', 'BUN_INSPECT', 'BUN_INSPECT_PRELOAD'],
  ...['JSC_functionOverrides', 'JSC_configFile', 'JSC_diskCachePath'],
  ...['JSC_useDollarVM', 'JSC_evalMode', 'JSC_exposeInternalModuleLoader'],
];

describe('a runtime made deaf to its environment', () => {
  it('has none of the names left that it would look for, and is otherwise the same', () => {
    const runtime = Buffer.from(`\u007fELF ${names.join('\0')} ${names.join('')} end`);
    const quiet = quietRuntime(runtime);
    expect(quiet.length).toBe(runtime.length);
    for (const name of names) expect(quiet.includes(name)).toBe(false);
    expect(names).toEqual(expect.arrayContaining([...deafTo]));
    const changed = [...quiet].filter((byte, at) => byte !== runtime[at]);
    expect(changed).toHaveLength(2 * names.length);
    expect(runtime.includes('BUN_OPTIONS')).toBe(true);
  });

  it('is refused when a name is missing: that version may have another way in', () => {
    const other = Buffer.from(names.filter((name) => name !== 'BUN_BE_BUN').join('\0'));
    expect(() => quietRuntime(other)).toThrow('BUN_BE_BUN');
  });
});
