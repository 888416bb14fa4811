import { describe, expect, it } from 'vitest';
import { withoutLogins } from '../../../main/platform/without-logins.ts';

describe('an environment without logins', () => {
  it('has everything else, and changes nothing in the one it was made from', () => {
    const env = {
      ...{ PATH: '/bin', HTTPS_PROXY: 'http://proxy', DOCKER_HOST: 'unix:///x', UNSET: undefined },
      ...{
        DOCKER_AUTH_CONFIG: '{}',
        REGISTRY_AUTH_FILE: '/a',
        CRICTL_AUTH: 'a',
        CRICTL_CREDS: 'a:b',
      },
    };
    const { PATH, HTTPS_PROXY, DOCKER_HOST, UNSET } = env;
    expect(withoutLogins(env)).toEqual({ PATH, HTTPS_PROXY, DOCKER_HOST, UNSET });
    expect(env.CRICTL_CREDS).toBe('a:b');
  });

  it('heeds no case, as Windows does', () => {
    expect(withoutLogins({ Docker_Auth_Config: '{}' })).toEqual({});
  });
});
