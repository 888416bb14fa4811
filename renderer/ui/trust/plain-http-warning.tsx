import { Checkbox } from '@mantine/core';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useWords } from '../../lib/words.tsx';
import './plain-http-warning.css';

/** Says plainly what it means to do without encryption, and asks for a tick under it. */
export function PlainHttpWarning(props: {
  readonly address: string;
  readonly isSure: boolean;
  readonly onSure: (isSure: boolean) => void;
}) {
  const t = useWords();
  return (
    <div className="plain-http">
      <p className="plain-http-head">
        <TriangleAlert size={16} aria-hidden="true" />
        <strong>{t('registries.plain.head', { address: props.address })}</strong>
      </p>
      <ul>
        <li>{t('registries.plain.reads')}</li>
        <li>{t('registries.plain.swaps')}</li>
        <li>{t('registries.plain.notJustHere')}</li>
      </ul>
      <Checkbox
        size="xs"
        color="red"
        label={t('registries.plain.sure')}
        checked={props.isSure}
        onChange={(event) => props.onSure(event.currentTarget.checked)}
      />
    </div>
  );
}
