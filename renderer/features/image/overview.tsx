import type { ReactNode } from 'react';
import { commandText } from '../../../shared/model/command-text.ts';
import type { ImageConfig, ImageDetails } from '../../../shared/model/image-details.ts';
import { useWords } from '../../lib/words.tsx';

/** What a container made from the image starts with, and what the manifest says besides. */
export function Overview({ details }: { readonly details: ImageDetails }) {
  const t = useWords();
  const { image, annotations, warnings } = details;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className="part-scroll" tabIndex={0}>
      {warnings.length === 0 ? null : (
        <Part title={t('image.warnings')}>
          <Lines lines={warnings} />
        </Part>
      )}
      {image?.config ? (
        <Part title={t('image.config')}>
          <ConfigFacts config={image.config} />
        </Part>
      ) : (
        <p className="dimmed">{t('image.noConfig')}</p>
      )}
      {annotations.length === 0 ? null : (
        <Part title={t('image.annotations')}>
          <Pairs pairs={annotations} />
        </Part>
      )}
    </div>
  );
}

function ConfigFacts({ config }: { readonly config: ImageConfig }) {
  const t = useWords();
  const { entrypoint, command, user, workingDir, healthcheck } = config;
  const { ports, volumes, env, labels, stopSignal } = config;
  return (
    <dl className="facts">
      <FactRow name={t('image.config.entrypoint')}>
        {entrypoint && <Code text={commandText(entrypoint)} />}
      </FactRow>
      <FactRow name={t('image.config.command')}>
        {command && <Code text={commandText(command)} />}
      </FactRow>
      <FactRow name={t('image.config.user')}>
        {user === '' ? t('image.root') : <Code text={user} />}
      </FactRow>
      <FactRow name={t('image.config.workingDir')}>
        {workingDir && <Code text={workingDir} />}
      </FactRow>
      <FactRow name={t('image.config.ports')}>{ports.join(', ')}</FactRow>
      <FactRow name={t('image.config.volumes')}>
        {volumes.length > 0 && <Lines lines={volumes} />}
      </FactRow>
      <FactRow name={t('image.config.env')}>{env.length > 0 && <Lines lines={env} />}</FactRow>
      <FactRow name={t('image.config.stopSignal')}>{stopSignal}</FactRow>
      <FactRow name={t('image.config.healthcheck')}>
        {healthcheck && <Code text={commandText(healthcheck)} />}
      </FactRow>
      <FactRow name={t('image.config.labels')}>
        {labels.length > 0 && <Pairs pairs={labels} />}
      </FactRow>
    </dl>
  );
}

function Part(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className="part-title">{props.title}</h2>
      {props.children}
    </section>
  );
}

/** One fact; what is not stated takes no room. */
function FactRow(props: { readonly name: string; readonly children: ReactNode }) {
  if (!props.children) return null;
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

function Code({ text }: { readonly text: string }) {
  return <code dir="ltr">{text}</code>;
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="plain-lines">
      {[...new Set(lines)].map((line) => (
        <li key={line}>
          <Code text={line} />
        </li>
      ))}
    </ul>
  );
}

function Pairs({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl className="pairs">
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt dir="ltr">{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
