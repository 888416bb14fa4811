import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { labFolder } from '../../../lab/index.ts';

/** What the docker CLI sends along for a registry (`X-Registry-Auth`); all empty for nobody. */
export interface SentLogin {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/** A socket that answers the docker CLI as an engine does that pulls everything, and notes with which login. */
export interface RecordingEngine {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  /** The logins that came since the last time, one a pull. */
  take(): readonly SentLogin[];
  stop(): Promise<void>;
}

/** Starts one. */
export async function startRecordingEngine(): Promise<RecordingEngine> {
  const path = join(mkdtempSync(join(labFolder, 'recording-engine-')), 'docker.sock');
  let logins: SentLogin[] = [];
  const server = createServer((request, response) => {
    response.setHeader('api-version', '1.47');
    if (request.url?.includes('/images/create') === true) {
      const header = String(request.headers['x-registry-auth'] ?? '');
      const text = Buffer.from(header, 'base64url').toString();
      logins.push(text === '' ? {} : (JSON.parse(text) as SentLogin));
    }
    request.resume();
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    host: `unix://${path}`,
    take: () => {
      const taken = logins;
      logins = [];
      return taken;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
