import type { Architecture } from './greeter.ts';

/** One image of the demo: what it holds and under which tags. Weights are bytes of a layer; `created` is ISO 8601. */
export interface Recipe {
  readonly repository: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly architectures: readonly Architecture[];
  readonly weights: readonly number[];
}

const both = ['amd64', 'arm64'] as const;
const MB = 1_000_000;

/** What the demo registry holds: enough to browse, small enough to be built at each start. */
export const recipes: readonly Recipe[] = [
  recipe('demo/hello', ['1.0'], '2026-02-03T09:12:44Z', []),
  recipe('demo/hello', ['1.1'], '2026-06-18T15:40:02Z', []),
  recipe('demo/hello', ['1.2', 'latest'], '2026-10-05T07:25:31Z', []),
  recipe('demo/web', ['1.9'], '2026-05-11T11:03:27Z', [3 * MB, 0.4 * MB]),
  recipe('demo/web', ['2.0'], '2026-08-29T08:55:10Z', [3 * MB, 1.2 * MB, 0.5 * MB]),
  recipe('demo/web', ['2.1', 'stable', 'latest'], '2026-11-02T13:37:00Z', [
    3 * MB,
    1.2 * MB,
    0.6 * MB,
  ]),
  recipe('demo/worker', ['0.9-beta'], '2026-09-14T18:20:45Z', [0.8 * MB], ['amd64']),
  recipe('tools/backup', ['2026.1'], '2026-01-20T06:00:00Z', [0.3 * MB]),
  recipe('tools/backup', ['2026.2', 'latest'], '2026-07-20T06:00:00Z', [0.35 * MB]),
  recipe('tools/ci/runner', ['14', 'latest'], '2026-10-22T10:10:10Z', [1.5 * MB, 0.2 * MB]),
];

function recipe(
  repository: string,
  tags: readonly string[],
  created: string,
  weights: readonly number[],
  architectures: readonly Architecture[] = both,
): Recipe {
  return { repository, tags, created, architectures, weights };
}
