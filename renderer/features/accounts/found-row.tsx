import { Checkbox } from '@mantine/core';
import { explain, type Translator } from '../../../shared/i18n/words.ts';
import type { FoundLogin, LoginOrigin } from '../../../shared/model/found-login.ts';
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
  const place = [
    sayOrigin(t, login.origin),
    ...(login.key === login.address ? [] : [t('accounts.found.key', { key: login.key })]),
    ...(login.isKnown ? [t('accounts.found.known')] : []),
  ];
  return (
    <li>
      <Checkbox
        size="xs"
        label={nameLogin(t, login)}
        description={place.join(' · ')}
        checked={props.isChosen}
        disabled={login.problem !== null}
        onChange={(event) => props.onChoose(event.currentTarget.checked)}
      />
      <ul className="found-risks" aria-label={nameLogin(t, login)}>
        {login.risks.map((risk) => (
          <li key={risk}>
            <StatusBadge tone="attention" word={t(`accounts.found.risk.${risk}`)} />
          </li>
        ))}
        {login.problem ? (
          <li className="found-problem">
            <StatusBadge tone="off" word={explain(t, login.problem).what} />
            <span className="dimmed">
              <Prose text={explain(t, login.problem).fix} />
            </span>
          </li>
        ) : null}
      </ul>
    </li>
  );
}

/** A found login as it is called in a list. */
export function nameLogin(
  t: Translator,
  login: { readonly address: string; readonly username: string | null },
): string {
  const username = login.username ?? t('accounts.found.userUnknown');
  return t('accounts.found.loginOf', { address: login.address, username });
}

function sayOrigin(t: Translator, origin: LoginOrigin): string {
  return origin.kind === 'docker-helper'
    ? t('accounts.found.origin.docker-helper', { helper: origin.helper })
    : t(`accounts.found.origin.${origin.kind}`, { path: origin.path });
}
