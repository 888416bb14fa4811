/** The scheme that the window is served from; nothing else can be loaded. */
export const appScheme = 'app';

/** The only page of the window. */
export const appPage = 'app://regent/index.html';

/** Whether an address lies within the app itself. It is parsed, never compared as text. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'app:' && host === 'regent' && username === '' && password === '';
}
