import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issueAuthority, issueServer } from './certificates.ts';
import { takeSpareHost } from './hosts.ts';
import { requireLab } from './lab-missing.ts';
import { inLabNetwork } from './lab-network.ts';
import { portAnswers } from './port-answers.ts';
import { labFolder, startDaemon } from './processes.ts';

/** A web server that is no registry: every path answers 200 with a page of HTML. */
export interface LabWebsite {
  /** `host:port`. */
  readonly address: string;
  readonly host: string;
  readonly ip: string;
  readonly port: number;
  /** The authority of its certificate; empty for plain HTTP. */
  readonly caPem: string;
  /** One JSON object per request and line: `{method, url, headers}`. */
  readonly logPath: string;
  stop(): Promise<void>;
}

/** Starts a web server, over TLS on 8443 or plain on 8080, on a spare host. @throws LabMissing */
export async function startWebsite(kind: 'tls' | 'plain'): Promise<LabWebsite> {
  requireLab();
  const { name: host, ip } = takeSpareHost();
  const port = kind === 'tls' ? 8443 : 8080;
  const folder = join(labFolder, 'websites', host);
  mkdirSync(folder, { recursive: true });
  const script = fileURLToPath(new URL('website.mjs', import.meta.url));
  const argv = [...['ip', 'netns', 'exec', 'lab', process.execPath], ...[script, ip, String(port)]];
  const authority = issueAuthority();
  if (kind === 'tls') {
    const server = issueServer(authority, { names: [host] });
    writeFileSync(join(folder, 'server.crt'), server.certPem);
    writeFileSync(join(folder, 'server.key'), server.keyPem, { mode: 0o600 });
    argv.push(join(folder, 'server.crt'), join(folder, 'server.key'));
  }
  const daemon = await startDaemon(`website-${host}`, inLabNetwork(argv), {
    ready: () => portAnswers(`${ip}:${port}`),
  });
  return {
    address: `${host}:${port}`,
    ...{ host, ip, port, logPath: daemon.logPath },
    caPem: kind === 'tls' ? authority.certPem : '',
    stop: daemon.stop,
  };
}
