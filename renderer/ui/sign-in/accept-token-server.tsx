import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { useWords } from '../../lib/words.tsx';

/** The token server that a registry named and Regent refused, until a person says that it may have the password. */
export function useTokenServer(problem: Problem | null): {
  /** What the registry named last; null when it named none that is foreign. */
  readonly named: string | null;
  readonly accepted: string | null;
  readonly setAccepted: (origin: string | null) => void;
} {
  const [accepted, setAccepted] = useState<string | null>(null);
  const named = problem?.code === 'REALM_FOREIGN' ? problem.data.realm : accepted;
  // Another server than the one that was accepted is a new question.
  return { named, accepted: accepted === named ? accepted : null, setAccepted };
}

/** Asks whether a token server may have the password. */
export function AcceptTokenServer(props: {
  readonly address: string;
  readonly named: string;
  readonly isAccepted: boolean;
  readonly busy: boolean;
  readonly onChange: (isAccepted: boolean) => void;
}) {
  const t = useWords();
  const { address, named: realm } = props;
  return (
    <Checkbox
      label={t('registries.signIn.acceptTokenServer', { address, realm })}
      checked={props.isAccepted}
      disabled={props.busy}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}
