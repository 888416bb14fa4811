import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWithLab, type LabEngine, labFolder, sharedEngine } from '../../../lab/index.ts';
import { HUB, lookupRows } from './lookup-rows.ts';

describeWithLab('the docker CLI itself', ['engine'], () => {
  let engine: LabEngine;
  let home: string;
  const log = () => join(home, 'log');

  beforeAll(async () => {
    engine = await sharedEngine();
    home = mkdtempSync(join(labFolder, 'lookup-'));
    for (const name of ['x', 'y']) {
      const file = join(home, `docker-credential-${name}`);
      writeFileSync(file, `#!/bin/sh\necho "${name} $(cat)" >>'${log()}'\n`);
      chmodSync(file, 0o755);
    }
    mkdirSync(join(home, '.docker'));
  });
  beforeEach(() => rmSync(log(), { force: true }));
  afterAll(() => rmSync(home, { recursive: true }));

  describe('looks for a login', () => {
    it.each(lookupRows)('%s', async (_, config, key, expected) => {
      const text = typeof config === 'string' ? config : JSON.stringify(config);
      writeFileSync(join(home, '.docker', 'config.json'), text);
      writeFileSync(log(), '');
      // Signing out asks the helper that would be asked for the login, and needs neither a registry nor an engine.
      const args = key === HUB ? ['logout'] : ['logout', key];
      const env = { HOME: home, PATH: `${home}:${process.env.PATH}` };
      expect(await engine.docker(args, { env })).toMatchObject({ status: 0 });
      // It also asks for older forms of the name.
      const asked = readFileSync(log(), 'utf8')
        .split('\n')
        .filter((line) => line.endsWith(` ${key}`));
      const wanted = expected.kind === 'helper' ? [`${expected.helper} ${key}`] : [];
      expect([...new Set(asked)]).toEqual(wanted);
    });
  });
});
