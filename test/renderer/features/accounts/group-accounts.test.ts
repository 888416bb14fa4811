import { expect, it } from 'vitest';
import { groupAccounts } from '../../../../renderer/features/accounts/group-accounts.ts';
import type { Account } from '../../../../shared/model/account.ts';

const account = (address: string, username: string, inUse = false): Account => ({
  ...{ address, username, inUse, kind: 'password', source: 'keychain' },
  ...{ updatedAt: '2026-11-20T09:30:00.000Z', workedAt: null, refusedAt: null },
});

it('puts accounts together by their registry, the one in use first', () => {
  const groups = groupAccounts([
    account('nas10.local', 'ada'),
    account('nas9.local', 'zoe'),
    account('nas9.local', 'bob'),
    account('nas9.local', 'grace', true),
  ]);
  expect(groups.map(({ address, accounts }) => [address, accounts.map((a) => a.username)])).toEqual(
    [
      ['nas9.local', ['grace', 'bob', 'zoe']],
      ['nas10.local', ['ada']],
    ],
  );
});
