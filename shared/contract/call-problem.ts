import { type ErrorCode, errorTable, type Problem, problem, problemOf } from '../errors/index.ts';

/**
 * The problem in whatever a call of the contract threw, for both doors: a problem of the closed list, a
 * refused input (`INPUT_INVALID` with the field's name), or `INTERNAL`. Read by hand, so that the window does without
 * zod.
 */
export function problemOfCall(thrown: unknown): Problem {
  const { code, data } = fieldsOf(thrown);
  if (code === 'REGENT' && isProblem(data)) return { code: data.code, data: data.data } as Problem;
  if (code !== 'BAD_REQUEST') return problemOf(thrown);
  return problem('INPUT_INVALID', { field: refusedField(fieldsOf(data).issues) });
}

function isProblem(value: unknown): value is Problem {
  const { code, data } = fieldsOf(value);
  return (
    typeof code === 'string' &&
    Object.hasOwn(errorTable, code as ErrorCode) &&
    isObject(data) &&
    Object.values(data).every(isValue)
  );
}

function isValue(value: unknown): boolean {
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isList || typeof value === 'string' || typeof value === 'number';
}

/** The name of the first field that the contract's schema refuses. */
function refusedField(issues: unknown): string {
  const [first] = Array.isArray(issues) ? (issues as readonly unknown[]) : [];
  const { path } = fieldsOf(first);
  return Array.isArray(path) ? path.join('.') : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const fieldsOf = (value: unknown) => (isObject(value) ? value : {});
