import { Checkbox } from '@mantine/core';
import { useId } from 'react';
import type { ConsumerId, FoundConsumer } from '../../../shared/model/consumer.ts';
import { consumerFacts } from '../../../shared/model/consumer-facts.ts';
import { useWords } from '../../lib/words.tsx';
import './consumer-choice.css';

/** The programs of this machine that can be chosen. Regent itself is always among those that trust. */
export function selectable(
  found: readonly FoundConsumer[],
  insecure: boolean,
): readonly FoundConsumer[] {
  return found.filter(({ id }) => id !== 'regent' && (!insecure || consumerFacts[id].plainHttp));
}

/** Asks which programs of this machine shall trust, those first that reach no further than the one registry. */
export function ConsumerChoice(props: {
  readonly found: readonly FoundConsumer[];
  readonly chosen: readonly ConsumerId[];
  readonly insecure?: boolean;
  readonly onChange: (chosen: readonly ConsumerId[]) => void;
}) {
  const t = useWords();
  const labelId = useId();
  const all = selectable(props.found, props.insecure ?? false);
  const scoped = all.filter(({ id }) => consumerFacts[id].reach === 'this-registry');
  const wide = all.filter(({ id }) => consumerFacts[id].reach === 'every-server');
  const row = (consumer: FoundConsumer) => (
    <ConsumerRow
      key={consumer.id}
      consumer={consumer}
      hidesPlace={props.insecure ?? false}
      isChosen={props.chosen.includes(consumer.id)}
      onChange={(isChosen) =>
        props.onChange(
          isChosen
            ? [...props.chosen, consumer.id]
            : props.chosen.filter((id) => id !== consumer.id),
        )
      }
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: the legend of a fieldset can't be laid out
    <div className="consumer-choice" role="group" aria-labelledby={labelId}>
      <div id={labelId}>
        {props.insecure ? t('registries.consumers.insecure') : t('registries.consumers.label')}
      </div>
      {all.length === 0 ? <p className="dimmed">{t('registries.consumers.none')}</p> : null}
      {scoped.length > 0 ? (
        <>
          <div className="dimmed">{t('common.reach.this-registry')}</div>
          {scoped.map(row)}
        </>
      ) : null}
      {wide.length > 0 ? (
        <>
          <div className="consumer-wide">{t('common.reach.every-server')}</div>
          {wide.map(row)}
          <p className="consumer-more dimmed">{t('common.note.every-server')}</p>
        </>
      ) : null}
    </div>
  );
}

function ConsumerRow(props: {
  readonly consumer: FoundConsumer;
  /** Where certificates are kept says nothing about plain HTTP. */
  readonly hidesPlace: boolean;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}) {
  const t = useWords();
  const { id, place, elevated } = props.consumer;
  const remarks = [
    elevated ? t('registries.consumers.elevated') : '',
    consumerFacts[id].ranHere ? '' : t('registries.consumers.notRunHere'),
  ].filter((remark) => remark !== '');
  return (
    <Checkbox
      size="xs"
      checked={props.isChosen}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
      label={t(`common.consumer.${id}`)}
      description={
        <>
          {props.hidesPlace ? null : <code dir="ltr">{place}</code>}
          {remarks.map((remark, index) => (
            <span key={remark}>
              {index === 0 && props.hidesPlace ? '' : ' · '}
              {remark}
            </span>
          ))}
        </>
      }
    />
  );
}
