import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../main/accounts/docker-config/parse-config.ts';
import { podmanKey, podmanLookup } from '../../../../main/accounts/reach/podman-lookup.ts';
import { podmanRows } from './lookup-rows.ts';

const look = (configs: readonly object[], key: string) =>
  podmanLookup(
    configs.map((config, n) => ({
      path: `/${n}`,
      config: parseConfig('/auth.json', JSON.stringify(config)),
    })),
    key,
  );

describe('podman looks for a login', () => {
  it.each(podmanRows)('%s', (_, files, key, expected) => {
    expect(look(files, key)).toEqual(expected);
  });

  it('under the name that it has for a registry', () => {
    expect(['h:1', 'https://index.docker.io/v1/', 'index.docker.io'].map(podmanKey)).toEqual([
      ...['h:1', 'docker.io', 'docker.io'],
    ]);
    expect(podmanKey('https://index.docker.io/v1/refresh-token')).toBeUndefined();
  });
});
