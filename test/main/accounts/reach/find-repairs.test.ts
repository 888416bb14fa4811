import { describe, expect, it } from 'vitest';
import { readConfigText } from '../../../../main/accounts/docker-config/config-text.ts';
import type { HelperFileState } from '../../../../main/accounts/helper/helper-file.ts';
import { findRepairs } from '../../../../main/accounts/reach/find-repairs.ts';
import { isInstalled, namesRegent, type SetUp } from '../../../../main/accounts/reach/set-up.ts';

const path = '/bin/docker-credential-regent';
const states: Readonly<Record<HelperFileState['kind'], HelperFileState>> = {
  ready: { kind: 'ready', path },
  broken: { kind: 'broken', path, missing: '/gone' },
  'off-path': { kind: 'off-path', path, folder: '/bin' },
  foreign: { kind: 'foreign', path },
  absent: { kind: 'absent', path },
};

const setUpOf = (helper: HelperFileState, docker: string, podman?: string): SetUp => {
  const read = (text: string) => {
    const config = readConfigText(text);
    if (!config) throw new Error(text);
    return config;
  };
  const file = podman === undefined ? [] : [{ path: '/auth.json', config: read(podman) }];
  return {
    ...{ helper, configPath: '/config.json', docker: read(docker), ownChoice: undefined },
    ...{ podman: { login: '/auth.json', files: file }, health: new Map(), problems: [] },
  };
};

describe('Regent’s own helper', () => {
  it('is put back where it can’t start, also while no file names it', () => {
    expect(findRepairs(setUpOf(states.broken, '{}'), [])).toEqual([{ kind: 'put-helper', path }]);
  });

  it('is put where a file names it and it is not there, and else left alone', () => {
    const put = [{ kind: 'put-helper', path }];
    const routed = '{"credHelpers":{"h:1":"regent"}}';
    expect(findRepairs(setUpOf(states.absent, '{}'), [])).toEqual([]);
    expect(findRepairs(setUpOf(states.absent, routed), [])).toEqual(put);
    expect(findRepairs(setUpOf(states.absent, '{"credsStore":"regent"}'), [])).toEqual(put);
    expect(findRepairs(setUpOf(states.absent, '{}', routed), [])).toEqual(put);
    for (const kind of ['ready', 'foreign', 'off-path'] as const) {
      expect(findRepairs(setUpOf(states[kind], routed), [])).toEqual([]);
    }
  });

  it('is named by docker’s file or by one of podman’s', () => {
    const routed = '{"credHelpers":{"h:1":"regent"}}';
    const named = (docker: string, podman?: string) =>
      namesRegent(setUpOf(states.ready, docker, podman));
    expect([named('{}'), named('{"credHelpers":{"h:1":"pass"}}', '{}')]).toEqual([false, false]);
    expect([named(routed), named('{}', routed), named('{"credsStore":"regent"}')]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is installed where it is the own one, working or not', () => {
    const installed = Object.values(states).filter(isInstalled);
    expect(installed.map(({ kind }) => kind)).toEqual(['ready', 'broken', 'off-path']);
  });
});
