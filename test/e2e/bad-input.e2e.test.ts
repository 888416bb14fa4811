import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  allowSudo,
  describeWithLab,
  type LabKeychain,
  type SharedRegistry,
  sharedRegistry,
  snapshotTree,
  startWebsite,
} from '../lab/index.ts';
import { errorCodeOf, keychainOf, openTerminal, type Terminal } from './terminal.ts';

describeWithLab('bad input in the terminal', ['registry', 'keychain', 'sudo'], () => {
  let registry: SharedRegistry;
  let keychain: LabKeychain;
  let terminal: Terminal;
  let before: readonly string[];

  /** What a person could lose: Docker's trust, Docker's config, the list of accounts. */
  const disk = () => [
    ...snapshotTree('/etc/docker'),
    ...snapshotTree(`${terminal.env.HOME}/.docker`),
    ...snapshotTree(`${terminal.regentHome}/data/accounts.json`),
  ];
  /** Every failure says what, why and the fix, without a stack, and changes nothing on disk. */
  const expectFailure = async (
    args: readonly string[],
    code: string,
    status: number,
    input = '',
  ) => {
    const json = await terminal.regent([args[0] ?? '', '--json', ...args.slice(1)], input);
    expect({ code: errorCodeOf(json), status: json.status }).toEqual({ code, status });
    const human = await terminal.regent(args, input);
    expect(human.status).toBe(status);
    expect(human.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(human.stderr.trim().length).toBeGreaterThan(20);
    expect(disk()).toEqual(before);
  };

  beforeAll(async () => {
    registry = await sharedRegistry('tls-login');
    const user = await allowSudo();
    keychain = await keychainOf(user);
    terminal = await openTerminal(user, keychain);
    before = disk();
  });
  afterAll(() => keychain?.stop());

  it.each(['not an address', '../etc', 'host:99999', 'http://', 'a b:5000', '-x:1'])(
    'an address that is none: %s',
    (text) => expectFailure(['probe', '--', text], 'ADDRESS_INVALID', 2),
  );

  it('a closed port', () =>
    expectFailure(['trust', `${registry.host}:1`, '--tofu'], 'CONNECTION_REFUSED', 6));

  it('an unknown host', () =>
    expectFailure(['trust', 'nobody.invalid:5000', '--tofu'], 'HOST_UNKNOWN', 6));

  it('a plain-HTTP server where TLS is expected', async () => {
    const plain = await sharedRegistry('plain');
    await expectFailure(['trust', plain.address, '--tofu'], 'PLAIN_HTTP', 3);
  });

  it('https where http was typed is simply used', async () => {
    const probed = await terminal.regent(['probe', `http://${registry.address}`, '--json']);
    expect(JSON.parse(probed.stdout)).toMatchObject({ scheme: 'https', verdict: 'untrusted' });
  });

  it('a web server that is no registry', async () => {
    const website = await startWebsite('tls');
    await expectFailure(['trust', website.address, '--tofu'], 'NOT_A_REGISTRY', 5);
    await website.stop();
  });

  it('a wrong fingerprint, and one that is none', async () => {
    const wrong = 'ab'.repeat(32);
    await expectFailure(
      ['trust', registry.address, '--fingerprint', wrong],
      'FINGERPRINT_MISMATCH',
      3,
    );
    await expectFailure(
      ['trust', registry.address, '--fingerprint', 'zz'],
      'FINGERPRINT_INVALID',
      2,
    );
  });

  it('trust without any confirmation', () =>
    expectFailure(['trust', registry.address], 'TRUST_UNCONFIRMED', 3));

  it('signing in to a registry that is not trusted, before any password is sent', () =>
    expectFailure(
      ['login', registry.address, '-u', registry.username, '--password-stdin'],
      'CERT_UNTRUSTED',
      3,
      registry.password,
    ));

  it('a repository that does not exist, and a wrong password', async () => {
    await terminal.regent(['trust', registry.address, '--fingerprint', registry.leafSha256]);
    const trusted = disk();
    before = trusted;
    await expectFailure(
      ['login', registry.address, '-u', registry.username, '--password-stdin'],
      'CREDENTIALS_REJECTED',
      4,
      'wrong',
    );
    await expectFailure(['tags', `${registry.address}/team/hello`], 'SIGN_IN_REQUIRED', 4);
    await terminal.regent(
      ['login', registry.address, '-u', registry.username, '--password-stdin'],
      registry.password,
    );
    before = disk();
    await expectFailure(['tags', `${registry.address}/no/such`], 'REPOSITORY_NOT_FOUND', 5);
    await terminal.regent(['logout', registry.address]);
    await terminal.regent(['untrust', registry.address]);
    before = disk();
  });

  it('no engine', async () => {
    const nowhere = { DOCKER_HOST: 'unix:///run/no-engine-here.sock' };
    const images = await terminal.regent(['images', '--json'], '', nowhere);
    expect(images.status).toBe(6);
    expect(errorCodeOf(images)).toBe('ENGINE_UNREACHABLE');
    expect(disk()).toEqual(before);
  });

  it('commands and options that do not exist', async () => {
    await expectFailure(['frobnicate'], 'USAGE_COMMAND_UNKNOWN', 2);
    await expectFailure(['probe', registry.address, '--nope'], 'USAGE_OPTION_UNKNOWN', 2);
    await expectFailure(['probe'], 'USAGE_ARGUMENT_MISSING', 2);
  });

  it('no keychain: nothing is kept and the sentence says what is missing', async () => {
    const open = await openTerminal(terminal.user);
    await open.regent(['trust', registry.address, '--fingerprint', registry.leafSha256]);
    const login = await open.regent(
      ['login', registry.address, '-u', registry.username, '--password-stdin', '--json'],
      registry.password,
    );
    expect({ code: errorCodeOf(login), status: login.status }).toEqual({
      code: 'KEYCHAIN_UNAVAILABLE',
      status: 1,
    });
    await open.regent(['untrust', registry.address]);
  });
});
