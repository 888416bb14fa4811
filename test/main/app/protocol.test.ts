import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../main/app/csp.ts';
import { listServedFiles, serveFiles } from '../../../main/app/protocol.ts';

const secret = 'not for the window';
let folder: string;
let serve: (request: Request) => Promise<Response>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regent-protocol-'));
  const renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'chunks'), { recursive: true });
  await writeFile(join(renderer, 'index.html'), '<!doctype html>');
  await writeFile(join(renderer, 'chunks', 'late.js'), 'export {}');
  await writeFile(join(renderer, 'notes.txt'), secret);
  await writeFile(join(folder, 'secret.html'), secret);
  await symlink(folder, join(renderer, 'up'));
  serve = serveFiles(await listServedFiles(renderer));
});

afterAll(() => rm(folder, { recursive: true }));

describe('the app protocol', () => {
  it('serves the listed files with their types', async () => {
    const page = await serve(new Request('app://regent/index.html'));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toBe('<!doctype html>');
    const chunk = await serve(new Request('app://regent/chunks/late.js?v=1#x'));
    expect(chunk.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it('sends the policy and nosniff with every answer, found or not', async () => {
    for (const path of ['index.html', 'chunks/late.js', 'nowhere']) {
      const { headers } = await serve(new Request(`app://regent/${path}`));
      expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it.each([
    'app://regent/../secret.html',
    'app://regent/%2e%2e/secret.html',
    'app://regent/%2e%2e%2fsecret.html',
    'app://regent/..%5csecret.html',
    'app://regent/chunks/../../secret.html',
    'app://regent/up/secret.html',
    'app://regent//etc/passwd',
    'app://regent/%00index.html',
    'app://regent/notes.txt',
    'app://regent/',
    'app://regent/chunks',
    'app://other/index.html',
    'app://regent:1/index.html',
    'https://regent/index.html',
    'file:///etc/passwd',
  ])('does not find %s', async (address) => {
    const answer = await serve(new Request(address));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  it('answers nothing but GET', async () => {
    const post = new Request('app://regent/index.html', { method: 'POST', body: 'x' });
    expect((await serve(post)).status).toBe(404);
  });

  it('never gives away what it did not list, whatever the path', async () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '\\',
      'secret.html',
      'up',
      'chunks',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(part, fc.string()), { maxLength: 8 }), async (parts) => {
        const address = `app://regent/${parts.join('/')}`;
        fc.pre(URL.canParse(address));
        const text = await (await serve(new Request(address))).text();
        expect(text).not.toContain(secret);
      }),
    );
  });
});

describe('the content security policy', () => {
  it('allows nothing inline, no evaluation and no network', () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*/);
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(contentSecurityPolicy).toContain("connect-src 'none'");
    expect(contentSecurityPolicy).toContain("require-trusted-types-for 'script'");
  });
});
