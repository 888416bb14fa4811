import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTranslator, locales, saySignIn } from '../../../shared/i18n/index.ts';
import {
  knownRegistryIds,
  knownRegistryOf,
  registryTraits,
} from '../../../shared/model/known-registry.ts';

const idOf = (address: string, realm?: string, service?: string) =>
  knownRegistryOf({ address, realm, service })?.id;

describe('a known registry', () => {
  it.each([
    ['docker.io', 'docker-hub'],
    ['index.docker.io', 'docker-hub'],
    ['Registry-1.Docker.io', 'docker-hub'],
    ['hub.docker.com', 'docker-hub'],
    ['ghcr.io', 'ghcr'],
    ['github.com', 'ghcr'],
    ['registry.gitlab.com', 'gitlab'],
    ['quay.io', 'quay'],
    ['quay.io:443', 'quay'],
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', 'ecr'],
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', 'ecr'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'ecr'],
    ['public.ecr.aws', 'ecr-public'],
    ['europe-west1-docker.pkg.dev', 'gar'],
    ['eu.gcr.io', 'gar'],
    ['team.azurecr.io', 'acr'],
    ['team-a1b2c3.azurecr.io', 'acr'],
    ['nas.local:5000', undefined],
    ['quay.io.example.com', undefined],
    ['evil-docker.pkg.dev.example.com', undefined],
    ['12345.dkr.ecr.eu-central-1.amazonaws.com', undefined],
    ['constructor', undefined],
    ['not an address', undefined],
  ])('is told by its address: %s is %s', (address, id) => {
    expect(idOf(address)).toBe(id);
  });

  it.each([
    ['https://gitlab.example.com/jwt/auth', 'container_registry', 'gitlab'],
    ['https://registry.example.com/service/token', 'harbor-registry', 'harbor'],
    ['https://registry.example.com/v2/token', 'container_registry', 'gitea'],
    ['https://registry.example.com/v2/token', undefined, 'gitea'],
    ['/service/token', 'harbor-registry', 'harbor'],
    ['https://registry.example.com/service/token', 'token-service', undefined],
    ['https://registry.example.com/auth', 'container_registry', undefined],
    ['https://', 'harbor-registry', undefined],
  ])('on a server of anybody’s is told by its token server: %s %s', (realm, service, id) => {
    expect(idOf('registry.example.com', realm, service)).toBe(id);
  });

  it('is told by its address first, whatever its server says', () => {
    expect(idOf('ghcr.io', 'https://ghcr.io/service/token', 'harbor-registry')).toBe('ghcr');
  });

  it('has the command that prints a password for this very address', () => {
    const commandOf = (address: string) => knownRegistryOf({ address })?.command;
    expect(commandOf('123456789012.dkr.ecr.eu-central-1.amazonaws.com')).toBe(
      'aws ecr get-login-password --region eu-central-1',
    );
    expect(commandOf('public.ecr.aws')).toBe(
      'aws ecr-public get-login-password --region us-east-1',
    );
    expect(commandOf('team-a1b2c3.azurecr.io')).toContain(
      'az acr login --name team --expose-token',
    );
  });

  it('fixes a user name only where there is no other', () => {
    const userOf = (address: string) => {
      const known = knownRegistryOf({ address });
      return [known?.username, known?.isOnlyUsername];
    };
    expect(userOf('public.ecr.aws')).toEqual(['AWS', true]);
    expect(userOf('gcr.io')).toEqual(['oauth2accesstoken', false]);
    expect(userOf('ghcr.io')).toEqual([null, false]);
  });
});

describe('a link of a known registry', () => {
  const linkOf = (address: string, realm: string, service: string) =>
    knownRegistryOf({ address, realm, service })?.link;

  it('leads to the server itself', () => {
    expect(
      linkOf('git.example.com:5050', 'https://git.example.com/jwt/auth', 'container_registry'),
    ).toBe('https://git.example.com/-/user_settings/personal_access_tokens');
    expect(linkOf('hub.lan', 'https://hub.lan:8443/service/token', 'harbor-registry')).toBe(
      'https://hub.lan:8443/',
    );
    expect(linkOf('code.example.com', 'https://code.example.com/v2/token', '')).toBe(
      'https://code.example.com/user/settings/applications',
    );
  });

  it('or to a host above it', () => {
    const gitlab = 'https://gitlab.example.com/jwt/auth';
    expect(linkOf('registry.gitlab.example.com', gitlab, 'container_registry')).toContain(
      'gitlab.example',
    );
  });

  it.each([
    ['x.co.uk', 'https://evil.co.uk/jwt/auth'],
    ['registry.example.com', 'https://gitlab.example.com/jwt/auth'],
    ['nas.local', 'https://local/jwt/auth'],
    ['registry.example.com', 'https://example.com.evil.test/jwt/auth'],
    ['registry.example.com', 'https://evilexample.com/jwt/auth'],
    ['nas.local', 'https://evil.local/jwt/auth'],
    ['192.0.2.7', 'https://10.0.2.7/jwt/auth'],
    ['registry.example.com', 'https://registry.example.com@evil.test/jwt/auth'],
  ])('never to a stranger: %s says %s', (address, realm) => {
    expect(linkOf(address, realm, 'container_registry')).toBeNull();
  });

  it('is always an https address without anything that could break out of a line', () => {
    const part = fc.string({ unit: 'binary', maxLength: 20 });
    const paths = fc.constantFrom('/jwt/auth', '/service/token', '/v2/token');
    const services = fc.constantFrom('container_registry', 'harbor-registry', undefined);
    fc.assert(
      fc.property(part, part, paths, services, (host, more, path, service) => {
        const realm = `https://${host}.example.com${path}${more}`;
        for (const address of ['registry.example.com', 'example.com:5000', host]) {
          const link = knownRegistryOf({ address, realm, service })?.link;
          if (link) expect(link).toMatch(/^https:\/\/[!-~]+$/);
        }
      }),
    );
  });
});

describe('the words for a known registry', () => {
  it.each(locales)('are there in %s', (locale) => {
    const t = createTranslator(locale);
    const plain = { username: null, isOnlyUsername: false, command: null, link: null };
    for (const id of knownRegistryIds) {
      const words = Object.values(saySignIn(t, { ...plain, id }));
      expect(words.every((text) => text.length > 2)).toBe(true);
    }
  });

  it('show a shell’s quotes as they are to be typed', () => {
    const harbor = { username: null, isOnlyUsername: false, command: null, link: null };
    const { user } = saySignIn(createTranslator('en'), { ...harbor, id: 'harbor' });
    expect(user).toContain("-u 'robot$app'");
  });
});

describe('what a look at a server tells of its kind', () => {
  const realm = 'https://h/service/token';
  const bearer = { kind: 'bearer', realm, service: 'harbor-registry', foreignHost: null } as const;

  it('is its token server, which is enough to know some', () => {
    expect(knownRegistryOf(registryTraits('h', bearer))?.id).toBe('harbor');
    expect(registryTraits('h', { ...bearer, service: null })).toEqual({ address: 'h', realm });
  });

  it('is its address only where it has none, or nobody looked', () => {
    for (const auth of [undefined, null, { kind: 'none' }, { kind: 'basic', realm }] as const) {
      expect(registryTraits('h', auth)).toEqual({ address: 'h' });
    }
  });
});
