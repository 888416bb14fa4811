import { productSources, report } from './sources.ts';

interface HouseRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** The only files where it may stand. */
  readonly allowed: RegExp | null;
}

/** What a security review would look for, as rules. */
const rules: readonly HouseRule[] = [
  {
    name: 'only the probe looks at an untrusted chain',
    pattern: /rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/,
    allowed: /^main\/trust\/fetch-chain\.ts$/,
  },
  {
    name: 'there is no shell',
    pattern:
      /\bshell\s*:\s*true|\bexec(Sync)?\s*\(\s*[`'"]|\bimport\s*\{[^}]*\bexec(Sync)?\b[^}]*\}\s*from\s*'node:child_process'/,
    allowed: null,
  },
  {
    name: 'text of a registry is never HTML',
    pattern: /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML/,
    allowed: null,
  },
  {
    name: 'the keychain is never searched in process: it crashes on a locked keyring',
    pattern: /\bfindCredentials\s*\(/,
    allowed: null,
  },
  {
    name: 'a certificate error of Chromium is never waved through',
    pattern: /setCertificateVerifyProc|'certificate-error'/,
    allowed: null,
  },
  { name: 'no code from text', pattern: /\beval\s*\(|\bnew Function\s*\(/, allowed: null },
];

const problems = productSources().flatMap(({ path, text }) =>
  rules
    .filter(({ pattern, allowed }) => pattern.test(text) && !allowed?.test(path))
    .map(({ name }) => `${path}: ${name}`),
);
report('house rules', `${rules.length} rules`, problems);
