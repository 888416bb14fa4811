import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import './part-tabs.css';

/** One part of what a screen shows. */
export interface Part {
  readonly id: string;
  readonly name: string;
  readonly content: ReactNode;
}

/** The parts of what a screen shows, one at a time, each over all the room there is; the first one is shown first. */
export function PartTabs(props: { readonly label: string; readonly parts: readonly Part[] }) {
  const { parts } = props;
  return (
    <Tabs defaultValue={parts[0]?.id ?? null} keepMounted={false} className="part-tabs">
      <Tabs.List aria-label={props.label}>
        {parts.map(({ id, name }) => (
          <Tabs.Tab key={id} value={id}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} className="part-panel">
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
