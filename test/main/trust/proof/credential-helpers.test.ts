import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namesCredentialHelpers } from '../../../../main/trust/proof/credential-helpers.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'podman-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const ask = (env: NodeJS.ProcessEnv = {}) => {
  const home = join(root, 'home');
  const places = { platform: 'linux', root, home, configHome: '', runtimeDir: null } as const;
  const rest = { dockerConfig: '', data: '', systemStore: null };
  return namesCredentialHelpers({ env, places: { ...places, ...rest } });
};

describe('programs that keep Podman’s logins', () => {
  it('are none where no settings are, or where they name none', async () => {
    expect(await ask()).toBe(false);
    write(
      'etc/containers/registries.conf',
      '# credential-helpers = ["pass"]\nunqualified-search-registries = []\n',
    );
    write('etc/containers/registries.conf.d/notes.txt', 'credential-helpers = ["pass"]\n');
    expect(await ask()).toBe(false);
  });

  it.each([
    'home/.config/containers/registries.conf',
    'home/.config/containers/registries.conf.d/50-mine.conf',
    'etc/containers/registries.conf',
    'etc/containers/registries.conf.d/50-mine.conf',
    'usr/share/containers/registries.conf',
  ])('are found in %s', async (path) => {
    write(path, '[[registry]]\nlocation = "a"\n');
    expect(await ask()).toBe(false);
    write(path, 'unqualified-search-registries = []\ncredential-helpers = ["secretservice"]\n');
    expect(await ask()).toBe(true);
  });

  it.each([
    '"credential-helpers" = ["a"]',
    '"credential\\u002dhelpers" = ["a"]',
    'x = 1; CREDENTIAL-HELPERS',
  ])('may be meant by %s', async (line) => {
    write('etc/containers/registries.conf', `${line}\n`);
    expect(await ask()).toBe(true);
  });

  it('are found in a file that the environment names', async () => {
    write('elsewhere.conf', 'credential-helpers = ["pass"]\n');
    expect(await ask()).toBe(false);
    expect(await ask({ CONTAINERS_REGISTRIES_CONF: join(root, 'elsewhere.conf') })).toBe(true);
    expect(await ask({ CONTAINERS_REGISTRIES_CONF: join(root, 'nothing.conf') })).toBe(false);
  });

  it('may be named by what can’t be read', async () => {
    mkdirSync(join(root, 'etc/containers/registries.conf'), { recursive: true });
    expect(await ask()).toBe(true);
  });
});
