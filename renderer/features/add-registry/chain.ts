import type { Certificate } from '../../../shared/model/certificate.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';

/** One certificate of a chain, or an issuer that nobody has shown. */
export type ChainNode =
  | {
      readonly kind: 'certificate';
      readonly certificate: Certificate;
      /** Who showed it: the server, or the place where its issuer's certificate is kept. */
      readonly from: 'server' | 'fetched';
    }
  | { readonly kind: 'missing'; readonly name: string };

/** The chain of a look from the top, issuer before issued, ending with the server's own certificate. */
export function chainOf(report: ProbeReport): readonly ChainNode[] {
  const [leaf] = report.certificates;
  if (!leaf) return [];
  const path = [leaf];
  let last: Certificate = leaf;
  while (!last.selfIssued) {
    const { issuer } = last;
    const next = report.certificates.find((one) => one.subject === issuer && !path.includes(one));
    if (!next) break;
    path.push(next);
    last = next;
  }
  const nodes = path.map(
    (certificate): ChainNode => ({
      kind: 'certificate',
      certificate,
      from: report.fetched.includes(certificate.sha256) ? 'fetched' : 'server',
    }),
  );
  if (!last.selfIssued) nodes.push({ kind: 'missing', name: last.issuer });
  return nodes.reverse();
}

/** Certificates that the server showed, but that have no place in its chain. */
export function strayOf(report: ProbeReport): readonly Certificate[] {
  const placed = chainOf(report).flatMap((node) =>
    node.kind === 'certificate' ? [node.certificate] : [],
  );
  return report.certificates.filter((certificate) => !placed.includes(certificate));
}
