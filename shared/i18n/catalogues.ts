import enApp from './en/app.json' with { type: 'json' };
import enCli from './en/cli.json' with { type: 'json' };
import enDemo from './en/demo.json' with { type: 'json' };
import koApp from './ko/app.json' with { type: 'json' };
import koCli from './ko/cli.json' with { type: 'json' };
import koDemo from './ko/demo.json' with { type: 'json' };
import plApp from './pl/app.json' with { type: 'json' };
import plCli from './pl/cli.json' with { type: 'json' };
import plDemo from './pl/demo.json' with { type: 'json' };
import { messages as en } from './window/en.ts';
import { messages as ko } from './window/ko.ts';
import { messages as pl } from './window/pl.ts';

/**
 * All catalogues: a namespace a file, flat keys, ICU messages. English decides which keys there are. What the window
 * says too stands in `window/`; the rest is for the terminal and native dialogs.
 */
export const catalogues = {
  en: { ...en, app: enApp, cli: enCli, demo: enDemo },
  ko: { ...ko, app: koApp, cli: koCli, demo: koDemo },
  pl: { ...pl, app: plApp, cli: plCli, demo: plDemo },
} as const;
