/** A file that is Regent's alone. */
export interface OwnFile {
  readonly kind: 'own-file';
  readonly path: string;
  /** Folders on the way to it that may be made, outermost first, with {@link OwnFile.folderMode}. */
  readonly folders: readonly string[];
  readonly folderMode: number;
  readonly mode: number;
  /** Null where only its hash is known: a private key that was written once is kept nowhere else. */
  readonly content: string | null;
  /** SHA-256 of the content, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Whether nobody may be shown what is in it. */
  readonly secret: boolean;
  /** The text without Regent's part, for a file to which somebody has added. */
  readonly without?: (text: string) => string;
}

/** An edit that is bound to what it adds; pure. Its functions throw `EditRefused`. */
export interface BoundEdit {
  apply(text: string | null): string;
  /** Takes only Regent's part away; null when nothing else is in the file. */
  revert(text: string): string | null;
  has(text: string): boolean;
  /** On the way back, what must be loaded before the old text: some daemons ignore a setting that is just gone. */
  readonly interim?: (text: string) => string;
}

/** An edit of somebody else's file. */
export interface EditFile {
  readonly kind: 'edit';
  readonly path: string;
  readonly folders: readonly string[];
  readonly folderMode: number;
  /** Of the file when there is none yet; otherwise its own mode stays. */
  readonly mode: number;
  readonly edit: BoundEdit;
  /** Whether it is the same for every registry, and goes only with the last trust of its consumer. */
  readonly isShared?: boolean;
  /** The engine that reads the file, if it runs; nothing is written that its command line speaks against. */
  readonly readBy?: EngineProcess;
  /** Asks the program itself whether it would start with a file; `{}` stands for the file's path. */
  readonly validate?: { readonly programs: readonly string[]; readonly args: readonly string[] };
}

/** Something that is in the way is given another name beside its old one. */
interface SetAside {
  readonly kind: 'set-aside';
  readonly path: string;
}

/** How a running engine is found. */
export interface EngineProcess {
  readonly pidFile: string;
  /** What the process must be called (proc(5), comm); a stale file may name another. */
  readonly program: string;
}

/** A running Docker Engine is told to read its settings again; nothing happens when it does not run. */
export interface Reload extends EngineProcess {
  readonly kind: 'reload';
  /** Its socket, asked until it has taken the change up: the signal itself answers nothing. */
  readonly socket: string;
  /** The registry whose standing among the insecure ones changes. */
  readonly address: string;
  /** How the engine shall see it afterwards; the other way round on the way back. */
  readonly insecure: boolean;
}

/** A program of the system is run, with an argument list. */
interface Run {
  readonly kind: 'run';
  readonly argv: readonly string[];
  /** Run on the way back, after the files are gone; null for nothing. */
  readonly back: readonly string[] | null;
}

/** One thing to do for a consumer. The same list is shown in a plan, carried out, and taken back. */
export type Operation = OwnFile | EditFile | SetAside | Reload | Run;

/** What becomes of a path that is set aside. */
export function asideOf(path: string): string {
  return `${path}.set-aside-by-regent`;
}

/** Where the text from before Regent's first edit is kept, beside the file. */
export function backupOf(path: string): string {
  return `${path}.before-regent`;
}
