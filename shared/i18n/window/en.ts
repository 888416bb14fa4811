import accounts from '../en/accounts.json' with { type: 'json' };
import browse from '../en/browse.json' with { type: 'json' };
import common from '../en/common.json' with { type: 'json' };
import compare from '../en/compare.json' with { type: 'json' };
import deletion from '../en/deletion.json' with { type: 'json' };
import errors from '../en/errors.json' with { type: 'json' };
import image from '../en/image.json' with { type: 'json' };
import registries from '../en/registries.json' with { type: 'json' };
import settings from '../en/settings.json' with { type: 'json' };
import signIn from '../en/sign-in.json' with { type: 'json' };
import tasks from '../en/tasks.json' with { type: 'json' };

/** All that the window says in English; it loads this for the reader's language only. */
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
