/**
 * What was done at one path. `written`, `edited`, `aside`: by Regent, now. `already`: it was so before. `created`:
 * a folder. `removed`, `restored`: taken back. `gone`: there was nothing left to take back. `kept`: something
 * of somebody else's is there and stays.
 */
export interface Done {
  readonly path: string;
  readonly status:
    | 'written'
    | 'edited'
    | 'aside'
    | 'already'
    | 'created'
    | 'removed'
    | 'restored'
    | 'gone'
    | 'kept';
}

/** Another file stands where Regent's own was to be written. */
export class ForeignFile extends Error {
  override readonly name = 'ForeignFile';

  constructor(readonly path: string) {
    super(path);
  }
}

/** A program of the system refused: its last words are the message. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';

  constructor(
    readonly path: string,
    detail: string,
  ) {
    super(detail);
  }
}
