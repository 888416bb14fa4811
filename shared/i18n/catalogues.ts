import enApp from './en/app.json' with { type: 'json' };
import enBrowse from './en/browse.json' with { type: 'json' };
import enCli from './en/cli.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enDemo from './en/demo.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enRegistries from './en/registries.json' with { type: 'json' };
import enSettings from './en/settings.json' with { type: 'json' };
import enTasks from './en/tasks.json' with { type: 'json' };
import koApp from './ko/app.json' with { type: 'json' };
import koBrowse from './ko/browse.json' with { type: 'json' };
import koCli from './ko/cli.json' with { type: 'json' };
import koCommon from './ko/common.json' with { type: 'json' };
import koDemo from './ko/demo.json' with { type: 'json' };
import koErrors from './ko/errors.json' with { type: 'json' };
import koRegistries from './ko/registries.json' with { type: 'json' };
import koSettings from './ko/settings.json' with { type: 'json' };
import koTasks from './ko/tasks.json' with { type: 'json' };
import plApp from './pl/app.json' with { type: 'json' };
import plBrowse from './pl/browse.json' with { type: 'json' };
import plCli from './pl/cli.json' with { type: 'json' };
import plCommon from './pl/common.json' with { type: 'json' };
import plDemo from './pl/demo.json' with { type: 'json' };
import plErrors from './pl/errors.json' with { type: 'json' };
import plRegistries from './pl/registries.json' with { type: 'json' };
import plSettings from './pl/settings.json' with { type: 'json' };
import plTasks from './pl/tasks.json' with { type: 'json' };

/** All catalogues: a namespace a file, flat keys, ICU messages. English decides which keys there are. */
export const catalogues = {
  en: {
    app: enApp,
    cli: enCli,
    common: enCommon,
    demo: enDemo,
    errors: enErrors,
    registries: enRegistries,
    browse: enBrowse,
    tasks: enTasks,
    settings: enSettings,
  },
  ko: {
    app: koApp,
    cli: koCli,
    common: koCommon,
    demo: koDemo,
    errors: koErrors,
    registries: koRegistries,
    browse: koBrowse,
    tasks: koTasks,
    settings: koSettings,
  },
  pl: {
    app: plApp,
    cli: plCli,
    common: plCommon,
    demo: plDemo,
    errors: plErrors,
    registries: plRegistries,
    browse: plBrowse,
    tasks: plTasks,
    settings: plSettings,
  },
} as const;
