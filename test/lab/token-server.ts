import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Issued, issueAuthority, issueSelfSigned, issueServer } from './certificates.ts';
import { takeSpareHost } from './hosts.ts';
import { requireLab } from './lab-missing.ts';
import { inLabNetwork } from './lab-network.ts';
import { portAnswers } from './port-answers.ts';
import { startDaemon } from './processes.ts';
import { readRequests } from './read-requests.ts';
import { type LabRegistry, startRegistry } from './registry.ts';
import type { RegistryFacts } from './registry-facts.ts';

/** How the token server answers; can be changed while it runs. */
export interface TokenSettings {
  /** For how many seconds the registry takes a token; 0 or less hands out tokens that have expired already. */
  readonly lifetime: number;
  /** `expires_in` as it is told to the client, in seconds, true or not; null leaves it out. */
  readonly expiresIn: number | null;
  /** Whether anybody may pull without signing in. */
  readonly anonymousPull: boolean;
  /** Whether refresh tokens (Docker's identity tokens) are handed out to those who ask. */
  readonly refreshTokens: boolean;
  /** Whether OAuth 2's POST is answered; otherwise it is 404, as with many servers. */
  readonly post: boolean;
  /** Refresh tokens are good in their own generation only: a new number revokes them all. */
  readonly generation: number;
  /** `held`: it answers once that changes. `broken`: 503. `cut`: the connection ends without an answer. */
  readonly mood: 'usual' | 'held' | 'broken' | 'cut';
}

/** One request that the token server had, and what came of it. */
export interface TokenRequest {
  readonly way: 'get' | 'password' | 'refresh_token' | '';
  /** Who it was or claimed to be; empty for anonymous, and where a refresh token was refused. */
  readonly account: string;
  readonly scopes: readonly string[];
  readonly granted: readonly string[];
  /** Whether a refresh token was handed out. */
  readonly refresh: boolean;
  /** 0 for one that is held, whose answer is another line, or cut. */
  readonly status: number;
  /** The client's User-Agent. */
  readonly agent: string;
}

/** Somebody who can sign in. */
export interface TokenUser {
  readonly username: string;
  readonly password: string;
}

/** A registry that takes tokens only, and its token server. `username` may do everything there. */
export interface LabTokenRegistry extends Omit<RegistryFacts, 'variant'> {
  /** Where tokens come from; on the registry's own host, with a certificate of the same authority. */
  readonly realm: string;
  /** The registry's name in the challenge and in tokens. */
  readonly service: string;
  /** May pull from every repository, and nothing else. */
  readonly reader: TokenUser;
  /** Changes the answers from now on. */
  change(settings: Partial<TokenSettings>): void;
  /** What the token server was asked since its start, oldest first. */
  asked(): readonly TokenRequest[];
  stop(): Promise<void>;
}

/** What can be chosen about a token registry. */
export interface TokenRegistryOptions {
  readonly authority?: Issued;
  readonly settings?: Partial<TokenSettings>;
  /** Fills the registry while it is still open to everybody: `prepare: seedImages`. */
  readonly prepare?: (open: LabRegistry) => Promise<unknown>;
}

const usual: TokenSettings = {
  ...{ lifetime: 300, expiresIn: 300, anonymousPull: false },
  ...{ refreshTokens: true, post: true, generation: 1, mood: 'usual' },
};
const tokenPort = 5444;

/** Starts a registry (5443) that wants tokens, and the server (5444) that hands them out. @throws LabMissing */
export async function startTokenRegistry(
  options: TokenRegistryOptions = {},
): Promise<LabTokenRegistry> {
  requireLab('registry');
  const host = takeSpareHost();
  const authority = options.authority ?? issueAuthority();
  const certificate = issueServer(authority, { names: [host.name] });
  const open = await startRegistry('tls-open', { host, authority, certificate });
  await options.prepare?.(open);
  await open.stop();

  const { variant: _, stop: __, ...facts } = open;
  const folder = dirname(open.storagePath);
  const realm = `https://${host.name}:${tokenPort}/token`;
  const [service, issuer] = [`registry of ${host.name}`, `https://${host.name}:${tokenPort}`];
  const signer = issueSelfSigned({ commonName: 'token signer' });
  const rootcertbundle = join(folder, 'token-signer.crt');
  writeFileSync(rootcertbundle, signer.certPem);
  const auth = { token: { realm, service, issuer, rootcertbundle } };
  const config = JSON.parse(readFileSync(join(folder, 'config.yml'), 'utf8'));
  writeFileSync(join(folder, 'config.yml'), JSON.stringify({ ...config, auth }, null, 2));

  const [username, password] = ['ada', randomBytes(12).toString('base64url')];
  const reader = { username: 'rita', password: randomBytes(12).toString('base64url') };
  const users = {
    [username]: { password, rank: 'owner' },
    [reader.username]: { password: reader.password, rank: 'reader' },
  };
  const settingsPath = join(folder, 'token-settings.json');
  let settings: TokenSettings = { ...usual, ...options.settings };
  const change = (some: Partial<TokenSettings>) => {
    settings = { ...settings, ...some };
    writeFileSync(`${settingsPath}.new`, JSON.stringify(settings));
    renameSync(`${settingsPath}.new`, settingsPath);
  };
  change({});
  const setup = { ip: host.ip, port: tokenPort, issuer, service, settingsPath, users };
  const setupPath = join(folder, 'token-server.json');
  const keys = { tls: certificate, signer };
  writeFileSync(setupPath, JSON.stringify({ ...setup, ...keys }), { mode: 0o600 });
  const script = fileURLToPath(new URL('token-server.mjs', import.meta.url));
  const daemon = (name: string, argv: readonly string[], port: number) =>
    startDaemon(`${name}-${host.name}`, inLabNetwork(argv), {
      ready: () => portAnswers(`${host.ip}:${port}`),
    });
  const tokens = await daemon('tokens', [process.execPath, script, setupPath], tokenPort);
  const serve = ['docker-registry', 'serve', join(folder, 'config.yml')];
  const registry = await daemon('token-registry', serve, open.port);
  return {
    ...{ ...facts, username, password, reader, realm, service, change },
    logPath: registry.logPath,
    asked: () => readRequests<TokenRequest>(tokens.logPath),
    stop: async () => {
      await registry.stop();
      await tokens.stop();
    },
  };
}
