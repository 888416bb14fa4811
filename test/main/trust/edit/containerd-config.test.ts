import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerdConfig } from '../../../../main/trust/edit/containerd-config.ts';
import {
  readContainerdConfig,
  readContainerdConfigs,
} from '../../../../main/trust/edit/containerd-read.ts';
import { anyTomlText } from './any-toml.ts';
import { refusal } from './refusal.ts';

const wish = { certsD: '/etc/containerd/certs.d' };
const grpc = 'plugins."io.containerd.grpc.v1.cri"';
const images = "plugins.'io.containerd.cri.v1.images'";

describe('the folder of certificates in containerd’s config.toml', () => {
  it.each([
    [
      'no file',
      null,
      `version = 2 # Regent
[${grpc}.registry] # Regent
config_path = "/etc/containerd/certs.d" # Regent
`,
    ],
    [
      'the file of Docker’s packages, of version 1',
      'disabled_plugins = ["cri"]\n',
      'disabled_plugins = ["cri"]\n[plugins.cri.registry] # Regent\nconfig_path = "/etc/containerd/certs.d" # Regent\n',
    ],
    [
      'version 2',
      `version = 2\n[${grpc}]\n  sandbox_image = "p"`,
      `version = 2\n[${grpc}]\n  sandbox_image = "p"\n[${grpc}.registry] # Regent\nconfig_path = "/etc/containerd/certs.d" # Regent`,
    ],
    [
      'containerd’s own dump of version 2',
      `version = 2\n  [${grpc}.registry]\n    config_path = ""\n    [${grpc}.registry.mirrors]\n`,
      `version = 2\n  [${grpc}.registry]\n    config_path = "/etc/containerd/certs.d"\n    [${grpc}.registry.mirrors]\n`,
    ],
    [
      'containerd’s own dump of version 3',
      `version = 3\n[${images}.registry]\n  config_path = ''\n`,
      `version = 3\n[${images}.registry]\n  config_path = '/etc/containerd/certs.d'\n`,
    ],
    [
      'a table without the key',
      `version = 3\n[${images}.registry]\n  # none\n  headers = {}\n`,
      `version = 3\n[${images}.registry]\n  config_path = "/etc/containerd/certs.d" # Regent\n  # none\n  headers = {}\n`,
    ],
  ])('is set in %s, and unset byte for byte', (_, before, after) => {
    expect(containerdConfig.apply(before, wish)).toBe(after);
    expect(containerdConfig.has(after, wish)).toBe(true);
    expect(containerdConfig.apply(after, wish)).toBe(after);
    expect(containerdConfig.revert(after, wish)).toBe(before);
  });

  it('may be one of several', () => {
    const text = `version = 2\n[${grpc}.registry]\nconfig_path = "/a:/etc/containerd/certs.d"\n`;
    expect(containerdConfig.apply(text, wish)).toBe(text);
  });

  it('stays when others added to Regent’s file, as far as they need it', () => {
    const grown = `${containerdConfig.apply(null, wish)}[debug]\nlevel = "debug"\n`;
    expect(containerdConfig.revert(grown, wish)).toBe(
      'version = 2 # Regent\n[debug]\nlevel = "debug"\n',
    );
  });

  it.each([
    [
      'oldStyle',
      'registry.mirrors."docker.io"',
      `version = 2\n[${grpc}.registry.mirrors."docker.io"]\nendpoint = []`,
    ],
    [
      'oldStyle',
      'registry.configs."h:1".tls',
      `version = 2\n[${grpc}.registry.configs."h:1".tls]\nca_file = ""`,
    ],
    ['conflict', 'config_path = "/o"', `version = 2\n[${grpc}.registry]\nconfig_path = "/o"`],
    ['conflict', 'version = 4', 'version = 4'],
    ['handEdit', `[${grpc}.registry]`, `version = 2\n[${grpc}]\nregistry.config_path = ""`],
    ['handEdit', 'config_path', `version = 2\n[${grpc}.registry]\nconfig_path = 10`],
    ['handEdit', 'config_path', `version = 2\n[${grpc}]\nregistry = {}`],
    ['unparsable', '1:', 'version ='],
    ['byteOrderMark', '', '\ufeffversion = 2'],
  ])('is not set: %s %s', (reason, detail, text) => {
    const refused = refusal(() => containerdConfig.apply(text, wish));
    expect(refused.reason).toBe(reason);
    expect(refused.detail).toContain(detail);
  });
});

describe('reading config.toml', () => {
  it('tells what bears on registries', () => {
    const text =
      'version = 2\nimports = ["/etc/containerd/conf.d/*.toml"]\ndisabled_plugins = ["cri"]';
    expect(readContainerdConfig(text)).toEqual({
      version: 2,
      imports: ['/etc/containerd/conf.d/*.toml'],
      configPath: [],
      oldStyle: [],
      isCriDisabled: true,
    });
  });

  it('lets an import prevail', () => {
    const main = `version = 2\nimports = ["x"]\n[${grpc}.registry]\nconfig_path = "/a"`;
    const imported = `version = 3\n[${images}.registry]\nconfig_path = "/b:/c"`;
    expect(readContainerdConfigs([main, imported, ''])).toMatchObject({
      version: 2,
      configPath: ['/b', '/c'],
    });
    expect(readContainerdConfigs([])).toMatchObject({ version: 1, configPath: [] });
  });

  it('of passwords in the old style thinks nothing: containerd takes them beside config_path', () => {
    const text = `version = 2\n[${grpc}.registry.configs."h:1".auth]\nusername = "u"`;
    expect(readContainerdConfig(text).oldStyle).toEqual([]);
  });
});

describe('for any config.toml', () => {
  const version = fc.constantFrom('', 'version = 1\n', 'version = 2\n', 'version = 3\n');
  const table = fc.constantFrom(
    '',
    `\n[${grpc}.registry]\nconfig_path = "" # none\n`,
    `\n[${images}.registry]\n\tconfig_path = '' # none`,
    `\n[${images}.registry.headers]\na = ["b"]`,
    `\n[${grpc}.registry] # empty`,
  );
  it('setting changes nothing else, and unsetting gives the very bytes', () => {
    fc.assert(
      fc.property(version, anyTomlText, table, (head, middle, tail) => {
        const before = head + middle + tail;
        const after = containerdConfig.apply(before, wish);
        expect(containerdConfig.has(before, wish)).toBe(false);
        expect(containerdConfig.has(after, wish)).toBe(true);
        expect(containerdConfig.apply(after, wish)).toBe(after);
        expect(containerdConfig.revert(after, wish)).toBe(before);
        expect(containerdConfig.revert(before, wish)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });
});
