import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { page } from '../../../main/build/page.ts';
import { targets } from '../../../main/build/targets.ts';

/** A file of the harness's site: its path from the root, and its bytes. */
export type Site = ReadonlyMap<string, Uint8Array>;

/** Bundles the window as the product's build does, and the imagined main process beside it. */
export async function buildSite(): Promise<Site> {
  const renderer = targets.find(({ output }) => output === 'renderer/index.js');
  if (!renderer) throw new Error('the build has no renderer');
  const results = await Promise.all([
    build({ ...renderer.options, sourcemap: false }),
    build({
      ...renderer.options,
      sourcemap: false,
      minify: false,
      entryPoints: { harness: fileURLToPath(new URL('page.ts', import.meta.url)) },
    }),
  ]);
  const site = new Map<string, Uint8Array>();
  for (const { outputFiles = [] } of results) {
    for (const { path, contents } of outputFiles) {
      site.set(path.slice(path.indexOf('/dist/renderer/') + '/dist/renderer'.length), contents);
    }
  }
  // The harness answers at once, so it begins after the window listens, as the real preload does.
  const html = String(page.content).replace(
    '</head>',
    '  <script type="module" src="harness.js"></script>\n  </head>',
  );
  return site.set('/', new TextEncoder().encode(html));
}
