/**
 * Checks that logins are encrypted for the key file's own key: whoever could change the recipient in the file of the
 * choice would be given all that is kept from then on. Keeping a login needs no key, so one that is not at hand, or
 * can't be used, is no fault here.
 * @throws RegentError `KEY_FILE_INVALID` with `otherKey`
 */
export async function checkRecipient(keyFile: string, recipient: string): Promise<void> {
  const { keyFileInvalid, readKeyFile } = await import('./key-file.ts');
  const key = await readKeyFile(keyFile).catch(() => undefined);
  if (key && !key.recipients.includes(recipient)) throw keyFileInvalid(keyFile, 'otherKey');
}
