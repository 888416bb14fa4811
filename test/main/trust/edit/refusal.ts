import { EditRefused } from '../../../../main/trust/edit/editor.ts';

/** The refusal that an edit ends with. Throws when it is carried out. */
export function refusal(edit: () => unknown): EditRefused {
  try {
    edit();
  } catch (thrown) {
    if (thrown instanceof EditRefused) return thrown;
    throw thrown;
  }
  throw new Error('not refused');
}
