import accounts from '../pl/accounts.json' with { type: 'json' };
import browse from '../pl/browse.json' with { type: 'json' };
import common from '../pl/common.json' with { type: 'json' };
import compare from '../pl/compare.json' with { type: 'json' };
import deletion from '../pl/deletion.json' with { type: 'json' };
import errors from '../pl/errors.json' with { type: 'json' };
import image from '../pl/image.json' with { type: 'json' };
import registries from '../pl/registries.json' with { type: 'json' };
import settings from '../pl/settings.json' with { type: 'json' };
import signIn from '../pl/sign-in.json' with { type: 'json' };
import tasks from '../pl/tasks.json' with { type: 'json' };

/** All that the window says in Polish; it loads this for the reader's language only. */
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
