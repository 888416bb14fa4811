import { type Problem, problem } from '../../../shared/errors/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { isRegent } from '../docker-config/config-edit.ts';
import { entryContent } from '../import/entry-content.ts';
import { dockerConfigKey } from '../server-key.ts';
import { withoutUser } from '../without-user.ts';
import { findPlaintext } from './find-plaintext.ts';
import { filesOf, isInstalled, namesRegent, type SetUp } from './set-up.ts';

/** What is wrong, the helper's own trouble first. `addresses`: the registries that Regent shall serve. */
export function findProblems(setUp: SetUp, addresses: readonly string[]): readonly Problem[] {
  return [
    ...setUp.problems,
    ...helperProblems(setUp),
    ...healthProblems(setUp),
    ...damagedProblems(setUp),
    ...(isInstalled(setUp.helper)
      ? [...takenProblems(setUp, addresses), ...plaintextProblems(setUp, addresses)]
      : []),
  ];
}

function helperProblems(setUp: SetUp): readonly Problem[] {
  const { helper } = setUp;
  switch (helper.kind) {
    case 'ready':
      return [];
    case 'broken':
      return [problem('HELPER_MISSING', { path: helper.missing })];
    case 'off-path':
      return [problem('HELPER_NOT_ON_PATH', { directory: helper.folder })];
    case 'foreign':
      return [problem('HELPER_FOREIGN', { path: helper.path })];
    case 'absent':
      return namesRegent(setUp) ? [problem('HELPER_MISSING', { path: helper.path })] : [];
    default:
      return assertNever(helper);
  }
}

/** Helpers of others: what names one that is gone, and those that fail. */
function healthProblems(setUp: SetUp): readonly Problem[] {
  const gone = [...setUp.health].filter(([, { kind }]) => kind === 'gone');
  const namings = gone.flatMap(([helper]) =>
    filesOf(setUp).flatMap(([path, config]) => {
      const registries = [...config.routes].flatMap(([key, name]) =>
        name === helper ? [key] : [],
      );
      const isDefault = path === setUp.configPath && config.credsStore === helper;
      if (!isDefault && registries.length === 0) return [];
      return [{ helper, path, registries: isDefault ? ['none'] : registries }];
    }),
  );
  return [
    ...namings.map((naming) => problem('HELPER_GONE', naming)),
    ...[...setUp.health.values()].flatMap((health) =>
      health.kind === 'fails' ? [health.error.toProblem()] : [],
    ),
  ];
}

/** One damaged entry is enough for docker to give up the whole file. */
function damagedProblems({ docker, configPath: path }: SetUp): readonly Problem[] {
  if (!docker) return [];
  return [...docker.auths.keys()]
    .filter((key) => entryContent(docker, key).kind === 'damaged')
    .map((key) => problem('DOCKER_LOGIN_DAMAGED', { path, key: withoutUser(key) }));
}

function takenProblems(
  { docker, health }: SetUp,
  addresses: readonly string[],
): readonly Problem[] {
  return addresses.flatMap((address) => {
    const key = dockerConfigKey(address);
    const helper = key === undefined ? undefined : docker?.routes.get(key);
    return helper === undefined || isRegent(helper) || health.get(helper)?.kind === 'gone'
      ? []
      : [problem('HELPER_ROUTE_TAKEN', { address, helper })];
  });
}

function plaintextProblems(setUp: SetUp, addresses: readonly string[]): readonly Problem[] {
  return findPlaintext(setUp, addresses).map(({ path, address }) =>
    problem('PODMAN_PLAINTEXT', { path, address }),
  );
}
