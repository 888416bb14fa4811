import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lookup } from '../../../../main/accounts/reach/docker-lookup.ts';
import { assertNever } from '../../../../shared/model/assert-never.ts';
import { describeWithLab, type LabPodman, labFolder, startPodman } from '../../../lab/index.ts';
import { podmanRows } from './lookup-rows.ts';

/** What podman says and does where a login is there, or is not. */
function findingOf(expected: Lookup, key: string) {
  const nobody = { login: '', asked: '', status: 125, program: null };
  switch (expected.kind) {
    case 'plaintext':
      return { ...nobody, login: 'ada', status: 0 };
    case 'nothing':
      return nobody;
    case 'helper':
      return expected.helper === ''
        ? { ...nobody, program: 'docker-credential-' }
        : { login: 'from-helper', asked: key, status: 0, program: null };
    default:
      return assertNever(expected);
  }
}

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
      expect({
        ...{ login: found.stdout.trim(), asked, status: found.status },
        // Of which helper it complains.
        program: /docker-credential-\w*/.exec(found.stderr)?.[0] ?? null,
      }).toEqual(findingOf(expected, key));
    });
  });
});
