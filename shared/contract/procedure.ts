import { oc } from '@orpc/contract';
import { problemSchema } from '../errors/problem-schema.ts';

/** The start of every procedure: each can fail with a problem of the closed list, and with nothing else. */
export const procedure = oc.errors({ REGENT: { data: problemSchema } });
