import type { Settings } from '../../shared/contract/settings.ts';
import type { DeletionOrder } from '../../shared/model/deletion.ts';
import type { ExportedFile, RevokePlan, TrustPlan } from '../../shared/model/trust.ts';

/** What a file is chosen for. */
export type FilePurpose = 'authority' | 'client-certificate' | 'client-key';

/** Manifests of one repository that are to be deleted. */
export interface RepositoryDeletion {
  readonly address: string;
  readonly repository: string;
  readonly orders: readonly DeletionOrder[];
}

/** What a door (window or terminal) lends to the procedures behind it. */
export interface Door {
  readonly kind: 'window' | 'terminal';
  /** Asks whether a plan may be carried out, in a way that the page can't fake; the terminal has asked already. */
  confirmTrust(plan: TrustPlan): Promise<boolean>;
  /**
   * Asks whether an undoing that does more than take Regent's own files away may be carried out: it can bring back
   * what weakened trust before. The terminal has asked already.
   */
  confirmRevoke(plan: RevokePlan): Promise<boolean>;
  /** Asks whether images may be deleted, in a way that the page can't fake; the terminal has asked already. */
  confirmDeletion(deletion: RepositoryDeletion): Promise<boolean>;
  /** Lets the user pick a file; its absolute path, or null when there is no dialog or it was dismissed. */
  chooseFile(purpose: FilePurpose): Promise<string | null>;
  /**
   * Saves files where the user says: one file under a name of theirs, several in a new folder of that name.
   * @param suggestedName the folder's name to begin with; a single file has its own
   * @returns what was written, an absolute path; null when there is no dialog or it was dismissed
   * @throws RegentError `FILE_FAILED`
   */
  saveFiles(files: readonly ExportedFile[], suggestedName: string): Promise<string | null>;
  /**
   * Finds out where an image shall be saved. A window lets the user choose a file in a dialog of the system, which also asks
   * before one is replaced; a page can't name one. In a terminal it is what the command line named.
   * @param subject the image's full name, from which one for the file is made
   * @param named what the procedure was given
   * @returns an absolute path; null when there is none, or the dialog was dismissed
   */
  chooseDestination(
    subject: string,
    format: 'oci' | 'docker-archive',
    named: string | undefined,
  ): Promise<string | null>;
  /**
   * Hands a secret to the person before it: a terminal prints it.
   * @throws RegentError `SECRET_STAYS` where a page would see it
   */
  handOverSecret(text: string): Promise<void>;
  /** Puts text on the clipboard. */
  copyText(text: string): void;
  /** Takes up changed settings: theme, language. */
  applySettings(settings: Settings): void;
  /** The languages the user prefers, as the system says (BCP 47 or POSIX names), best first. */
  preferredLanguages(): readonly string[];
}
