import { describe, expect, it } from 'vitest';
import { readHostsToml } from '../../../../main/trust/edit/hosts-toml.ts';
import { k3sRegistries } from '../../../../main/trust/edit/k3s-registries.ts';
import { recordedOfOthers, recordedOfRegent } from './recorded-hosts.ts';

const ca = { address: 'h:1', caPath: '/r/ca.crt', isOwnMirror: true } as const;
const client = { cert: '/r/c.cert', key: '/r/c.key' };

describe('what k3s makes of Regent’s registries.yaml', () => {
  it.each([
    ['ca', ca],
    ['client', { ...ca, client }],
    ['plainHttp', { address: 'h:1', plainHttp: true }],
  ] as const)('was recorded of the very text that is written: %s', (name, wish) => {
    const { registriesYaml, hosts } = recordedOfRegent[name];
    expect(k3sRegistries.apply(null, wish)).toBe(registriesYaml);
    const servers = readHostsToml(hosts['h:1']);
    if (name === 'plainHttp') expect(servers?.[0]?.url).toBe('http://h:1/v2');
    else expect(servers).toMatchObject([{ url: 'https://h:1/v2', caPaths: ['/r/ca.crt'] }]);
  });

  it.each(recordedOfOthers)('leaves others as they were, beside $name', ({ before, after }) => {
    expect(k3sRegistries.apply(before.registriesYaml, ca)).toBe(after.registriesYaml);
    expect(k3sRegistries.revert(after.registriesYaml, ca)).toBe(before.registriesYaml);
    const mirrors = (hosts: string) => readHostsToml(hosts)?.map(({ url }) => url);
    for (const [folder, hosts] of Object.entries(before.hosts)) {
      expect(mirrors(after.hosts[folder] ?? '')).toEqual(mirrors(hosts));
    }
    expect(readHostsToml(after.hosts['h:1'] ?? '')?.[0]?.caPaths).toEqual(['/r/ca.crt']);
  });
});
