import type { Handlers } from '../../../shared/contract/handlers.ts';
import type { LayerFile } from '../../../shared/model/layer-file.ts';
import { imageDetails } from './image-details.ts';
import { pause } from './pause.ts';

type Files = Pick<
  Handlers['repositories'],
  'files' | 'file' | 'fileBytes' | 'compare' | 'compareFiles'
>;

const { image } = imageDetails('team/api', '1.0');
const layers = image?.layers ?? [];
const total = layers.reduce((sum, { size }) => sum + (size ?? 0), 0);

const named = (
  path: string,
  kind: LayerFile['kind'],
  more: Partial<LayerFile> = {},
): LayerFile => ({
  ...{ path, kind, size: kind === 'file' ? 1_234 : 0, mode: kind === 'folder' ? 0o755 : 0o644 },
  ...{ uid: 0, gid: 0, modified: '2026-01-02T03:04:05.000Z', target: null },
  layer: layers[0]?.digest ?? '',
  ...more,
});

const top = layers.at(-1)?.digest ?? '';
const modules = Array.from({ length: 3_000 }, (_, at) =>
  named(`app/node_modules/module-${String(at).padStart(4, '0')}.js`, 'file', { size: at * 37 }),
);
const all: readonly LayerFile[] = [
  named('app', 'folder', { layer: top }),
  named('app/node_modules', 'folder'),
  ...modules,
  named('app/package.json', 'file', { layer: top }),
  named('app/server.js', 'file', { layer: top }),
  named('bin', 'link', { target: 'usr/bin', mode: 0o777 }),
  named('dev', 'folder'),
  named('dev/null', 'device', { mode: 0o666 }),
  named('etc', 'folder'),
  named('etc/os-release', 'link', { target: '../usr/lib/os-release', mode: 0o777 }),
  named('etc/passwd', 'file'),
  named('usr', 'folder'),
  named('usr/bin', 'folder'),
  named('usr/bin/node', 'file', { mode: 0o755, size: 92_000_000 }),
  named('usr/bin/nodejs', 'hard-link', { target: 'usr/bin/node', mode: 0o755 }),
];

/** Serves the files of an imagined image, whatever image is asked for. */
export function fileHandlers(): Files {
  return {
    files: async function* ({ layer }, { signal }) {
      for (let done = 0; done < total; done += total / 4) {
        yield { type: 'progress', done, total };
        await pause(40, signal);
      }
      const files = all.filter((file) => layer === undefined || file.layer === layer);
      for (let at = 0; at < files.length; at += 1_000) {
        yield { type: 'files', files: files.slice(at, at + 1_000) };
      }
    },
    file: ({ digest, path }) => {
      const isText = !path.endsWith('node');
      const text = isText ? `# ${path}\nroot:x:0:0:root:/root:/bin/sh\n# ${digest}\n` : null;
      return { path, size: 1_234, text, truncated: false };
    },
    fileBytes: async function* ({ path }) {
      yield { base64: Buffer.from(`# ${path}\n`).toString('base64') };
    },
    compare: () => ({
      shared: layers.slice(0, 3),
      onlyLeft: layers.slice(3, 4),
      onlyRight: layers.slice(4),
      toFetch: layers.at(-1)?.size ?? null,
      config: [
        { name: 'entrypoint', left: '["docker-entrypoint.sh"]', right: null },
        { name: 'env NODE_ENV', left: 'development', right: 'production' },
        { name: 'port 8080/tcp', left: '8080/tcp', right: null },
        { name: 'label org.opencontainers.image.version', left: null, right: '2.0.0' },
      ],
    }),
    compareFiles: async function* ({ left }, { signal }) {
      yield { type: 'progress', done: total / 2, total };
      await pause(left.repository.includes('slow') ? 60_000 : 40, signal);
      const changed = named('app/server.js', 'file');
      const old = modules.map((file) => ({ path: file.path, left: file, right: null }));
      yield {
        type: 'files',
        files: [
          { path: 'app/new.js', left: null, right: named('app/new.js', 'file') },
          ...old,
          { path: changed.path, left: changed, right: { ...changed, size: 2_345, mode: 0o755 } },
          { path: 'data', left: null, right: named('data', 'folder') },
        ],
      };
      const packages = [
        { name: 'curl', left: '8.11.0-1', right: null },
        { name: 'openssl', left: '3.0.15-1', right: '3.0.16-1' },
      ];
      yield { type: 'packages', packages, unread: ['rpm'] };
    },
  };
}
