import { useWords } from '../../lib/words.tsx';
import type { ChangeKind } from './change-kind.ts';

const signs = { shared: '=', added: '+', removed: '−', changed: '~' } as const;

/** How something stands in two images, as a sign and a word; colour only helps. */
export function ChangeMark({ kind }: { readonly kind: ChangeKind | 'shared' }) {
  const t = useWords();
  return (
    <span className={`change-mark change-${kind}`}>
      <span className="change-sign" aria-hidden="true">
        {signs[kind]}
      </span>
      {t(`compare.kind.${kind}`)}
    </span>
  );
}
