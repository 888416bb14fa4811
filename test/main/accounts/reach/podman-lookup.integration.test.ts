import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithLab, type LabPodman, labFolder, startPodman } from '../../../lab/index.ts';
import { podmanRows } from './lookup-rows.ts';

describeWithLab('podman itself', ['podman'], () => {
  let tools: LabPodman;
  let home: string;

  beforeAll(async () => {
    tools = await startPodman();
    home = mkdtempSync(join(labFolder, 'lookup-'));
    const file = join(home, 'docker-credential-x');
    const answer = '{"ServerURL":"h","Username":"from-helper","Secret":"s"}';
    writeFileSync(file, `#!/bin/sh\ncat >'${home}/asked'\necho '${answer}'\n`);
    chmodSync(file, 0o755);
  });
  afterAll(async () => {
    rmSync(home, { recursive: true });
    await tools.stop();
  });

  describe('looks for a login', () => {
    it.each(podmanRows)('%s', async (_, configs, key, expected) => {
      const folders = ['runtime', 'config'].map((name) => join(home, name));
      for (const [n, folder] of folders.entries()) {
        const path = join(folder, 'containers', 'auth.json');
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, JSON.stringify(configs[n] ?? {}));
      }
      writeFileSync(join(home, 'asked'), '');
      const [XDG_RUNTIME_DIR, XDG_CONFIG_HOME] = folders;
      const found = await tools.podman(['login', '--get-login', key], {
        env: { HOME: home, PATH: `${home}:${process.env.PATH}`, XDG_RUNTIME_DIR, XDG_CONFIG_HOME },
      });
      const asked = readFileSync(join(home, 'asked'), 'utf8');
      if (expected.kind === 'plaintext') expect([found.stdout.trim(), asked]).toEqual(['ada', '']);
      else if (expected.kind === 'nothing') expect([found.status, asked]).toEqual([125, '']);
      else if (expected.helper === '') expect(found.stderr).toContain('docker-credential-');
      else expect([found.stdout.trim(), asked]).toEqual(['from-helper', key]);
    });
  });
});
