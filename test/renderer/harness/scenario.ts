/** How the harness's world begins, read from the page's query. */
export interface Scenario {
  readonly locale: 'en' | 'ko' | 'pl';
  readonly theme: 'system' | 'light' | 'dark';
  /** Registries that are there already, trusted and signed in to. */
  readonly registries: readonly string[];
  readonly engine: 'ready' | 'absent';
  /** `broken`: named in config.json and gone; `taken`: another helper serves the registries. */
  readonly helper: 'installed' | 'missing' | 'broken' | 'taken';
  /** `many`: also a second account, an identity token, and one that the registry refuses when asked. */
  readonly accounts: 'usual' | 'many';
  /** What other programs keep. */
  readonly found: 'none' | 'plaintext' | 'all';
  /** Where logins are kept: the keychain (or it should be), or encrypted files. */
  readonly store: 'keychain' | 'unavailable' | 'locked' | 'unlocked';
  /** Whether the person refuses in the system's own dialog, the first time. */
  readonly declines: boolean;
  /** Whether earlier attempts have left something behind. */
  readonly messes: boolean;
  /** The CA file that the person picks. */
  readonly file: string;
}

/** Reads `?registries=a,b&engine=absent&lang=ko…`. */
export function readScenario(query: string): Scenario {
  const parameters = new URLSearchParams(query);
  const among = <T extends string>(name: string, values: readonly [T, ...T[]]): T =>
    values.find((value) => value === parameters.get(name)) ?? values[0];
  return {
    locale: among('lang', ['en', 'ko', 'pl']),
    theme: among('theme', ['system', 'light', 'dark']),
    registries: (parameters.get('registries') ?? '').split(',').filter((one) => one !== ''),
    engine: among('engine', ['ready', 'absent']),
    helper: among('helper', ['missing', 'installed', 'broken', 'taken']),
    accounts: among('accounts', ['usual', 'many']),
    found: among('found', ['none', 'plaintext', 'all']),
    store: among('store', ['keychain', 'unavailable', 'locked', 'unlocked']),
    declines: parameters.has('declines'),
    messes: parameters.has('messes'),
    file: parameters.get('file') ?? '/home/ada/company-root.pem',
  };
}
