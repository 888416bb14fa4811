import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportLogin } from '../../../../main/accounts/export/export-login.ts';

const login = { address: 'registry.test:5443', username: 'ada', password: 'p<w&é' };
const auth = Buffer.from('ada:p<w&é').toString('base64');
const decode = (text: string) => Buffer.from(text, 'base64').toString();
const dockerJson = (one = login) => JSON.parse(exportLogin(one, 'dockerconfigjson', {}));
const secret = (one = login, names = {}) => parse(exportLogin(one, 'k8s-secret', names));

describe('a login as dockerconfigjson', () => {
  it('is a config.json with that one login', () => {
    const text = exportLogin(login, 'dockerconfigjson', {});
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      auths: { 'registry.test:5443': { username: 'ada', password: 'p<w&é', auth } },
    });
  });

  it('names Docker Hub as docker does', () => {
    for (const address of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) {
      const { auths } = dockerJson({ ...login, address });
      expect(Object.keys(auths)).toEqual(['https://index.docker.io/v1/']);
    }
  });

  it('writes an identity token as one', () => {
    const { auths } = dockerJson({ ...login, username: '<token>', password: 'refresh' });
    expect(auths).toEqual({
      'registry.test:5443': {
        auth: Buffer.from('<token>:').toString('base64'),
        identitytoken: 'refresh',
      },
    });
  });

  it('does not mix up a user that has a colon with the password', () => {
    expect(dockerJson({ ...login, username: 'a:b' }).auths['registry.test:5443']).toEqual({
      username: 'a:b',
      password: login.password,
    });
  });
});

describe('a login as a Kubernetes secret', () => {
  it('has what kubectl create secret docker-registry makes', () => {
    const { data, ...rest } = secret(login, { name: 'pull', namespace: 'team' });
    expect(rest).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'pull', namespace: 'team' },
      type: 'kubernetes.io/dockerconfigjson',
    });
    expect(Object.keys(data)).toEqual(['.dockerconfigjson']);
    expect(JSON.parse(decode(data['.dockerconfigjson']))).toEqual(dockerJson());
  });

  it.each([
    ['registry.test:5443', 'registry.test-5443'],
    ['Registry.TEST', 'registry.test'],
    ['[fd00::1]:5000', 'fd00--1--5000'],
    ['10.0.0.1', '10.0.0.1'],
    ['docker.io', 'docker.io'],
  ])('is called after the address: %s', (address, name) => {
    expect(secret({ ...login, address }).metadata).toEqual({ name });
  });

  it.each(['1e3', 'true', 'null', '12', '0x1'])('may be called %s, which is text', (name) => {
    expect(secret(login, { name }).metadata).toEqual({ name });
  });

  it.each([
    ['name', { name: 'Pull' }],
    ['name', { name: 'a..b' }],
    ['name', { name: '-a' }],
    ['name', { name: '' }],
    ['name', { name: 'a\nkind: Pod' }],
    ['name', { name: 'a'.repeat(254) }],
    ['namespace', { namespace: 'a.b' }],
    ['namespace', { namespace: 'a'.repeat(64) }],
    ['namespace', { namespace: '' }],
  ])('is refused a bad %s: %j', (field, names) => {
    expect(() => secret(login, names)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', data: { field } }),
    );
  });

  it('holds no identity token', () => {
    expect(() => secret({ ...login, username: '<token>' })).toThrow(
      expect.objectContaining({ code: 'EXPORT_IDENTITY_TOKEN' }),
    );
  });

  it('keeps any user and password, and takes any address for a name', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(text, text, text, (address, username, password) => {
        fc.pre(username !== '<token>');
        const { metadata, data } = secret({ address, username, password });
        expect(metadata.name).toMatch(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/);
        const { auths } = JSON.parse(decode(data['.dockerconfigjson']));
        expect(Object.values(auths)).toMatchObject([{ username, password }]);
      }),
    );
  });
});
