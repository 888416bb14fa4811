import { parseAddress } from '../../../shared/model/address.ts';
import type { Advice, ProbeReport, Verdict } from '../../../shared/model/probe.ts';
import { makeCertificateCommands } from './make-certificate.ts';
import { composeLines, nginxBlock, registryCommand } from './place-certificate.ts';
import { serverNames } from './server-names.ts';

/** Verdicts that no trust mends, but another certificate does. */
const KINDS: Readonly<Partial<Record<Verdict, Advice['kind']>>> = {
  'no-san': 'renew',
  'name-mismatch': 'renew',
  expired: 'renew',
  'not-yet-valid': 'renew',
  weak: 'renew',
  'invalid-chain': 'renew',
  'plain-http': 'switch-on',
};

const HTTPS_PORT = 443;

/**
 * What the server's administrator can do where trust is no cure: commands and settings for this very address,
 * with its names filled in. Null where trust mends it, or where no certificate would.
 */
export function adviseRightCertificate(
  report: Pick<ProbeReport, 'address' | 'verdict' | 'certificates'>,
): Advice | null {
  const { address, verdict, certificates } = report;
  const kind = KINDS[verdict];
  if (!kind) return null;
  const names = serverNames(address, certificates[0]);
  const port = parseAddress(address).port ?? HTTPS_PORT;
  const hosts = names.map((name) => name.replace(/^DNS:/, '').replace(/^IP:(.*:.*)$/, '[$1]'));
  return {
    kind,
    names,
    steps: [
      { id: 'make', text: makeCertificateCommands(names) },
      { id: 'registry', text: registryCommand(port) },
      { id: 'compose', text: composeLines(port) },
      {
        id: 'nginx',
        text: nginxBlock(
          port,
          hosts.map((host) => host.replace(/^IP:/, '')),
        ),
      },
      { id: 'check', text: CHECK },
    ],
  };
}

const CHECK = 'openssl x509 -noout -fingerprint -sha256 -in registry-ca/ca.crt\n';
