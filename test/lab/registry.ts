import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Issued, issueAuthority, issueServer } from './certificates.ts';
import { type LabHost, takeSpareHost } from './hosts.ts';
import { requireLab } from './lab-missing.ts';
import { inLabNetwork } from './lab-network.ts';
import { type NginxGate, startNginx } from './nginx.ts';
import { portAnswers } from './port-answers.ts';
import { labFolder, runOrThrow, startDaemon } from './processes.ts';
import type { RegistryFacts, RegistryVariant } from './registry-facts.ts';

/** A registry with its end. */
export interface LabRegistry extends RegistryFacts {
  stop(): Promise<void>;
}

/** What can be chosen about a registry; by default it gets a spare host and fresh certificates. */
export interface RegistryOptions {
  readonly host?: LabHost;
  /** Issues the server certificate; a fresh one by default. */
  readonly authority?: Issued;
  /** The server's certificate, for odd ones (expired, other name, self-signed …); then `authority` is only told. */
  readonly certificate?: Issued;
  /** `nginx-login` only: everybody may pull, and a login is for pushing. */
  readonly openForReading?: boolean;
  /** `nginx-login` only: a header without which nobody gets past nginx, as before Cloudflare Access. */
  readonly gate?: NginxGate;
  /** Where it keeps what it has; a folder by default, which otherwise stays empty. */
  readonly storage?: RegistryStorage;
  /** Lives until the sandbox ends. */
  readonly outliving?: boolean;
}

/** What a registry is told of its storage: the driver's settings, under its name, and its whole environment. */
export interface RegistryStorage {
  readonly driver: object;
  readonly env: NodeJS.ProcessEnv;
}

const ports: Readonly<Record<RegistryVariant, number>> = {
  'tls-login': 5443,
  'tls-open': 5443,
  plain: 5000,
  'plain-login': 5001,
  'nginx-login': 443,
};

/** A login that changes with every start, or none. */
async function prepareLogin(folder: string, wanted: boolean) {
  if (!wanted) return { username: '', password: '', passwords: '' };
  const username = 'ada';
  const password = randomBytes(12).toString('base64url');
  // bcrypt, the only kind the registry takes; cost 5 keeps tests quick. The password goes in by stdin.
  const line = await runOrThrow(['htpasswd', '-niB', '-C', '5', username], { input: password });
  const passwords = join(folder, 'htpasswd');
  writeFileSync(passwords, line);
  return { username, password, passwords };
}

/** The server's certificate on disk, with what there is to know about it. */
function prepareTls(folder: string, host: string, options: RegistryOptions) {
  const authority = options.authority ?? issueAuthority();
  const server = options.certificate ?? issueServer(authority, { names: [host] });
  const certificate = join(folder, 'server.crt');
  const key = join(folder, 'server.key');
  writeFileSync(certificate, server.certPem);
  writeFileSync(key, server.keyPem, { mode: 0o600 });
  const facts = {
    ...{ caPem: authority.certPem, caSha256: authority.sha256 },
    ...{ leafPem: server.certPem, leafSha256: server.sha256 },
  };
  return { certificate, key, facts };
}

const noTlsFacts = { caPem: '', leafPem: '', caSha256: '', leafSha256: '' };

/** Debian's docker-registry reads YAML, and JSON is YAML. */
function writeConfig(
  folder: string,
  listen: string,
  { driver, tls, auth }: { readonly driver: object; readonly tls: object; readonly auth: object },
): string {
  const path = join(folder, 'config.yml');
  const config = {
    version: '0.1',
    // The access log is apart from this level, and always written.
    log: { level: 'warn' },
    storage: {
      ...driver,
      delete: { enabled: true },
      maintenance: { uploadpurging: { enabled: false } },
    },
    http: { addr: listen, secret: randomBytes(16).toString('hex'), ...tls },
    ...auth,
  };
  writeFileSync(path, JSON.stringify(config, null, 2));
  return path;
}

/** Starts a registry of one's own; it ends with `stop()` or with this process. @throws LabMissing */
export async function startRegistry(
  variant: RegistryVariant,
  options: RegistryOptions = {},
): Promise<LabRegistry> {
  const behindNginx = variant === 'nginx-login';
  requireLab('registry', ...(behindNginx ? (['nginx'] as const) : []));
  const { name: host, ip } = options.host ?? takeSpareHost();
  const port = ports[variant];
  const scheme = variant.startsWith('plain') ? 'http' : 'https';
  const folder = join(labFolder, 'registries', `${host}-${port}`);
  mkdirSync(join(folder, 'storage'), { recursive: true });
  const login = await prepareLogin(folder, variant.endsWith('-login'));
  const tls = scheme === 'https' ? prepareTls(folder, host, options) : undefined;
  const { username, password, passwords } = login;

  // Behind nginx it listens where only nginx reaches it, on a port of its own, in the clear and for everybody.
  const listen = behindNginx ? `127.0.0.1:${10_000 + Number(ip.split('.')[3])}` : `${ip}:${port}`;
  const auth = passwords !== '' && { auth: { htpasswd: { realm: 'Lab', path: passwords } } };
  const ownTls = tls && { tls: { certificate: tls.certificate, key: tls.key } };
  const driver = options.storage?.driver ?? {
    filesystem: { rootdirectory: join(folder, 'storage') },
  };
  const config = behindNginx
    ? writeConfig(folder, listen, { driver, tls: {}, auth: {} })
    : writeConfig(folder, listen, { driver, tls: ownTls ?? {}, auth: auth || {} });
  const outliving = options.outliving === true;
  const argv = inLabNetwork(['docker-registry', 'serve', config]);
  const ready = () => portAnswers(listen, 'lab');
  const registry = await startDaemon(`registry-${host}`, argv, {
    ...{ outliving, ready, env: options.storage?.env ?? process.env },
  });
  const nginx =
    behindNginx && tls !== undefined
      ? await startNginx({
          ...{ ...tls, folder, ip, host, passwords, upstream: listen, outliving },
          openForReading: options.openForReading === true,
          ...(options.gate ? { gate: options.gate } : {}),
        })
      : undefined;
  return {
    ...{ variant, host, ip, port, scheme, username, password, ...(tls?.facts ?? noTlsFacts) },
    address: port === 443 ? host : `${host}:${port}`,
    storagePath: join(folder, 'storage'),
    logPath: registry.logPath,
    stop: async () => {
      await nginx?.stop();
      await registry.stop();
    },
  };
}
