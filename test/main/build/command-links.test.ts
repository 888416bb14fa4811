import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeCommandLinks } from '../../../main/build/command-links.ts';
import { projectFolder } from '../../../main/build/project.mjs';

it('links the helper of an installed package into /usr/bin', async () => {
  const [mapping = ''] = await makeCommandLinks();
  const [folder = '', place] = mapping.split('/=');
  expect(place).toBe('/usr/bin');
  expect(await readdir(folder)).toEqual(['docker-credential-regent']);
  const config = parse(await readFile(join(projectFolder, 'electron-builder.yml'), 'utf8'));
  expect(await readlink(join(folder, 'docker-credential-regent'))).toBe(
    `/opt/${config.productName}/resources/docker-credential-regent`,
  );
});

it('runs Regent’s own script when a package is removed, with names that electron-builder fills in', async () => {
  const { deb } = parse(await readFile(join(projectFolder, 'electron-builder.yml'), 'utf8'));
  const script = await readFile(join(projectFolder, deb.afterRemove), 'utf8');
  const names = [...script.matchAll(/\$\{([a-zA-Z]+)\}/g)].map(([, name]) => name);
  expect(new Set(names)).toEqual(new Set(['executable', 'sanitizedProductName']));
});
