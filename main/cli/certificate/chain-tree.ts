import type { Translator } from '../../../shared/i18n/index.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { paint } from '../text/paint.ts';
import { certificateLines } from './certificate-lines.ts';

/** A certificate with those that were issued under its name. */
interface Node {
  readonly certificate: Certificate;
  readonly children: Node[];
}

/** A chain to be drawn. `fetched`: SHA-256 of those that the server did not send. */
interface Chain {
  readonly certificates: readonly Certificate[];
  readonly fetched: readonly string[];
}

/**
 * A chain as a small tree: issuers above what they issued. It goes by names alone, as a server may send anything
 * in any order; what belongs to nothing stands by itself, and an issuer that was not sent is named above the rest.
 */
export function chainTree(t: Translator, chain: Chain, now: number): readonly string[] {
  return grow(chain.certificates).flatMap((root) => {
    const { issuer, selfIssued } = root.certificate;
    const lines = nodeLines(t, chain, root, now);
    if (selfIssued) return lines;
    const missing = `${issuer} ${paint('warn', t('cli.probe.notSent'))}`;
    return [missing, ...hang(lines, true)];
  });
}

/** Links the certificates by their names; a circle is cut where it closes. */
function grow(certificates: readonly Certificate[]): readonly Node[] {
  const unique = new Map(certificates.map((one) => [one.sha256, one]));
  const nodes = [...unique.values()].map((certificate): Node => ({ certificate, children: [] }));
  const parents = new Map<Node, Node>();
  for (const node of nodes) {
    const { issuer, selfIssued } = node.certificate;
    const parent = nodes.find((other) => other !== node && other.certificate.subject === issuer);
    if (selfIssued || !parent || isAbove(parents, node, parent)) continue;
    parents.set(node, parent);
    parent.children.push(node);
  }
  return nodes.filter((node) => !parents.has(node));
}

function isAbove(parents: ReadonlyMap<Node, Node>, node: Node, below: Node): boolean {
  for (let at: Node | undefined = below; at; at = parents.get(at)) if (at === node) return true;
  return false;
}

function nodeLines(
  t: Translator,
  chain: Chain,
  { certificate, children }: Node,
  now: number,
): readonly string[] {
  const isFetched = chain.fetched.includes(certificate.sha256);
  const note = isFetched ? ` ${paint('warn', t('cli.probe.fetched'))}` : '';
  const facts = certificateLines(t, certificate, now, ['issuedTo', 'issuedBy']);
  return [
    `${paint('bold', certificate.subject)}${note}`,
    ...facts.map((line) => `${children.length > 0 ? '│ ' : '  '}${line}`),
    ...children.flatMap((child, index) =>
      hang(nodeLines(t, chain, child, now), index === children.length - 1),
    ),
  ];
}

function hang(lines: readonly string[], isLast: boolean): readonly string[] {
  return lines.map((line, index) => {
    if (index === 0) return `${isLast ? '└─' : '├─'} ${line}`;
    return `${isLast ? '  ' : '│ '} ${line}`;
  });
}
