import { addToBuildkitd, tablesToPaste } from './buildkitd-add.ts';
import { removeFromBuildkitd } from './buildkitd-remove.ts';
import { type BuildkitWish, refuseConflicts, saysAll } from './buildkitd-wish.ts';
import { checkAddress, checkPaths } from './check-wish.ts';
import { besideMark, checkEditable, type Editor, EditRefused, holds } from './editor.ts';
import { linesAsFile } from './marked-lines.ts';
import { parseToml, readToml } from './toml-file.ts';

/**
 * `[registry."h:p"]` in buildkitd.toml (moby/buildkit `docs/buildkitd.toml.md`). Whole lines that Regent adds are
 * marked; a list of CAs that is there gets one more element in its place. What the text says is compared before and
 * after: an edit that changed anything else is refused, with what to paste by hand.
 */
export const buildkitdToml: Editor<BuildkitWish> = {
  apply(text, wish) {
    checkAddress(wish.address);
    checkPaths(wish.caPath, wish.client?.key, wish.client?.cert);
    if (!wish.caPath && !wish.client && !wish.insecure) {
      throw new EditRefused('wishInvalid', wish.address);
    }
    if (text === null) return linesAsFile(tablesToPaste(wish));
    checkEditable(text);
    const file = readToml(text);
    refuseConflicts(file.data, wish);
    return saysAll(file.data, wish) ? text : addToBuildkitd(file, wish);
  },

  revert: (text, wish) => besideMark(text, (rest) => removeFromBuildkitd(rest, wish)),

  has: (text, wish) => holds(text, (rest) => saysAll(parseToml(rest), wish)),
};
