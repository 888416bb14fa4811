/** How many characters the passphrase of the encrypted logins has at least. Apart, so that the window does without zod. */
export const SHORTEST_PASSPHRASE = 8;
