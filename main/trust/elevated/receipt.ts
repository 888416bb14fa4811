import type { ConsumerId } from '../../../shared/model/consumer.ts';
import { UnsafePath } from '../../platform/check-folder.ts';
import { EditRefused } from '../edit/editor.ts';
import { type Done, ForeignFile, ProgramFailed } from '../operations/done.ts';

/** What became of one consumer's part. Nothing of it was changed when it is not `ok`. */
export type JobReceipt =
  | { readonly consumer: ConsumerId; readonly ok: true; readonly done: readonly Done[] }
  | {
      readonly consumer: ConsumerId;
      readonly ok: false;
      /**
       * `unsafe`: the path could lead elsewhere. `changed`: another file is there. `edit`: the file can't be
       * edited safely. `program`: a program of the system refused. `failed`: the system refused.
       */
      readonly reason: 'unsafe' | 'changed' | 'edit' | 'program' | 'failed';
      readonly path: string;
      readonly detail: string;
      /** For `edit`: the refusal of the editor. */
      readonly refusal: string;
    };

/** What the step that runs as root answers; `invalid`: the request is not what it accepts. */
export type Receipt =
  | {
      readonly ok: true;
      readonly apply: readonly JobReceipt[];
      readonly takeBack: readonly JobReceipt[];
    }
  | { readonly ok: false; readonly invalid: string };

/** The receipt of a failure. @param path what was worked at, where the error does not say */
export function failureOf(consumer: ConsumerId, error: unknown, path: string): JobReceipt {
  const rest = { consumer, ok: false, refusal: '' } as const;
  if (error instanceof UnsafePath) {
    return { ...rest, reason: 'unsafe', path: error.path, detail: error.reason };
  }
  if (error instanceof ForeignFile) {
    return { ...rest, reason: 'changed', path: error.path, detail: '' };
  }
  if (error instanceof EditRefused) {
    return { ...rest, reason: 'edit', path, detail: error.detail, refusal: error.reason };
  }
  if (error instanceof ProgramFailed) {
    return { ...rest, reason: 'program', path: error.path, detail: error.message };
  }
  const { path: at = path, code = '' } = error as NodeJS.ErrnoException;
  return { ...rest, reason: 'failed', path: at, detail: code };
}
