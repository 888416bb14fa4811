import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegentError } from '../../../shared/errors/index.ts';
import { splitAddress } from '../../../shared/model/address-grammar.ts';
import { type Pasted, readPasted } from '../../../shared/model/pasted.ts';

const F = `sha256:${'f'.repeat(64)}`;
const nas = 'nas.local:5000';
const api: Pasted = { address: nas, repository: 'team/api', tag: '2' };

describe('readPasted', () => {
  it.each<[text: string, pasted: Pasted]>([
    ['nas.local:5000', { address: nas }],
    ['  nas.local:5000\n', { address: nas }],
    ['nas', { address: 'nas' }],
    ['docker', { address: 'docker' }],
    ['nas:5000', { address: 'nas:5000' }],
    ['192.168.1.20:5000', { address: '192.168.1.20:5000' }],
    ['[fd00::2]:5000', { address: '[fd00::2]:5000' }],
    ['“nas.local:5000”,', { address: nas }],
    ['\u200bnas.local:5000\u00a0', { address: nas }],
    ['nas.local:5000/', { address: nas }],
    ['nas.local:5000/v2/', { address: nas }],
    ['https://nas.local:5000/v2/', { address: nas, scheme: 'https' }],
    ['HTTP://nas.local:5000', { address: nas, scheme: 'http' }],
    ['https://nas.local', { address: 'nas.local', scheme: 'https' }],
    ['https://nas.local:443/', { address: 'nas.local:443', scheme: 'https' }],
    ['https://[fd00::2]:5000/v2/_catalog?n=5', { address: '[fd00::2]:5000', scheme: 'https' }],
    [
      'https://nas.local:5000/v2/team/api/tags/list',
      { address: nas, scheme: 'https', repository: 'team/api' },
    ],
    ['https://nas.local:5000/v2/team/api/manifests/2', { ...api, scheme: 'https' }],
    [
      `https://nas.local:5000/v2/x/manifests/${F}`,
      { address: nas, scheme: 'https', repository: 'x', digest: F },
    ],
    ['https://nas.local:5000/team/api:2', { ...api, scheme: 'https' }],
    [
      'https://harbor.local/harbor/projects/3/repositories',
      { address: 'harbor.local', scheme: 'https' },
    ],
    ['https://nas.local:5000/#!/taglist/team/api', { address: nas, scheme: 'https' }],
    ['nas.local:5000/team/api:2', api],
    [`nas.local:5000/team/api@${F}`, { address: nas, repository: 'team/api', digest: F }],
    ['nas.local:5000/Team/api', { address: nas }],
    ['docker://nas.local:5000/team/api:2', api],
    ['oci://nas.local:5000/team/api:2', api],
    ['ubuntu:22.04', { address: 'docker.io', repository: 'library/ubuntu', tag: '22.04' }],
    ['docker pull nas.local:5000/team/api:2', api],
    ['$ docker pull nas.local:5000/team/api:2', api],
    ['root@nas:~# docker pull nas.local:5000/team/api:2', api],
    ['sudo docker pull "nas.local:5000/team/api:2"', api],
    ['docker pull --platform linux/amd64 nas.local:5000/team/api:2', api],
    ['docker pull --platform=linux/amd64 -q nas.local:5000/team/api:2', api],
    ['docker pull \\\n  --platform linux/amd64 \\\n  nas.local:5000/team/api:2', api],
    ['docker image pull nas.local:5000/team/api:2', api],
    ['docker push nas.local:5000/team/api:2  ', api],
    ['docker tag api nas.local:5000/team/api:2', api],
    ['docker run -p 80:80 -v /srv:/srv --name web nas.local:5000/team/api:2 serve', api],
    ['podman pull docker://nas.local:5000/team/api:2', api],
    ['skopeo inspect --creds ada:secret docker://nas.local:5000/team/api:2', api],
    ['docker pull ubuntu', { address: 'docker.io', repository: 'library/ubuntu' }],
    [
      'docker pull ubuntu --platform linux/amd64',
      { address: 'docker.io', repository: 'library/ubuntu' },
    ],
    ['docker pull nas', { address: 'docker.io', repository: 'library/nas' }],
    ['docker login nas.local:5000', { address: nas }],
    ['docker login nas', { address: 'nas' }],
    ['docker login -u ada -p secret nas.local:5000', { address: nas }],
    ['docker login https://nas.local:5000/v2/', { address: nas, scheme: 'https' }],
    ['docker login', { address: 'docker.io' }],
    ['regent probe nas.local:5000', { address: nas }],
    ['curl -k https://nas.local:5000/v2/_catalog', { address: nas, scheme: 'https' }],
    ['docker login nas.local:5000\ndocker pull other.local/x', { address: nas }],
  ])('reads %j', (text, pasted) => {
    expect(readPasted(text)).toEqual(pasted);
  });

  it.each([
    ...[
      '',
      '   ',
      '$',
      'not an address',
      'nas.local:99999',
      'nas_local',
      'ftp://nas.local',
      'https://',
    ],
    ...['https:///v2/', '-nas', 'nas..local', 'nas.local:', 'docker ps', 'rm -rf /', '../../etc'],
    ...['na\u0007s', 'nas.local:0', '[fe80::1%eth0]:5000', 'http://nas.local:5000:80/'],
  ])('refuses %j', (text) => {
    expect(() => readPasted(text)).toThrow(expect.objectContaining({ code: 'ADDRESS_INVALID' }));
  });

  it.each([
    ['https://ada:pa55@nas.local:5000/v2/', 'https://…@nas.local:5000/v2/'],
    ['ada:pa55@nas.local', '…@nas.local'],
    ['https://ada:pa@55@nas.local', 'https://…@nas.local'],
    ['docker login -u ada -p pa55', 'docker login -u … -p …'],
    ['docker ps --password=pa55', 'docker ps --password=…'],
    ['wget --password "pa 55" nas', 'wget --password … nas'],
    ['curl -u ada:pa55 nas.local', 'curl -u … nas.local'],
  ])('refuses %j or reads it, without ever repeating the password', (text, shown) => {
    try {
      expect(JSON.stringify(readPasted(text))).not.toMatch(/pa55|pa 55|55/);
    } catch (error) {
      expect(error).toHaveProperty('data.input', shown);
    }
  });

  it('answers any text with an address or ADDRESS_INVALID', () => {
    const word = fc.constantFrom(
      ...[
        'docker',
        'pull',
        'login',
        'nas.local:5000',
        '/x',
        ':',
        'https://',
        '@',
        '$',
        ' ',
        '--platform',
        '[',
        '"',
      ],
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: word, maxLength: 12 })), (text) => {
        try {
          expect(splitAddress(readPasted(text).address)).toBeDefined();
        } catch (error) {
          expect(error).toBeInstanceOf(RegentError);
          expect(error).toHaveProperty('code', 'ADDRESS_INVALID');
        }
      }),
      { numRuns: 3000 },
    );
  });
});
