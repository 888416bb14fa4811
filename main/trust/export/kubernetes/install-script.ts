import { quoteShell } from '../../../../shared/model/command-text.ts';
import { safeFiles } from '../shell/safe-files.ts';
import type { ExportSubject } from '../subject.ts';

/**
 * The script that the DaemonSet runs once on each node: `install.sh SOURCE CERTS_D`. SOURCE holds the files and
 * `state` (present or absent), CERTS_D is the node's folder. Runs on busybox.
 */
export function installScript({ address, certificates }: ExportSubject): string {
  return [
    '#!/bin/sh',
    'set -euf',
    'umask 022',
    'source=$1',
    `place=$2/${quoteShell(address)}`,
    `certificates=${quoteShell(certificates.map(({ fileName }) => fileName).join(' '))}`,
    'dry=no',
    'failures=0',
    'changed=no',
    'unfinished=',
    `trap 'rm -f -- "$unfinished"' EXIT`,
    `trap 'exit 143' HUP INT TERM`,
    '',
    safeFiles,
    body,
  ].join('\n');
}

const body = `
check_folder "$2"
check_folder "$place"
for file in $certificates hosts.toml; do check_file "$place/$file"; done

case $(cat "$source/state") in
  present)
    if [ -e "$place/hosts.toml" ] && [ "$(head -n 1 "$place/hosts.toml")" != '# Written by Regent' ]; then
      die "$place/hosts.toml was written by somebody else."
    fi
    make_folder "$place"
    # hosts.toml comes last: it names the others.
    for file in $certificates hosts.toml; do put "$source/$file" "$place/$file"; done
    ;;
  absent)
    for file in hosts.toml $certificates; do take "$source/$file" "$place/$file"; done
    drop_folder "$place"
    ;;
  *) die "state must be present or absent." ;;
esac
[ "$changed" = yes ] || say "Nothing had to be changed."
[ "$failures" = 0 ]
`.trimStart();
