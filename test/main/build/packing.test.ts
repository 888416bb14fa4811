import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { findFuseProblems, packedFuses } from '../../../main/build/fuses.ts';
import { choosePackages } from '../../../main/build/system-libraries.ts';

const [off, on] = [48, 49];

describe('the fuses of a packed app', () => {
  const wanted = packedFuses(false, false);
  const wire = Object.fromEntries(
    Object.entries(wanted).map(([position, want]) => [position, want ? on : off]),
  );

  it('leave no way to run other code in it', () => {
    expect(wanted[FuseV1Options.RunAsNode]).toBe(false);
    expect(wanted[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(false);
    expect(wanted[FuseV1Options.EnableNodeCliInspectArguments]).toBe(false);
    expect(wanted[FuseV1Options.OnlyLoadAppFromAsar]).toBe(true);
    expect(wanted[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(false);
  });

  it('keep the inspector for packages made for the tests, and nothing else', () => {
    const forTest = packedFuses(false, true);
    expect(forTest).toEqual({ ...wanted, [FuseV1Options.EnableNodeCliInspectArguments]: true });
  });

  it('are read back and compared', () => {
    expect(findFuseProblems(wanted, { version: '1', ...wire })).toEqual([]);
    expect(findFuseProblems(wanted, { ...wire, [FuseV1Options.RunAsNode]: on })).toEqual([
      'fuse RunAsNode is not false',
    ]);
  });

  it('know the ninth one, and refuse a tenth that nobody has decided on', () => {
    expect(findFuseProblems(wanted, { ...wire, 8: on })).toEqual([]);
    expect(findFuseProblems(wanted, { ...wire, 9: off })).toHaveLength(1);
  });
});

describe('the packages of missing libraries', () => {
  const missing = ['libnss3.so', 'libnspr4.so', 'libasound.so.2', 'libgtk-3.so.0', 'libX11.so.6'];

  it('have the names that this Debian knows', () => {
    const bookworm = ['libnss3', 'libasound2', 'libgtk-3-0'];
    const trixie = ['libnss3', 'libasound2t64', 'libgtk-3-0t64'];
    for (const names of [bookworm, trixie]) {
      expect(choosePackages(missing, (name) => names.includes(name))).toEqual([...names].sort());
    }
  });

  it('are named also where nothing is known yet', () => {
    expect(choosePackages(['libsecret-1.so.0', 'libgbm.so.1'], () => false)).toEqual([
      ...['libgbm1', 'libsecret-1-0'],
    ]);
  });
});
