import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';

/** ASCII `1` in the binary: the fuse is on (electron: docs/tutorial/fuses.md). */
const enabled = '1'.charCodeAt(0);

/**
 * The fuses of a packed app, by the positions in Electron's fuse wire.
 * @param integrity whether this platform can check app.asar (macOS and Windows can)
 * @param forTest `REGENT_PACK_FOR_TEST=1`: Playwright drives an app through Node's inspector, so that one fuse
 * stays on in a package made for the tests. Such a package is never shipped.
 */
export function packedFuses(
  integrity: boolean,
  forTest: boolean,
): Readonly<Record<FuseV1Options, boolean>> {
  return {
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: forTest,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: integrity,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  };
}

/** The ninth fuse of newer Electrons, WasmTrapHandlers: left as it comes, it only makes WebAssembly fast. */
const fusesLeftAlone: ReadonlySet<number> = new Set([8]);

/**
 * Sets the fuses of a packed app and reads them back.
 * @throws {Error} when one is not as wanted, or this Electron has a fuse that nobody has decided on
 */
export async function setFuses(context: AfterPackContext): Promise<void> {
  const executable = findExecutable(context);
  const forTest = process.env.REGENT_PACK_FOR_TEST === '1';
  const wanted = packedFuses(context.electronPlatformName !== 'linux', forTest);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    ...wanted,
  });
  const problems = findFuseProblems(wanted, await getCurrentFuseWire(executable));
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** Compares what is wanted with the wire that was read: states by position, beside its version. */
export function findFuseProblems(
  wanted: Readonly<Record<FuseV1Options, boolean>>,
  wire: Readonly<Record<string, unknown>>,
): readonly string[] {
  const positions = Object.keys(wire)
    .filter((key) => /^\d+$/.test(key))
    .map(Number);
  return positions.flatMap((position) => {
    if (fusesLeftAlone.has(position)) return [];
    const want = wanted[position as FuseV1Options];
    const name = FuseV1Options[position] ?? `number ${position}`;
    if (want === undefined) return [`fuse ${name} is new: decide on it in main/build/fuses.ts`];
    return (wire[position] === enabled) === want ? [] : [`fuse ${name} is not ${want}`];
  });
}

function findExecutable({ appOutDir, packager, electronPlatformName }: AfterPackContext): string {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') return join(appOutDir, `${productFilename}.app`);
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`);
  return join(appOutDir, 'regent');
}
