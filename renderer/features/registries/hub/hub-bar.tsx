import { Button, TextInput } from '@mantine/core';
import Search from 'lucide-react/icons/search';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../../lib/words.tsx';
import { ToolbarToggle } from '../../../ui/toolbar-toggle.tsx';
import './hub.css';
import { type HubView, viewOfText } from './hub-view.ts';

/** What of Docker Hub to show: a field to search it or to open a namespace, and the namespaces of the login. */
export function HubBar(props: {
  readonly view: HubView;
  /** The login's own name and its organisations. */
  readonly own: readonly string[];
  readonly onView: (view: HubView) => void;
}) {
  const t = useWords();
  const { view, own, onView } = props;
  const [text, setText] = useState(textOf(view));
  const wanted = viewOfText(text);
  const show = (next: HubView): void => {
    setText(textOf(next));
    onView(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted) onView(wanted);
  };
  const other = view.kind === 'namespace' && !own.includes(view.name) ? [view.name] : [];
  return (
    <div className="hub-bar">
      <form className="paste-field hub-search" onSubmit={submit}>
        <TextInput
          label={t('browse.hub.field')}
          placeholder={t('browse.hub.placeholder')}
          leftSection={<Search size={14} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
        />
        <Button type="submit" variant="default" disabled={wanted === null}>
          {t(wanted?.kind === 'namespace' ? 'browse.open' : 'browse.hub.search')}
        </Button>
      </form>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a look of its own */}
      <div role="group" className="hub-namespaces" aria-label={t('browse.hub.namespaces')}>
        <ToolbarToggle
          label={t('browse.hub.mine')}
          isOn={view.kind === 'own'}
          onChange={() => show({ kind: 'own' })}
        />
        {[...own, ...other].map((name) => (
          <ToolbarToggle
            key={name}
            label={name}
            isOn={view.kind === 'namespace' && view.name === name}
            onChange={() => show({ kind: 'namespace', name })}
          />
        ))}
      </div>
    </div>
  );
}

function textOf(view: HubView): string {
  if (view.kind === 'namespace') return `${view.name}/`;
  return view.kind === 'search' ? view.query : '';
}
