import { RegentError } from '../../shared/errors/index.ts';

/** `os/architecture[/variant]` in full, as engines and indexes have it. @throws RegentError `USAGE_OPTION_VALUE` */
export function requirePlatform(typed: string): string {
  const word = '[A-Za-z0-9][A-Za-z0-9._-]*';
  if (new RegExp(`^${word}/${word}(/${word})?$`).test(typed)) return typed;
  throw new RegentError('USAGE_OPTION_VALUE', { option: '--platform' });
}
