import type { Reverted } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';

/** What was put back when a trust was undone, one part a line. */
export function RevertedList({ reverted }: { readonly reverted: readonly Reverted[] }) {
  const t = useWords();
  return (
    <ul className="reverted">
      {reverted.map((part) => (
        <li key={`${part.consumer} ${part.path}`}>
          <code dir="ltr">{part.path}</code>
          {': '}
          {t(`common.reverted.${part.action}`)}
        </li>
      ))}
    </ul>
  );
}
