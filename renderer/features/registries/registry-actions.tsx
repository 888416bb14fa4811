import { useQuery, useQueryClient } from '@tanstack/react-query';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import { useShortcuts } from '../../lib/keys.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { MenuButton, type MenuItem } from '../../ui/menu.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { RevokeDialog } from '../../ui/trust/revoke-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';

type Dialog = 'sign-in' | 'sign-out' | 'revoke' | 'remove';

/** What can be done with a registry: look again, sign in or out, stop trusting it, remove it. */
export function RegistryActions(props: {
  readonly address: string;
  readonly username: string | null;
}) {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const { address } = props;
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const trusts = useQuery(api.trust.list.queryOptions());
  const isTrustedByUs = trusts.data?.some((entry) => entry.address === address) ?? false;
  const refresh = (): void => {
    void cache.invalidateQueries({ queryKey: api.repositories.key({ input: { address } }) });
    void cache.invalidateQueries({ queryKey: api.registries.status.key({ input: { address } }) });
  };
  useShortcuts({ r: refresh });
  const dialogProps = (which: Dialog) => ({
    address,
    opened: dialog === which,
    onClose: () => setDialog(null),
  });
  const item = (label: string, which: Dialog): MenuItem => ({
    label,
    danger: which === 'remove',
    run: () => setDialog(which),
  });
  const items = [
    props.username === null
      ? item(t('registries.menu.signIn'), 'sign-in')
      : item(t('registries.menu.signOut'), 'sign-out'),
    ...(isTrustedByUs ? [item(t('registries.menu.revoke'), 'revoke')] : []),
    item(t('registries.menu.remove'), 'remove'),
  ];
  return (
    <>
      <RefreshButton onRefresh={refresh} />
      <MenuButton
        label={t('browse.moreActions')}
        icon={<Ellipsis size={16} aria-hidden="true" />}
        items={items}
      />
      <SignInDialog {...dialogProps('sign-in')} />
      <SignOutDialog {...dialogProps('sign-out')} username={props.username ?? ''} />
      <RevokeDialog {...dialogProps('revoke')} />
      <RemoveDialog {...dialogProps('remove')} />
    </>
  );
}
