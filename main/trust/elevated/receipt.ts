/** What was done at one path. `kept`: something of somebody else's is there and stays. */
export interface Done {
  readonly path: string;
  readonly status: 'written' | 'already' | 'created' | 'removed' | 'gone' | 'kept';
}

/** What the step that runs as root answers. */
export type Receipt =
  | { readonly ok: true; readonly files: readonly Done[]; readonly folders: readonly Done[] }
  | {
      readonly ok: false;
      /**
       * `invalid-request`: not what it accepts. `unsafe`: the path could lead elsewhere. `changed`: another
       * file is there. `failed`: the system refused. Nothing was changed in any of these cases.
       */
      readonly reason: 'invalid-request' | 'unsafe' | 'changed' | 'failed';
      readonly path: string;
      readonly detail: string;
    };

/** Another file stands where Regent's own was to be written. */
export class ForeignFile extends Error {
  override readonly name = 'ForeignFile';

  constructor(readonly path: string) {
    super(path);
  }
}
