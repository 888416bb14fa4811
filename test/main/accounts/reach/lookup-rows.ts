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
  [
    'with it before the default',
    { credHelpers: { 'h.test': 'x' }, credsStore: 'y' },
    'h.test',
    helper('x'),
  ],
  ['with the default', { credsStore: 'y', auths: { 'h.test': login } }, 'h.test', helper('y')],
  ['in the file on purpose', { credHelpers: { 'h.test': '' }, credsStore: 'y' }, 'h.test', nothing],
  [
    'in the file on purpose, and finds it',
    { credHelpers: { 'h.test': '' }, credsStore: 'y', auths: { 'h.test': login } },
    'h.test',
    plain,
  ],
  ['in the file', { auths: { 'h.test': login } }, 'h.test', plain],
  ['by the exact port', { credHelpers: { 'h:1': 'x' } }, 'h.test', nothing],
  [
    'by the exact case',
    { credHelpers: { 'H.test': 'x' }, auths: { 'H.test': login } },
    'h.test',
    nothing,
  ],
  ['of Docker Hub by its URL', { credHelpers: { [HUB]: 'x' } }, HUB, helper('x')],
  ['of Docker Hub by nothing else', { credHelpers: { 'docker.io': 'x' } }, HUB, nothing],
  ['in an old entry', { auths: { 'https://h:1/v2/': login } }, 'h:1', plain],
  [
    'in an old entry only without a new',
    { auths: { 'h.test': {}, 'https://h.test': login } },
    'h.test',
    nothing,
  ],
  ['past docker’s mark of a helper', { auths: { 'h.test': {} } }, 'h.test', nothing],
  ['as a token', { auths: { 'h.test': { identitytoken: 't' } } }, 'h.test', plain],
  [
    'under names in any case',
    '{"CREDHELPERS":{"h.test":"x"},"credHelpers":{}}',
    'h.test',
    helper('x'),
  ],
  ['as the last of two says', '{"credHelpers":{"h.test":"x","h.test":"y"}}', 'h.test', helper('y')],
  [
    'in lists that are there twice',
    '{"credHelpers":{"h.test":"x"},"credhelpers":{}}',
    'h.test',
    helper('x'),
  ],
  ['with the last default', '{"credsStore":"x","credsstore":"y"}', 'h.test', helper('y')],
  [
    'with the last default that is not null',
    '{"credsStore":"x","credsstore":null}',
    'h.test',
    helper('x'),
  ],
  ['under a folded name', '{"cred\u017f\u017ftore":"x"}', 'h.test', helper('x')],
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
