import { useQuery, useQueryClient } from '@tanstack/react-query';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import { useShortcuts } from '../../lib/keys.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { HeadersDialog } from '../../ui/headers/headers-dialog.tsx';
import { MenuButton, type MenuItem } from '../../ui/menu.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { SignOutDialog } from '../../ui/sign-in/sign-out-dialog.tsx';
import { RevokeDialog } from '../../ui/trust/revoke-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

type Dialog = 'sign-out' | 'revoke' | 'headers' | 'remove';

/** What can be done with a registry: look again, sign in or out, stop trusting it, what it is sent beside, remove it. */
export function RegistryActions(props: { readonly address: string }) {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const { address } = props;
  const askToSignIn = useAskToSignIn();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const accounts = useQuery(api.accounts.list.queryOptions());
  const own = accounts.data?.filter((account) => account.address === address) ?? [];
  const inUse = own.find((account) => account.inUse);
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
    inUse === undefined
      ? { label: t('registries.menu.signIn'), run: () => askToSignIn({ address }) }
      : item(t('registries.menu.signOut'), 'sign-out'),
    ...(isTrustedByUs ? [item(t('registries.menu.revoke'), 'revoke')] : []),
    item(t('registries.menu.headers'), 'headers'),
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
      {inUse ? (
        <SignOutDialog
          {...dialogProps('sign-out')}
          account={inUse}
          others={own.filter((other) => other !== inUse).map(({ username }) => username)}
        />
      ) : null}
      <RevokeDialog {...dialogProps('revoke')} />
      {dialog === 'headers' ? (
        <HeadersDialog address={address} onClose={() => setDialog(null)} />
      ) : null}
      <RemoveDialog {...dialogProps('remove')} />
    </>
  );
}
