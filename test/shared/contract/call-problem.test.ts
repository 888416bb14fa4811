import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import { errorCodes, problem, RegentError } from '../../../shared/errors/index.ts';
import { problemSchema } from '../../../shared/errors/problem-schema.ts';

const refused = problem('CREDENTIALS_REJECTED', { address: 'nas.local', username: 'ada' });
const internal = problem('INTERNAL', {});

describe('the problem in what a call threw', () => {
  it('is the one that the main process named', () => {
    expect(problemOfCall({ code: 'REGENT', data: refused })).toEqual(refused);
    const error = Object.assign(new Error('REGENT'), { code: 'REGENT', data: refused });
    expect(problemOfCall(error)).toEqual(refused);
    expect(problemOfCall(new RegentError(refused.code, refused.data))).toEqual(refused);
  });

  it('is no problem of a code that does not exist, or with odd data', () => {
    for (const data of [
      { code: 'NO_SUCH_CODE', data: {} },
      { code: 'toString', data: {} },
      { code: 'INTERNAL' },
      { code: 'INTERNAL', data: [] },
      { code: 'SIGN_IN_REQUIRED', data: { address: { host: 'nas.local' } } },
      { code: 'CERT_NAME_MISMATCH', data: { names: ['a', 1] } },
    ]) {
      expect(problemOfCall({ code: 'REGENT', data })).toEqual(internal);
    }
  });

  it('names the field that the contract refuses', () => {
    const data = { issues: [{ path: ['addresses', 2] }, { path: ['other'] }] };
    expect(problemOfCall({ code: 'BAD_REQUEST', data })).toEqual(
      problem('INPUT_INVALID', { field: 'addresses.2' }),
    );
    for (const odd of [undefined, null, {}, { issues: 'x' }, { issues: [] }, { issues: [null] }]) {
      expect(problemOfCall({ code: 'BAD_REQUEST', data: odd })).toEqual(
        problem('INPUT_INVALID', { field: '' }),
      );
    }
  });

  it('is never anything but a problem, whatever was thrown', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()), fc.anything());
    const data = fc.record({
      code: fc.oneof(fc.constantFrom(...errorCodes), fc.string()),
      data: fc.oneof(fc.dictionary(fc.string(), value), fc.anything()),
    });
    const code = fc.oneof(fc.constantFrom('REGENT', 'BAD_REQUEST'), fc.string());
    const call = fc.record({ code, data: fc.oneof(data, fc.anything()) });
    fc.assert(
      fc.property(fc.oneof(call, fc.anything()), (thrown) => {
        expect(problemSchema.safeParse(problemOfCall(thrown)).success).toBe(true);
      }),
    );
  });
});
