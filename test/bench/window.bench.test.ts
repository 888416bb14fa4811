import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureRendererJs, rendererBudgetBytes } from '../../main/build/sizes.ts';
import { openTerminal } from '../e2e/terminal.ts';
import {
  createUser,
  describeUnless,
  type LabDisplay,
  type LabUser,
  startDisplay,
  whyLabMissing,
  writeUserLauncher,
} from '../lab/index.ts';
import { race, report } from './compare.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const electron = process.env.REGENT_ELECTRON ?? '';
const why =
  whyLabMissing(['display']) ?? (electron === '' ? 'no Electron runtime could be had' : undefined);

/** An app with nothing but a window and a button in it. */
const emptyApp = {
  'package.json': JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.mjs' }),
  'main.mjs': `import { app, BrowserWindow } from 'electron';
app.enableSandbox();
app.whenReady().then(() => new BrowserWindow().loadFile(new URL('index.html', import.meta.url).pathname));
`,
  'index.html':
    '<!doctype html><title>Empty</title><main><h1>Empty</h1><button>Begin</button></main>',
};

describeUnless(why, 'the window, against an empty one', () => {
  let display: LabDisplay;
  let user: LabUser;
  let folder: string;

  beforeAll(async () => {
    display = await startDisplay();
    user = await createUser();
    folder = mkdtempSync('/tmp/empty-app-');
    chmodSync(folder, 0o755);
    for (const [name, text] of Object.entries(emptyApp)) writeFileSync(join(folder, name), text);
  });
  afterAll(() => display?.stop());

  /** Opens an app for somebody who has never used it, until its button can be pressed. @returns milliseconds */
  async function open(app: string, button: string): Promise<number> {
    const { env } = await openTerminal(user);
    const started = performance.now();
    const opened = await _electron.launch({
      executablePath: writeUserLauncher(user, electron),
      args: [app],
      cwd: env.HOME ?? '/',
      env: { ...env, ...display.env } as Record<string, string>,
      chromiumSandbox: true,
    });
    const page: Page = await opened.firstWindow();
    await page.getByRole('button', { name: button }).click({ trial: true });
    const time = performance.now() - started;
    await opened.close();
    return time;
  }

  it('is interactive', async () => {
    const times = await race(
      7,
      () => open(project, 'Try it with a demo registry'),
      () => open(folder, 'Begin'),
    );
    report({ name: 'window interactive', ...times, unit: 'ms', budget: { atMost: 1.5 } });
  });

  it('loads little JavaScript', async () => {
    const bytes = await measureRendererJs();
    expect(bytes).toBeGreaterThan(0);
    report({
      name: 'renderer, gzipped JavaScript',
      ...{ ours: bytes / 1000, peer: rendererBudgetBytes / 1000, unit: 'kB' },
      budget: { atMost: 1 },
    });
  });
});
