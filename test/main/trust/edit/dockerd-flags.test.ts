import { describe, expect, it } from 'vitest';
import { readDockerdFlags } from '../../../../main/trust/edit/dockerd-flags.ts';

describe('the command line of dockerd', () => {
  it.each([
    [[], [], undefined],
    [['/usr/bin/dockerd', '-H', 'fd://'], [], undefined],
    [['dockerd', '--insecure-registry', 'a:1', '--insecure-registry=b'], ['a:1', 'b'], undefined],
    [['dockerd', '--config-file=/a=b.json'], [], '/a=b.json'],
    [['dockerd', '--config-file', '/a', '--config-file', '/b'], [], '/b'],
    [['dockerd', '--insecure-registry'], [], undefined],
    [['dockerd', '--', '--insecure-registry', 'a'], [], undefined],
    [['dockerd', '--insecure-registry='], [''], undefined],
    [['dockerd', '--insecure-registrys=a'], [], undefined],
  ])('%j', (argv, insecureRegistries, configFile) => {
    expect(readDockerdFlags(argv)).toEqual({ insecureRegistries, configFile });
  });
});
