import { describe, expect, it } from 'vitest';
import { unpackedFolder } from '../../../main/app/bundle-folder.ts';

describe('the folder of the programs', () => {
  it('is beside the archive of a packed app', () => {
    expect(unpackedFolder('/opt/Regent/resources/app.asar/dist')).toBe(
      '/opt/Regent/resources/app.asar.unpacked/dist',
    );
    expect(unpackedFolder('C:\\Regent\\resources\\app.asar\\dist')).toBe(
      'C:\\Regent\\resources\\app.asar.unpacked\\dist',
    );
  });

  it('is the build folder of a checkout', () => {
    expect(unpackedFolder('/src/my-app.asar-tools/dist')).toBe('/src/my-app.asar-tools/dist');
  });
});
