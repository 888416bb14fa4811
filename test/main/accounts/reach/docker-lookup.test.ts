import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../main/accounts/docker-config/parse-config.ts';
import { dockerLookup } from '../../../../main/accounts/reach/docker-lookup.ts';
import { helper, lookupRows, nothing } from './lookup-rows.ts';

const look = (config: object | string, key: string, ownChoice?: string) => {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  return dockerLookup(parseConfig('/config.json', text), key, ownChoice);
};

describe('docker looks for a login', () => {
  it.each(lookupRows)('%s', (_, config, key, expected) => {
    expect(look(config, key)).toEqual(expected);
  });

  it('with a helper of its own choice only while its file says nothing', () => {
    expect(look({ HttpHeaders: {} }, 'h', 'pass')).toEqual(helper('pass'));
    expect(look('', 'h', 'pass')).toEqual(helper('pass'));
    expect(look({ auths: { other: {} } }, 'h', 'pass')).toEqual(nothing);
    expect(look({ credHelpers: { other: 'x' } }, 'h', 'pass')).toEqual(nothing);
  });
});
