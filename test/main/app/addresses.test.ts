import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoadable } from '../../../main/app/network.ts';
import { appPage, isAppUrl } from '../../../main/app/origin.ts';
import { knownRegistryOf } from '../../../shared/model/known-registry.ts';
import { isOutsideLinkAllowed } from '../../../shared/model/outside-link.ts';

describe('the app’s own addresses', () => {
  it('are those of app://regent', () => {
    expect(isAppUrl(appPage)).toBe(true);
    expect(isAppUrl('app://regent/chunks/a.js')).toBe(true);
  });

  it.each([
    'app://regent.evil.example/index.html',
    'app://evil@regent/index.html',
    'app://regent:8/index.html',
    'apps://regent/index.html',
    'https://app//regent/',
    'file:///app://regent/index.html',
    'about:blank',
    'javascript:app://regent',
    'not an address',
    '',
  ])('are not %j', (address) => {
    expect(isAppUrl(address)).toBe(false);
  });
});

describe('what the window may load', () => {
  it('is the app itself, and the developer tools’ pages only when there are such', () => {
    expect(isLoadable(appPage, false)).toBe(true);
    expect(isLoadable('devtools://devtools/bundled/x.html', true)).toBe(true);
    expect(isLoadable('devtools://devtools/bundled/x.html', false)).toBe(false);
  });

  it('is nothing on any network', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https', 'ws', 'wss', 'ftp'] }), (address) => {
        expect(isLoadable(address, true)).toBe(false);
      }),
    );
  });
});

describe('links that may leave for the browser', () => {
  it.each([
    'docker.io',
    'ghcr.io',
    'registry.gitlab.com',
    'quay.io',
    'public.ecr.aws',
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    'europe-docker.pkg.dev',
    'company.azurecr.io',
  ])('are where the tokens for %s are made', (address) => {
    expect(isOutsideLinkAllowed(knownRegistryOf({ address })?.link ?? '')).toBe(true);
  });

  it('are https links to a known site', () => {
    expect(isOutsideLinkAllowed('https://docs.docker.com/engine/security/certificates/')).toBe(
      true,
    );
  });

  it.each([
    'http://docs.docker.com/',
    'https://docs.docker.com.evil.example/',
    'https://docs.docker.com:8443/',
    'https://user@docs.docker.com/',
    'https://user:password@docs.docker.com/',
    'https://evil.example/?docs.docker.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://docs.docker.com/share',
    'mailto:somebody@docs.docker.com',
    'docs.docker.com',
    '',
  ])('are not %j', (address) => {
    expect(isOutsideLinkAllowed(address)).toBe(false);
  });
});
