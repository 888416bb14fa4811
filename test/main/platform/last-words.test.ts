import { describe, expect, it } from 'vitest';
import { lastWords } from '../../../main/platform/last-words.ts';

const x509 = 'x509: certificate signed by unknown authority';

describe('the last words of a program', () => {
  it.each([
    [
      'BuildKit through buildx',
      `#2 ERROR: failed to do request: ${x509}\n------\n > [internal] load metadata for a:\n------\nDockerfile:1\n   1 | >>> FROM a\n--------------------\nERROR: failed to build: failed to solve: ${x509}\n\nView build details: docker-desktop://dashboard/build\n`,
      `ERROR: failed to build: failed to solve: ${x509}`,
    ],
    [
      'BuildKit through the docker CLI 20.10',
      `#3 ERROR: ${x509}\n------\n > [internal] load metadata for a:\n------\nfailed to solve with frontend dockerfile.v0: ${x509}\n`,
      `failed to solve with frontend dockerfile.v0: ${x509}`,
    ],
    [
      'the engine’s own builder',
      `DEPRECATED: The legacy builder is deprecated.\n\nStep 1/1 : FROM a\nGet "https://a/v2/": ${x509}\n`,
      `Get "https://a/v2/": ${x509}`,
    ],
    [
      'a docker CLI without buildx',
      'ERROR: BuildKit is enabled but the buildx component is missing or broken.\n       Install the buildx component to build images with BuildKit:\n       https://docs.docker.com/go/buildx/\n',
      'ERROR: BuildKit is enabled but the buildx component is missing or broken.',
    ],
    [
      'podman, after it has tried again',
      'Trying to pull a...\ntime="2026-11-21T13:46:42Z" level=warning msg="Failed, retrying in 1s ... (1/3). Error: no"\nError: initializing source docker://a: connection refused\n',
      'Error: initializing source docker://a: connection refused',
    ],
    [
      'skopeo, which logs it',
      `time="2026-11-21T13:46:42Z" level=fatal msg="Error parsing image name \\"docker://a\\": Get \\"https://a/v2/\\": ${x509}"\n`,
      `Error parsing image name "docker://a": Get "https://a/v2/": ${x509}`,
    ],
    [
      'ctr',
      `time="2026-11-21T14:00:02Z" level=info msg="trying next host" error="${x509}"\nctr: failed to resolve reference "a": ${x509}\n`,
      `ctr: failed to resolve reference "a": ${x509}`,
    ],
    [
      'crictl',
      `E1121 14:00:02.1 remote_image.go:167] "PullImage from image service failed" err="rpc error"\ntime="2026-11-21T14:00:02Z" level=fatal msg="pulling image: rpc error: code = NotFound desc = a: not found"\n`,
      'pulling image: rpc error: code = NotFound desc = a: not found',
    ],
    ['buildctl', `------\nerror: failed to solve: ${x509}\n`, `error: failed to solve: ${x509}`],
    ['a program that says nothing', '\n \n', ''],
  ])('of %s', (_, output, words) => {
    expect(lastWords(output)).toBe(words);
  });

  it('are taken as they are where they are quoted in another way', () => {
    expect(lastWords('level=fatal msg="a\\x07b"')).toBe('a\\x07b');
  });
});
