import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AfterPackContext, Configuration } from 'electron-builder';
import { ensureBundles } from './bundle.ts';
import { type ElectronRuntime, resolveElectron } from './electron-runtime.ts';
import { setFuses } from './fuses.ts';

/** The keys of electron-builder's configuration that depend on this machine. */
export type PackingConfiguration = Pick<
  Configuration,
  'electronVersion' | 'electronDist' | 'afterExtract' | 'afterPack'
>;

/** Makes dist/ and chooses the Electron to pack: the same one that `npm start` and the tests run. */
export async function preparePacking(): Promise<PackingConfiguration> {
  await ensureBundles();
  const runtime = await resolveElectron();
  // The official one is left to electron-builder, which can fetch it for other platforms too.
  const given = !runtime.official || process.env.REGENT_ELECTRON !== undefined;
  return {
    electronVersion: runtime.version,
    electronDist: given ? runtime.dist : null,
    afterExtract: (context) => cleanRuntime(runtime, context),
    afterPack: (context: AfterPackContext) => setFuses(context),
  };
}

/**
 * Takes the launcher out of a copied development runtime.
 * @throws {Error} for anything but a plain folder for this platform: nothing is shipped on that runtime
 */
async function cleanRuntime(runtime: ElectronRuntime, context: AfterPackContext): Promise<void> {
  if (runtime.official) return;
  const targets = context.targets.map((target) => target.name);
  if (context.electronPlatformName !== 'linux' || targets.some((name) => name !== 'dir')) {
    throw new Error('The development runtime can only be packed as a folder (--dir) for Linux.');
  }
  await rm(join(context.appOutDir, 'resources', 'app'), { recursive: true, force: true });
}
