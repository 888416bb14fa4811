import { describe, expect, it } from 'vitest';
import { createImage } from '../../../main/engine/create-image.ts';
import { isConfidential, parseEndpoint } from '../../../main/engine/endpoint.ts';
import { splitImageName } from '../../../main/engine/image-name.ts';

describe('a password and the way to the engine', () => {
  it.each([
    ['unix:///run/docker.sock', null, true],
    ['tcp://127.0.0.1:2375', null, true],
    ['tcp://[::1]:2375', null, true],
    ['tcp://nas.local:2376', {}, true],
    ['tcp://nas.local:2375', null, false],
    ['tcp://192.168.1.20:2375', null, false],
  ])('%s (TLS: %j) keeps it secret: %s', (url, tls, expected) => {
    expect(isConfidential(parseEndpoint(url, tls))).toBe(expected);
  });

  it('is not handed over where others can hear it', async () => {
    const endpoint = parseEndpoint('tcp://192.0.2.2:2375', null);
    const lines = createImage(
      { endpoint, apiVersion: '1.41' } as Parameters<typeof createImage>[0],
      splitImageName('registry.test:5443/team/app:1.0'),
      { auth: { username: 'ada', password: 'secret' } },
    );
    await expect(lines.next()).rejects.toMatchObject({ code: 'SIGN_IN_INSECURE' });
  });
});
