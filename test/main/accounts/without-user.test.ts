import { describe, expect, it } from 'vitest';
import { withoutUser } from '../../../main/accounts/without-user.ts';

describe('a server without its user', () => {
  it.each([
    ['https://alice:hunter2@r.example', 'https://r.example'],
    ['HTTP://alice:a@b@r.example:5000/v2/', 'HTTP://r.example:5000/v2/'],
    ['alice:hunter2@r.example/team', 'r.example/team'],
    ['oci://alice:hunter 2@r.example', 'oci://r.example'],
    ['https://r.example/a@b', 'https://r.example/a@b'],
    ['r.example:5000', 'r.example:5000'],
    ['https://index.docker.io/v1/', 'https://index.docker.io/v1/'],
  ])('%s', (server, expected) => {
    expect(withoutUser(server)).toBe(expected);
  });
});
