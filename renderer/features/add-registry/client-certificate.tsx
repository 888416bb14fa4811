import { Button } from '@mantine/core';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import type { ClientFiles } from './use-wish.ts';

/** Holds a certificate together with its key. */
const BOTH_IN_ONE = /\.(p12|pfx)$/i;

/** For a registry that lets in only who shows a certificate: asks for that certificate and its key. */
export function ClientCertificate(props: {
  readonly files: ClientFiles | null;
  readonly onChoose: (files: ClientFiles | null) => void;
}) {
  const t = useWords();
  const { client } = useRegent();
  const { files } = props;
  const choose = async (): Promise<void> => {
    const { path: certificate } = await client.trust.chooseFile({ purpose: 'client-certificate' });
    if (certificate === null) return;
    const { path: key } = BOTH_IN_ONE.test(certificate)
      ? { path: certificate }
      : await client.trust.chooseFile({ purpose: 'client-key' });
    if (key !== null) props.onChoose({ certificate, key });
  };
  return (
    <section className="plan" aria-label={t('registries.client.title')}>
      <h3>{t('registries.client.title')}</h3>
      <p>{t('registries.client.text')}</p>
      {files ? (
        <dl className="facts">
          <dt>{t('registries.client.certificate')}</dt>
          <dd>
            <code dir="ltr">{files.certificate}</code>
          </dd>
          <dt>{t('registries.client.key')}</dt>
          <dd>
            <code dir="ltr">{files.key}</code>
          </dd>
        </dl>
      ) : null}
      <div className="flow-actions">
        <Button size="compact-sm" variant="default" onClick={() => void choose()}>
          {files ? t('registries.client.other') : t('registries.client.choose')}
        </Button>
        {files ? (
          <button type="button" className="text-button" onClick={() => props.onChoose(null)}>
            {t('registries.client.without')}
          </button>
        ) : null}
      </div>
    </section>
  );
}
