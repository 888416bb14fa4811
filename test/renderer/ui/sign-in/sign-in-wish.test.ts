import { expect, it } from 'vitest';
import { needsLogin, wishFor } from '../../../../renderer/ui/sign-in/sign-in-wish.ts';
import { problem } from '../../../../shared/errors/index.ts';

const rejected = problem('CREDENTIALS_REJECTED', { address: 'nas.local', username: 'ada' });
const required = problem('SIGN_IN_REQUIRED', { address: 'nas.local' });
const signedOut = problem('ENGINE_SIGNED_OUT', { address: 'evil.example', message: 'denied' });

it('asks for the password of the user that was refused', () => {
  expect(wishFor(rejected, 'nas.local')).toMatchObject({ address: 'nas.local', username: 'ada' });
  expect(wishFor(required, 'nas.local')).not.toHaveProperty('username');
});

it('asks for the registry that the window stands at, not for one that an answer names', () => {
  expect(wishFor(signedOut, 'nas.local').address).toBe('nas.local');
});

it('is offered only where a login mends the problem', () => {
  expect([rejected, required, signedOut].every(needsLogin)).toBe(true);
  expect(needsLogin(problem('CONNECTION_REFUSED', { address: 'nas.local' }))).toBe(false);
});
