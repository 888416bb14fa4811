import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { layerOf } from './image-parts.ts';
import type { V1Image, V1Setup } from './v1-answers.mjs';

/** What a registry of the first generation holds. */
export type V1Content = Pick<V1Setup, 'repositories' | 'images'>;

/** Ids are random in truth; these are the same each time. */
export const v1Id = (name: string): string =>
  createHash('sha256').update(`v1 ${name}`).digest('hex');

/**
 * Two repositories: `library/app` with the tags `1.0` (three layers, the last one without files), `latest` (the same) and
 * `0.9` (two of them), and `team/tool` with the tag `1`. One layer is packed by gzip, the others by nothing.
 */
export async function v1Content(): Promise<V1Content> {
  const base = await layerOf([{ path: 'etc/os-release', content: 'ID=lab\n' }]);
  const app = await layerOf([{ path: 'srv/app.txt', content: 'version one\n' }]);
  const images = new Map<string, V1Image>();
  const add = (name: string, parent: string | null, layer: Buffer, command: string): void => {
    const id = v1Id(name);
    const below = parent === null ? [] : (images.get(v1Id(parent))?.ancestry ?? []);
    const json = JSON.stringify({
      id,
      ...(parent === null ? {} : { parent: v1Id(parent) }),
      created: '2014-06-05T04:03:02.123456789Z',
      container: 'c0ffee',
      container_config: { Cmd: ['/bin/sh', '-c', command] },
      docker_version: '1.3.0',
      author: 'Ada <ada@lab.test>',
      config: { Cmd: ['/srv/app'], Env: ['PATH=/bin'], ExposedPorts: { '80/tcp': {} } },
      ...{ architecture: 'amd64', os: 'linux', Size: layer.length },
    });
    images.set(id, { json, layer: layer.toString('base64'), ancestry: [id, ...below] });
  };
  const nothing = Buffer.alloc(1024);
  add('base', null, base.bytes, '#(nop) ADD file:lab in /');
  add('app', 'base', gunzipSync(app.bytes), 'echo version one > /srv/app.txt');
  add('app command', 'app', nothing, '#(nop) CMD [/srv/app]');
  return {
    repositories: {
      'library/app': {
        '1.0': v1Id('app command'),
        latest: v1Id('app command'),
        '0.9': v1Id('app'),
      },
      'team/tool': { '1': v1Id('base') },
    },
    images: Object.fromEntries(images),
  };
}
