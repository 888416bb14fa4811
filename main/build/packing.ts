import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AfterPackContext, Arch, type Configuration } from 'electron-builder';
import { ensureBundles } from './bundle.ts';
import { makeCommandLinks } from './command-links.ts';
import { type ElectronRuntime, resolveElectron } from './electron-runtime.ts';
import { setFuses } from './fuses.ts';
import { makeHelperExecutable } from './helper-executable.ts';
import { NOTICES_NAME, renderNotices } from './notices.ts';

/** The keys of electron-builder's configuration that depend on this machine. */
export type PackingConfiguration = Pick<
  Configuration,
  'electronVersion' | 'electronDist' | 'afterExtract' | 'afterPack' | 'deb' | 'rpm'
>;

/** Makes dist/ and chooses the Electron to pack: the same one that `npm start` and the tests run. */
export async function preparePacking(): Promise<PackingConfiguration> {
  await ensureBundles();
  const runtime = await resolveElectron();
  // The official one is left to electron-builder, which can fetch it for other platforms too.
  const given = !runtime.official || process.env.REGENT_ELECTRON !== undefined;
  const links = await makeCommandLinks();
  const notices = await renderNotices();
  return {
    // electron-builder writes into both what electron-builder.yml says of them.
    deb: { fpm: [...links] },
    rpm: { fpm: [...links] },
    electronVersion: runtime.version,
    electronDist: given ? runtime.dist : null,
    afterExtract: (context) => cleanRuntime(runtime, context),
    afterPack: async (context: AfterPackContext) => {
      await setFuses(context);
      await addHelperExecutable(context);
      const resources = context.packager.getResourcesDir(context.appOutDir);
      await writeFile(join(resources, NOTICES_NAME), notices);
    },
  };
}

/**
 * For the system that is packed for, which need not be this one; before anything is signed.
 * @throws {Error} where it can't be made, unless the app is only packed into a folder: packages link to it
 */
async function addHelperExecutable(context: AfterPackContext): Promise<void> {
  const files = await makeHelperExecutable({
    folder: context.packager.getResourcesDir(context.appOutDir),
    system: { platform: context.electronPlatformName, arch: Arch[context.arch] },
    say: (line) => console.error(line),
  });
  const isPackage = context.targets.some(({ name }) => name !== 'dir');
  if (files.length === 0 && isPackage) throw new Error('Nothing is shipped without the helper.');
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
