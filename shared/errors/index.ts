export type { ErrorCode, ErrorDataByCode } from './codes.ts';
export { type Problem, problem } from './problem.ts';
export { errorFromProblem, problemOf, RegentError } from './regent-error.ts';
export { type ErrorAction, type ExitStatus, errorCodes, errorTable } from './table.ts';
