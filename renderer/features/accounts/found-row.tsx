import { Checkbox } from '@mantine/core';
import { explainHere, sayFoundLogin } from '../../../shared/i18n/words.ts';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import { useWords } from '../../lib/words.tsx';
import { Prose } from '../../ui/prose.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** One login somewhere else: whose it is, where it stands, and what is unsafe about that. */
export function FoundRow(props: {
  readonly login: FoundLogin;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}) {
  const t = useWords();
  const { login } = props;
  const { name, place, risks } = sayFoundLogin(t, login);
  return (
    <li>
      <Checkbox
        size="xs"
        label={name}
        description={place.join(' · ')}
        checked={props.isChosen}
        disabled={login.problem !== null}
        onChange={(event) => props.onChoose(event.currentTarget.checked)}
      />
      <ul className="found-risks" aria-label={name}>
        {risks.map((risk) => (
          <li key={risk}>
            <StatusBadge tone="attention" word={risk} />
          </li>
        ))}
        {login.problem ? (
          <li className="found-problem">
            <StatusBadge tone="off" word={explainHere(t, login.problem).what} />
            <span className="dimmed">
              <Prose text={explainHere(t, login.problem).fix} />
            </span>
          </li>
        ) : null}
      </ul>
    </li>
  );
}
