import BadgeCheck from 'lucide-react/icons/badge-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import FileBadge from 'lucide-react/icons/file-badge';
import type { ReactNode } from 'react';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { useWords } from '../../lib/words.tsx';
import { CertificateFacts } from '../../ui/trust/certificate-facts.tsx';
import { commonName } from '../../ui/trust/common-name.ts';
import { type ChainNode, chainOf, strayOf } from './chain.ts';
import './chain-tree.css';

/** The server's certificates as a small tree, issuer above issued: who showed each, and which would be trusted. */
export function ChainTree(props: {
  readonly report: ProbeReport;
  /** SHA-256 of the certificate that would be trusted; null when none of these is. */
  readonly chosen: string | null;
}) {
  const t = useWords();
  const nodes = chainOf(props.report);
  const stray = strayOf(props.report);
  if (nodes.length === 0) return null;
  return (
    <div className="chain">
      <ul className="chain-level" aria-label={t('registries.chain.label')}>
        {branch(nodes, props.chosen, props.report.previous === null)}
      </ul>
      {stray.length > 0 ? (
        <p className="dimmed">
          {t('registries.chain.stray', { names: stray.map(({ subject }) => commonName(subject)) })}
        </p>
      ) : null}
    </div>
  );
}

function branch(nodes: readonly ChainNode[], chosen: string | null, unfolded: boolean): ReactNode {
  const [first, ...rest] = nodes;
  if (!first) return null;
  return (
    <li>
      <Node
        node={first}
        isLeaf={rest.length === 0}
        isOpen={rest.length === 0 && unfolded}
        chosen={chosen}
      />
      {rest.length > 0 ? <ul className="chain-level">{branch(rest, chosen, unfolded)}</ul> : null}
    </li>
  );
}

function Node(props: {
  readonly node: ChainNode;
  readonly isLeaf: boolean;
  readonly isOpen: boolean;
  readonly chosen: string | null;
}) {
  const t = useWords();
  const { node } = props;
  if (node.kind === 'missing') {
    return (
      <div className="chain-node">
        <CircleDashed size={14} aria-hidden="true" />
        <span>{commonName(node.name)}</span>
        <span className="dimmed">{t('registries.chain.missing')}</span>
      </div>
    );
  }
  const { certificate, from } = node;
  const isChosen = certificate.sha256 === props.chosen;
  const Icon = isChosen ? BadgeCheck : FileBadge;
  const facts = [
    t(props.isLeaf ? 'registries.chain.leaf' : 'registries.chain.authority'),
    t(`registries.chain.${from}`),
  ];
  return (
    <details className="chain-certificate" open={props.isOpen}>
      <summary className={isChosen ? 'chain-node chain-chosen' : 'chain-node'}>
        <Icon size={14} aria-hidden="true" />
        <span className="chain-name">{commonName(certificate.subject)}</span>
        <span className="dimmed">{facts.join(' · ')}</span>
        {isChosen ? (
          <span className="chain-mark">{t('registries.chain.wouldBeTrusted')}</span>
        ) : null}
      </summary>
      <CertificateFacts certificate={certificate} />
    </details>
  );
}
