import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { CustomScheme } from 'electron';
import { contentSecurityPolicy } from './csp.ts';
import { appScheme, isAppUrl } from './origin.ts';

/** How Chromium shall treat the app's scheme: an origin of its own, secure, without fetch or service workers. */
export const appSchemeRegistration: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, codeCache: true },
};

/** The files that can be asked for: the path in the address, and where the file is. */
export type ServedFiles = ReadonlyMap<string, { readonly path: string; readonly type: string }>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Lists a folder once, at start. Links are left out, and files of a type that the window doesn't use. */
export async function listServedFiles(folder: string): Promise<ServedFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const type = types[extname(path)];
      if (!entry.isFile() || type === undefined) return [];
      return [[`/${relative(folder, path).split(sep).join('/')}`, { path, type }] as const];
    }),
  );
}

/**
 * Makes the handler of the app's scheme. A request chooses one of the listed files by its exact path; no
 * path is ever built from a request.
 */
export function serveFiles(files: ServedFiles): (request: Request) => Promise<Response> {
  return async (request) => {
    const file = isAppUrl(request.url) ? files.get(new URL(request.url).pathname) : undefined;
    if (request.method !== 'GET' || file === undefined) {
      return new Response(null, { status: 404, headers: protectiveHeaders });
    }
    const headers = { ...protectiveHeaders, 'content-type': file.type };
    return new Response(await readFile(file.path), { headers });
  };
}

const protectiveHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
