import { quoteShell } from '../../../shared/model/command-text.ts';
import type { ExportedFile } from '../../../shared/model/trust.ts';
import { registriesDropIn } from '../edit/podman-registries.ts';
import { registriesConfName } from './registries-conf-name.ts';
import type { ExportSubject } from './subject.ts';

/** How one family of distributions keeps the list of authorities that all programs share. */
interface Family {
  readonly name: 'debian' | 'alpine' | 'rhel';
  readonly folder: string;
  readonly rebuild: string;
  readonly install: string;
}

const families: readonly Family[] = [
  {
    name: 'debian',
    folder: '/usr/local/share/ca-certificates',
    rebuild: 'update-ca-certificates',
    install:
      'apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*',
  },
  {
    name: 'alpine',
    folder: '/usr/local/share/ca-certificates',
    rebuild: 'update-ca-certificates',
    install: 'apk add --no-cache ca-certificates',
  },
  {
    name: 'rhel',
    folder: '/etc/pki/ca-trust/source/anchors',
    rebuild: 'update-ca-trust extract',
    install: '{ dnf install -y ca-certificates || microdnf install -y ca-certificates; }',
  },
];

/**
 * Lines for a Dockerfile, a file for each family of base images. They are RUN lines with the certificate in them:
 * heredocs would need Docker Engine 23 or buildah 1.33, a COPY a second file beside the Dockerfile.
 */
export function exportDockerfiles(subject: ExportSubject): readonly ExportedFile[] {
  return families.map((family) => ({
    path: `regent-trust-${subject.slug}.${family.name}.Dockerfile`,
    mode: '0644',
    content: linesFor(family, subject),
  }));
}

function linesFor(family: Family, subject: ExportSubject): string {
  const { address, certificates, insecure } = subject;
  const introduction = [
    `# An image (${family.name}) whose programs trust the registry ${address}. Made by Regent.`,
    '# Paste after FROM, while the user is root.',
  ];
  const plain = insecure ? plainHttp(address) : [];
  const scoped = certificates.length > 0 ? scopedLines(subject) : [];
  const shared = certificates.length > 0 ? sharedLines(family, subject) : [];
  return [...introduction, ...plain, ...scoped, ...shared, ''].join('\n');
}

/** Where podman, buildah, skopeo and an engine inside the image read trust for this registry alone. */
function scopedLines({ address, certificates }: ExportSubject): readonly string[] {
  const [docker, containers] = ['/etc/docker/certs.d', '/etc/containers/certs.d'].map((place) =>
    quoteShell(`${place}/${address}`),
  );
  return [
    '',
    '# For this registry only: Docker Engine, podman, buildah and skopeo inside the image.',
    runLine([
      `mkdir -p ${docker} ${containers}`,
      ...certificates.map(({ fileName, pem }) =>
        printTo(`/etc/docker/certs.d/${address}/${fileName}`, pem),
      ),
      ...certificates.map(({ fileName }) => `cp ${docker}/${fileName} ${containers}/`),
    ]),
  ];
}

function sharedLines(family: Family, { certificates }: ExportSubject): readonly string[] {
  const [command = ''] = family.rebuild.split(' ');
  return [
    '',
    '# For every server, in all programs that ask the list of the system: curl, git, the docker command.',
    '# Leave this out where the lines above do.',
    runLine([
      `command -v ${command} >/dev/null || { ${family.install}; }`,
      `mkdir -p ${quoteShell(family.folder)}`,
      ...certificates.map(({ fileName, pem }) => printTo(`${family.folder}/${fileName}`, pem)),
      family.rebuild,
    ]),
  ];
}

function plainHttp(address: string): readonly string[] {
  const folder = '/etc/containers/registries.conf.d';
  return [
    '',
    '# The registry speaks plain HTTP: podman, buildah and skopeo inside the image accept that with these lines.',
    `# An engine inside the image wants in its daemon.json: {"insecure-registries": [${JSON.stringify(address)}]}`,
    runLine([
      `mkdir -p ${quoteShell(folder)}`,
      printTo(`${folder}/${registriesConfName(address)}`, registriesDropIn({ address })),
    ]),
  ];
}

const runLine = (commands: readonly string[]) =>
  `RUN ${['set -eu', ...commands].join('; \\\n    ')}`;

/** A command that writes a text, a line at a time; no character of it means anything to the shell. */
function printTo(path: string, content: string): string {
  const lines = content.replace(/\n$/, '').split('\n').map(quoteShell);
  return `printf '%s\\n' \\\n      ${lines.join(' \\\n      ')} \\\n      > ${quoteShell(path)}`;
}
