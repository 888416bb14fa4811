/** Options whose value is or holds a secret: docker's `-p`, skopeo's `--creds`, curl's `-u` and their relatives. */
const SECRET_OPTION =
  /(^|\s)(-[pu]|--(?:[a-z]+-)?(?:password|creds|token|user))(=|\s+)("[^"]*"|'[^']*'|\S+)/gi;

const DIGEST_LIKE = /^[a-z0-9+._-]+:[0-9a-f]*$/i;

/**
 * Text that a person typed, fit to be shown back in an error: user information (`user:password@`) and the
 * values of password options are replaced by `…`, and it is at most 200 characters long.
 */
export function redactInput(input: string): string {
  return input
    .slice(0, 2048)
    .replace(SECRET_OPTION, '$1$2$3…')
    .split(/(\s+)/)
    .map(redactUserInfo)
    .join('')
    .slice(0, 200);
}

function redactUserInfo(word: string): string {
  const at = word.lastIndexOf('@');
  if (at < 0 || DIGEST_LIKE.test(word.slice(at + 1))) return word;
  const scheme = /^[^:/@]*:\/\//.exec(word)?.[0] ?? '';
  return `${scheme}…${word.slice(at)}`;
}
