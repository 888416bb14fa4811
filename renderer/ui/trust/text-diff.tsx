import { useMemo } from 'react';
import { type DiffLine, diffLines } from '../../../shared/model/line-diff.ts';
import { useWords } from '../../lib/words.tsx';
import './text-diff.css';

const signs: Readonly<Record<DiffLine['kind'], string>> = {
  same: '  ',
  gone: '− ',
  new: '+ ',
  gap: '',
};

/** What an edit changes in a text, before and after; nothing else of the text is shown. */
export function TextDiff(props: { readonly before: string; readonly after: string }) {
  const t = useWords();
  const { before, after } = props;
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  return (
    <div className="text-diff" dir="ltr">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never change places
        <div key={index} className={`diff-line diff-${line.kind}`}>
          {line.kind === 'gone' || line.kind === 'new' ? (
            <span className="visually-hidden">{t(`registries.plan.line.${line.kind}`)} </span>
          ) : null}
          <span className="diff-sign" aria-hidden="true">
            {line.kind === 'gap' ? '⋯' : signs[line.kind]}
          </span>
          <code>{line.text}</code>
        </div>
      ))}
    </div>
  );
}
