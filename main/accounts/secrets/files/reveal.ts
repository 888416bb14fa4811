import { RegentError } from '../../../../shared/errors/regent-error.ts';
import { loginDamaged, type Reveal } from './encrypted-logins.ts';

/** Decrypts with an identity at hand. */
export function revealWithIdentity(identity: string): Reveal {
  return async (item, path, file) => {
    const { open } = await import('./age.ts');
    const opened = await open({ kind: 'identities', identities: [identity] }, file);
    if (opened.kind === 'text') return opened.text;
    throw loginDamaged(item, path);
  };
}

/** Decrypts with the key file, which is read, and checked, each time. @param recipient that the logins are for */
export function revealWithKeyFile(keyFile: string, recipient: string): Reveal {
  return async (item, path, file) => {
    const [{ keyFileInvalid, readKeyFile }, { open }] = await Promise.all([
      import('./key-file.ts'),
      import('./age.ts'),
    ]);
    const { identities, recipients } = await readKeyFile(keyFile);
    const opened = await open({ kind: 'identities', identities }, file);
    if (opened.kind === 'text') return opened.text;
    throw recipients.includes(recipient)
      ? loginDamaged(item, path)
      : keyFileInvalid(keyFile, 'otherKey');
  };
}

/** Has the agent decrypt that was started by unlocking; it never gives the identity away. */
export function revealWithAgent(sockets: readonly string[]): Reveal {
  return async (item, path, file) => {
    const { askAgent } = await import('../agent/ask-agent.ts');
    const text = Buffer.from(file).toString('base64');
    const reply = await askAgent(sockets, { op: 'decrypt', file: text });
    if (reply?.kind === 'text') return reply.text;
    if (reply === undefined) throw new RegentError('STORE_LOCKED', { address: item.address });
    throw loginDamaged(item, path);
  };
}
