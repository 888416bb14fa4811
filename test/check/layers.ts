import type { IForbiddenRuleType } from 'dependency-cruiser';

/** The domains of the main process; they meet in `api`, `tasks` and `doctor` only. */
const DOMAINS = 'registry|trust|accounts|engine|demo';

/** Who may import whom. Each rule has a failing example in `fixtures/<name>/`. */
export const layers: readonly (IForbiddenRuleType & { readonly name: string })[] = [
  {
    name: 'shared-is-runtime-free',
    comment: 'shared runs everywhere: zod, the contract library and message formatting only',
    severity: 'error',
    from: { path: '^shared/' },
    to: { pathNot: ['^shared/', 'node_modules/(zod|@orpc/contract|intl-messageformat)/'] },
  },
  {
    name: 'only-i18n-formats-messages',
    comment: 'words are put together in one place',
    severity: 'error',
    from: { pathNot: ['^shared/i18n/', '^test/'] },
    to: { path: 'node_modules/intl-messageformat/' },
  },
  {
    name: 'renderer-is-a-browser',
    comment: 'the window reaches the main process through the contract only',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { path: ['^main/', 'node_modules/(electron|@github/keytar|undici|node-forge)/'] },
  },
  {
    name: 'window-loads-its-own-words',
    comment: 'one language at a time, without the words of the terminal',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { path: '^shared/i18n/(index|catalogues|create-translator)\\.ts$' },
  },
  {
    name: 'renderer-has-no-node',
    comment: 'the window is sandboxed',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'features-stand-alone',
    comment: 'a feature does not import another feature',
    severity: 'error',
    from: { path: '^renderer/features/([^/]+)/' },
    to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
  },
  {
    name: 'domains-do-not-meet',
    comment: 'domains meet in api, tasks and doctor; they are handed what they need',
    severity: 'error',
    from: { path: `^main/(${DOMAINS})/` },
    to: { path: '^main/', pathNot: ['^main/$1/', '^main/platform/'] },
  },
  {
    name: 'platform-knows-nobody',
    comment: 'files, processes and clocks know no domain',
    severity: 'error',
    from: { path: '^main/platform/' },
    to: { path: '^main/', pathNot: '^main/platform/' },
  },
  {
    name: 'only-app-imports-electron',
    comment: 'everything else runs in plain Node as well',
    severity: 'error',
    from: { path: '^(main|shared|renderer)/', pathNot: '^main/(app|build)/' },
    to: { path: 'node_modules/electron/' },
  },
  {
    name: 'helper-stays-small',
    comment: 'the credential helper and the agent load the credential store and nothing else',
    severity: 'error',
    from: { path: '^main/(helper|agent)/' },
    to: { path: '^main/', pathNot: '^main/(helper|agent|accounts|platform)/' },
  },
  {
    name: 'doors-are-thin',
    comment: 'the window and the terminal open onto the contract; no logic lives in a door',
    severity: 'error',
    from: { path: '^main/(app|cli)/' },
    to: { path: `^main/(${DOMAINS}|tasks|doctor|helper)/` },
  },
  {
    name: 'one-place-for-orpc',
    comment: 'two files know the transport, so that it can be replaced in a day',
    severity: 'error',
    from: {
      path: '^(main|renderer|shared)/',
      pathNot: ['^main/api/serve\\.ts$', '^renderer/lib/rpc\\.ts$'],
    },
    to: { path: 'node_modules/@orpc/(server|client|tanstack-query)/' },
  },
  {
    name: 'no-circles',
    comment: 'a circle has no bottom to start reading at',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
];
