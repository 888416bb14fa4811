import accounts from '../ko/accounts.json' with { type: 'json' };
import browse from '../ko/browse.json' with { type: 'json' };
import common from '../ko/common.json' with { type: 'json' };
import compare from '../ko/compare.json' with { type: 'json' };
import deletion from '../ko/deletion.json' with { type: 'json' };
import errors from '../ko/errors.json' with { type: 'json' };
import image from '../ko/image.json' with { type: 'json' };
import registries from '../ko/registries.json' with { type: 'json' };
import settings from '../ko/settings.json' with { type: 'json' };
import signIn from '../ko/sign-in.json' with { type: 'json' };
import tasks from '../ko/tasks.json' with { type: 'json' };

/** All that the window says in Korean; it loads this for the reader's language only. */
export const messages = {
  accounts,
  browse,
  common,
  compare,
  deletion,
  errors,
  image,
  registries,
  settings,
  'sign-in': signIn,
  tasks,
} as const;
