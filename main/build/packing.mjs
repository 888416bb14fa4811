// What electron-builder.yml cannot say by itself. electron-builder reads this module's named exports as
// configuration keys (`extends`), and waits for it, so dist/ is made and Electron is found before it packs.
import { register } from 'tsx/esm/api';

register();
const { preparePacking } = await import('./packing.ts');
const configuration = await preparePacking();

export const electronVersion = configuration.electronVersion;
export const electronDist = configuration.electronDist;
export const afterExtract = configuration.afterExtract;
export const afterPack = configuration.afterPack;
export const deb = configuration.deb;
export const rpm = configuration.rpm;
