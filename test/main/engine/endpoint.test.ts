import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../main/engine/endpoint.ts';
import { chooseApiVersion } from '../../../main/engine/negotiate.ts';

describe('an engine’s endpoint', () => {
  it('is a socket or a named pipe', () => {
    expect(parseEndpoint('unix:///run/docker.sock', null)).toMatchObject({
      kind: 'socket',
      path: '/run/docker.sock',
    });
    expect(parseEndpoint('npipe:////./pipe/docker_engine', null)).toMatchObject({
      kind: 'socket',
      path: '//./pipe/docker_engine',
    });
  });

  it.each([
    ['tcp://nas.test', 'nas.test', 2375],
    ['tcp://nas.test:4000', 'nas.test', 4000],
    ['nas.test:4000', 'nas.test', 4000],
    ['http://[fd00::2]:4000/', 'fd00::2', 4000],
  ])('is a server: %s', (url, host, port) => {
    expect(parseEndpoint(url, null)).toEqual({ kind: 'tcp', url, host, port, tls: null });
  });

  it('is encrypted with TLS material, or when it says https', () => {
    const tls = { ca: 'PEM' };
    expect(parseEndpoint('tcp://nas.test', tls)).toMatchObject({ port: 2376, tls });
    expect(parseEndpoint('https://nas.test', null)).toMatchObject({ port: 2376, tls: {} });
  });

  it.each([
    'ssh://nas.test',
    'fd://',
    'unix://',
    'tcp://',
    'tcp://a:99999',
    'tcp://a/b',
    'tcp://u@a',
  ])('is not supported: %s', (url) => {
    expect(() => parseEndpoint(url, null)).toThrow('ENGINE_UNSUPPORTED');
  });
});

describe('the API version', () => {
  it.each([
    ['1.41', '1.41'],
    ['1.9', '1.9'],
    ['1.51', '1.51'],
    ['1.60', '1.51'],
    ['2.0', '1.51'],
    [undefined, '1.24'],
    ['latest', '1.24'],
  ])('for an engine that offers %s is %s', (offered, chosen) => {
    expect(chooseApiVersion(offered)).toBe(chosen);
  });
});
