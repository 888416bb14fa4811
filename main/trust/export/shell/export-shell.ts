import { formatFingerprint } from '../../../../shared/model/certificate.ts';
import { quoteShell } from '../../../../shared/model/command-text.ts';
import type { ExportedFile } from '../../../../shared/model/trust.ts';
import { registriesDropIn } from '../../edit/podman-registries.ts';
import { exportedHostsToml } from '../hosts-toml.ts';
import { registriesConfName } from '../registries-conf-name.ts';
import type { ExportSubject } from '../subject.ts';
import { daemonJson } from './daemon-json.ts';
import { safeFiles } from './safe-files.ts';
import { targets } from './targets.ts';

/** A POSIX shell script that root runs on the other machine; see the text at its beginning. */
export function exportShell(subject: ExportSubject): readonly ExportedFile[] {
  return [{ path: `regent-trust-${subject.slug}.sh`, mode: '0755', content: shellScript(subject) }];
}

/** The whole script. Only its first part knows the registry; the rest is the same for all. */
export function shellScript(subject: ExportSubject): string {
  const parts = [introductionOf(subject), options, factsOf(subject), safeFiles];
  return [...parts, ...(subject.insecure ? [daemonJson] : []), targets].join('\n');
}

function introductionOf({ address, certificates, insecure }: ExportSubject): string {
  const fingerprints = certificates.flatMap(({ fileName, sha256, kind }) => [
    `#   ${fileName} (${kind === 'ca' ? 'authority' : "the server's own certificate, until its renewal"})`,
    `#     ${formatFingerprint(sha256)}`,
  ]);
  const comparison = [
    '#',
    '# First compare the SHA-256 fingerprint with the one that the administrator of the registry gives you:',
    ...fingerprints,
  ];
  const warning = [
    '#',
    '# The registry speaks plain HTTP: whoever is on the way can read and change what is pulled and pushed,',
    '# passwords included.',
  ];
  return [
    '#!/bin/sh',
    `# Makes the container engines of this machine trust the registry ${address}.`,
    '# Made by Regent. Docker Engine, podman (with buildah, skopeo and CRI-O) and containerd are served where they are found.',
    '#',
    '#   sh THIS_FILE             trust the registry (as root; running it again changes nothing)',
    '#   sh THIS_FILE --remove    take that back; other files are left alone',
    '#   --dry-run                with either: say what would be changed, and change nothing',
    '#',
    '# It ends with 0 when all is done, 1 when something was refused or left as it is, 2 for a wrong argument.',
    '# containerd looks into /etc/containerd/certs.d only where its config.toml says so (config_path).',
    ...(certificates.length > 0 ? comparison : []),
    ...(insecure ? warning : []),
    '',
  ].join('\n');
}

const options = String.raw`set -euf
LC_ALL=C
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH

what=trust
dry=no
for argument; do
  case $argument in
    --remove) what=untrust ;;
    --dry-run) dry=yes ;;
    -h | --help)
      sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
      exit 0
      ;;
    *)
      printf 'Unknown argument: %s. There are --remove, --dry-run and --help.\n' "$argument" >&2
      exit 2
      ;;
  esac
done
if [ "$(id -u)" != 0 ]; then
  printf 'Please run this as root.\n' >&2
  exit 1
fi
`;

function factsOf(subject: ExportSubject): string {
  const { address, slug, certificates, insecure } = subject;
  const files = [
    ...certificates.map(({ fileName, pem }) => ({ name: fileName, content: pem })),
    { name: 'hosts.toml', content: exportedHostsToml(subject) },
    ...(insecure ? [{ name: 'registries.conf', content: registriesDropIn({ address }) }] : []),
  ];
  const sums = certificates.map(({ fileName, sha256 }) => `    ${fileName}) echo ${sha256} ;;`);
  return [
    `address=${quoteShell(address)}`,
    `slug=${quoteShell(slug)}`,
    `underscored=${quoteShell(`${address.replace(/:(\d+)$/, '_$1')}_`)}`,
    `certificates=${quoteShell(certificates.map(({ fileName }) => fileName).join(' '))}`,
    `drop_in=${quoteShell(registriesConfName(address))}`,
    `insecure=${insecure ? 'yes' : 'no'}`,
    '',
    ...['sha256_of() {', '  case $1 in', ...sums, '    *) return 1 ;;', '  esac', '}'],
    '',
    'unpack() {',
    ...files.map(
      ({ name, content }) => `  cat >"$work/${name}" <<'REGENT_END'\n${content}REGENT_END`,
    ),
    '}',
    '',
  ].join('\n');
}
