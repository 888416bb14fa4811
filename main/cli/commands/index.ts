import type { Command } from '../command.ts';
import { accounts } from './accounts.ts';
import { accountsExport } from './accounts-export.ts';
import { accountsFound } from './accounts-found.ts';
import { accountsImport } from './accounts-import.ts';
import { accountsLock } from './accounts-lock.ts';
import { accountsStore } from './accounts-store.ts';
import { accountsUnlock } from './accounts-unlock.ts';
import { accountsUse } from './accounts-use.ts';
import { cache } from './cache.ts';
import { cat } from './cat.ts';
import { completion } from './completion.ts';
import { copy } from './copy.ts';
import { deleteImages } from './delete.ts';
import { demo } from './demo.ts';
import { diff } from './diff.ts';
import { files } from './files.ts';
import { headerList } from './header-list.ts';
import { headerRemove } from './header-remove.ts';
import { headerSet } from './header-set.ts';
import { helperInstall } from './helper-install.ts';
import { helperRepair } from './helper-repair.ts';
import { helperStatus } from './helper-status.ts';
import { helperUninstall } from './helper-uninstall.ts';
import { images } from './images.ts';
import { inspect } from './inspect.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { ls } from './ls.ts';
import { probe } from './probe.ts';
import { pull } from './pull.ts';
import { retag } from './retag.ts';
import { save } from './save.ts';
import { search } from './search.ts';
import { tags } from './tags.ts';
import { trust } from './trust.ts';
import { trustCheck } from './trust-check.ts';
import { trustConsumers } from './trust-consumers.ts';
import { trustExport } from './trust-export.ts';
import { trustImport } from './trust-import.ts';
import { trustList } from './trust-list.ts';
import { trustMend } from './trust-mend.ts';
import { trustMesses } from './trust-messes.ts';
import { untrust } from './untrust.ts';

/** Every command of `regent`, in the order in which help shows them: the way through the main job. */
export const commands: readonly Command[] = [
  probe,
  trust,
  trustList,
  trustConsumers,
  trustCheck,
  trustMesses,
  trustMend,
  trustExport,
  trustImport,
  untrust,
  login,
  logout,
  accounts,
  accountsUse,
  accountsFound,
  accountsImport,
  accountsExport,
  accountsStore,
  accountsUnlock,
  accountsLock,
  headerSet,
  headerList,
  headerRemove,
  helperInstall,
  helperStatus,
  helperRepair,
  helperUninstall,
  ls,
  tags,
  inspect,
  files,
  cat,
  diff,
  save,
  copy,
  retag,
  deleteImages,
  search,
  cache,
  images,
  pull,
  demo,
  completion(() => commands),
];
