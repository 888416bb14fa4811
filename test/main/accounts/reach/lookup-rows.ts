import type { Lookup } from '../../../../main/accounts/reach/docker-lookup.ts';

/** What docker calls Docker Hub. */
export const HUB = 'https://index.docker.io/v1/';
const login = { auth: 'YWRhOnNlY3JldA==' };
export const helper = (name: string): Lookup => ({ kind: 'helper', helper: name });
const plain: Lookup = { kind: 'plaintext' };
export const nothing: Lookup = { kind: 'nothing' };

/** docker looks for a login …: a config.json, the registry, and where. The docker CLI itself is held to the same rows. */
export const lookupRows: readonly (readonly [string, object | string, string, Lookup])[] = [
  ['with the registry’s helper', { credHelpers: { 'h:1': 'x' } }, 'h:1', helper('x')],
  ['with it before the default', { credHelpers: { h: 'x' }, credsStore: 'y' }, 'h', helper('x')],
  ['with the default', { credsStore: 'y', auths: { h: login } }, 'h', helper('y')],
  ['in the file on purpose', { credHelpers: { h: '' }, credsStore: 'y' }, 'h', nothing],
  [
    'in the file on purpose, and finds it',
    { credHelpers: { h: '' }, credsStore: 'y', auths: { h: login } },
    'h',
    plain,
  ],
  ['in the file', { auths: { h: login } }, 'h', plain],
  ['by the exact port', { credHelpers: { 'h:1': 'x' } }, 'h', nothing],
  ['by the exact case', { credHelpers: { H: 'x' }, auths: { H: login } }, 'h', nothing],
  ['of Docker Hub by its URL', { credHelpers: { [HUB]: 'x' } }, HUB, helper('x')],
  ['of Docker Hub by nothing else', { credHelpers: { 'docker.io': 'x' } }, HUB, nothing],
  ['in an old entry', { auths: { 'https://h:1/v2/': login } }, 'h:1', plain],
  ['in an old entry only without a new', { auths: { h: {}, 'https://h': login } }, 'h', nothing],
  ['past docker’s mark of a helper', { auths: { h: {} } }, 'h', nothing],
  ['as a token', { auths: { h: { identitytoken: 't' } } }, 'h', plain],
  ['under names in any case', '{"CREDHELPERS":{"h":"x"},"credHelpers":{}}', 'h', helper('x')],
  ['as the last of two says', '{"credHelpers":{"h":"x","h":"y"}}', 'h', helper('y')],
  ['in lists that are there twice', '{"credHelpers":{"h":"x"},"credhelpers":{}}', 'h', helper('x')],
  ['with the last default', '{"credsStore":"x","credsstore":"y"}', 'h', helper('y')],
  [
    'with the last default that is not null',
    '{"credsStore":"x","credsstore":null}',
    'h',
    helper('x'),
  ],
  ['under a folded name', '{"cred\u017f\u017ftore":"x"}', 'h', helper('x')],
];

/** podman looks for a login …: its files in their order, the registry, and where. podman itself is held to them, too. */
export const podmanRows: readonly (readonly [string, readonly object[], string, Lookup])[] = [
  ['in no default of docker’s', [{ credsStore: 'x' }], 'h', nothing],
  ['with a helper', [{ credHelpers: { h: 'x' }, auths: { h: login } }], 'h', helper('x')],
  [
    'in the first file that has one',
    [{ auths: { h: login } }, { credHelpers: { h: 'x' } }],
    'h',
    plain,
  ],
  ['past a mark', [{ auths: { h: {} } }, { credHelpers: { h: 'x' } }], 'h', helper('x')],
  ['with a helper without a name', [{ credHelpers: { h: '' } }], 'h', helper('')],
  ['of Docker Hub by its name', [{ credHelpers: { 'docker.io': 'x' } }], 'docker.io', helper('x')],
  [
    'of Docker Hub with no helper of its URL',
    [{ credHelpers: { 'https://index.docker.io/v1/': 'x' } }],
    'docker.io',
    nothing,
  ],
  [
    'of Docker Hub in plain text of its URL',
    [{ auths: { 'https://index.docker.io/v1/': login } }],
    'docker.io',
    plain,
  ],
  ['in an old entry', [{ auths: { 'https://h:1/v2/': login } }], 'h:1', plain],
  ['of a namespace not for the whole registry', [{ auths: { 'x/team': login } }], 'h', nothing],
];
