import type { Editor } from '../edit/editor.ts';
import type { BoundEdit } from './operation.ts';

/** Binds an editor to what it shall add. */
export function bindEdit<W>(editor: Editor<W>, wish: W): BoundEdit {
  return {
    apply: (text) => editor.apply(text, wish),
    revert: (text) => editor.revert(text, wish),
    has: (text) => editor.has(text, wish),
  };
}
