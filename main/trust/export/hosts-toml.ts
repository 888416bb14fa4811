import { hostsToml } from '../edit/hosts-toml.ts';
import type { ExportSubject } from './subject.ts';

/** containerd's `hosts.toml` for one registry, for /etc/containerd/certs.d of the other machine. */
export function exportedHostsToml({ address, certificates, insecure }: ExportSubject): string {
  const folder = `/etc/containerd/certs.d/${address}`;
  const caPaths = certificates.map(({ fileName }) => `${folder}/${fileName}`);
  return hostsToml({ address, caPaths, plainHttp: insecure });
}
