import { ACCEPTED, IP, make, makeCa, NAME, type Row, sinceOld, UNKNOWN } from './row.ts';

/** What an engine says of a name that an issuer may not sign. */
const forbidden = (detail: string) =>
  `x509: a root or intermediate certificate is not authorized to sign for this name: ${detail}`;
const notPermitted = (name: string) => forbidden(`${name} is not permitted by any constraint`);
const excluded = (name: string, by: string) =>
  forbidden(`${name} is excluded by constraint "${by}"`);
const incomparable = (what: string, uri: string) =>
  forbidden(`URI with ${what} ("${uri}") cannot be matched against constraints`);

type CaWish = NonNullable<Parameters<typeof makeCa>[0]>;

/** A leaf with these names, of a CA with these constraints, which is trusted. */
function of(constraints: CaWish, names: readonly string[] = [NAME]): Pick<Row, 'chain' | 'trust'> {
  const ca = makeCa(constraints);
  return { chain: [make({ by: ca, names })], trust: [ca] };
}

/** The same with the constraints in an intermediate. */
function below(constraints: CaWish, names: readonly string[] = [NAME]) {
  const root = makeCa();
  const middle = makeCa({ cn: 'Middle', by: root, ...constraints });
  return { chain: [make({ by: middle, names }), middle], trust: [root] };
}

/** Names that an issuer may sign. */
export const rowsOfConstraints: readonly Row[] = [
  { what: 'permitted DNS name', ...of({ permitted: ['test'] }) },
  { what: 'permitted DNS name in capitals', ...of({ permitted: ['TEST'] }) },
  { what: 'permitted by a leading dot', ...of({ permitted: ['.test'] }) },
  {
    what: 'another permitted DNS name',
    ...of({ permitted: ['corp.test'] }),
    after: notPermitted(`DNS name "${NAME}"`),
  },
  {
    what: 'only names below are permitted',
    ...of({ permitted: [`.${NAME}`] }),
    after: notPermitted(`DNS name "${NAME}"`),
  },
  {
    what: 'a permitted name that is only its end',
    ...of({ permitted: ['chine.test'] }),
    after: notPermitted(`DNS name "${NAME}"`),
  },
  {
    what: 'a second name that is not permitted',
    ...of({ permitted: [NAME] }, [NAME, 'a.test']),
    after: notPermitted('DNS name "a.test"'),
  },
  {
    what: 'an excluded DNS name',
    ...of({ excluded: ['test'] }),
    after: excluded(`DNS name "${NAME}"`, 'test'),
  },
  { what: 'another excluded DNS name', ...of({ excluded: ['corp.test'] }) },
  {
    what: 'excluded and not permitted',
    ...of({ permitted: ['corp.test'], excluded: ['test'] }),
    after: sinceOld(excluded(`DNS name "${NAME}"`, 'test'), notPermitted(`DNS name "${NAME}"`)),
  },
  {
    what: 'everything excluded',
    ...of({ excluded: ['dns:'] }),
    after: excluded(`DNS name "${NAME}"`, ''),
  },
  {
    what: 'a wildcard that covers an excluded name',
    ...of({ excluded: ['a.test'] }, [NAME, '*.test']),
    after: sinceOld(ACCEPTED, excluded('DNS name "*.test"', 'a.test')),
  },
  {
    what: 'constraints of an intermediate',
    ...below({ permitted: ['corp.test'] }),
    before: sinceOld(notPermitted(`DNS name "${NAME}"`), UNKNOWN),
    after: notPermitted(`DNS name "${NAME}"`),
  },
  {
    what: 'permitted IP addresses',
    ...of({ permitted: ['10.0.0.0/255.0.0.0'] }, [NAME, IP]),
    host: IP,
  },
  {
    what: 'other permitted IP addresses',
    ...of({ permitted: ['11.0.0.0/255.0.0.0'] }, [IP]),
    host: IP,
    after: notPermitted(`IP address "${IP}"`),
  },
  {
    what: 'permitted IPv6 addresses only',
    ...of({ permitted: ['fd00::/ffff::'] }, [IP]),
    host: IP,
    after: notPermitted(`IP address "${IP}"`),
  },
  {
    what: 'excluded IP addresses',
    ...of({ excluded: ['10.77.0.0/255.255.0.0'] }, [NAME, IP]),
    after: excluded(`IP address "${IP}"`, '10.77.0.0/16'),
  },
  {
    what: 'several excluded DNS names',
    ...of({ excluded: [NAME, '.test', 'test'] }),
    after: sinceOld(excluded(`DNS name "${NAME}"`, NAME), excluded(`DNS name "${NAME}"`, 'test')),
  },
  {
    what: 'several excluded IP ranges',
    ...of({ excluded: ['10.77.0.0/255.255.255.0', '10.77.9.9/255.255.0.0'] }, [NAME, IP]),
    after: sinceOld(
      excluded(`IP address "${IP}"`, '10.77.0.0/24'),
      excluded(`IP address "${IP}"`, '10.77.0.0/16'),
    ),
  },
  { what: 'IP constraints and only a DNS name', ...of({ permitted: ['11.0.0.0/255.0.0.0'] }) },
  {
    what: 'DNS constraints and only an IP address',
    ...of({ permitted: ['corp.test'] }, [IP]),
    host: IP,
  },
  {
    what: 'a permitted e-mail domain',
    ...of({ permitted: ['email:lab.test'] }, [NAME, 'email:a@lab.test']),
  },
  {
    what: 'a permitted e-mail address',
    ...of({ permitted: ['email:a@lab.test'] }, [NAME, 'email:a@LAB.test']),
  },
  {
    what: 'another permitted e-mail domain',
    ...of({ permitted: ['email:corp.test'] }, [NAME, 'email:a@lab.test']),
    after: notPermitted('email address "a@lab.test"'),
  },
  {
    what: 'a permitted e-mail domain, one below',
    ...of({ permitted: ['email:lab.test'] }, [NAME, 'email:a@b.lab.test']),
  },
  {
    what: 'permitted e-mail domains below',
    ...of({ permitted: ['email:.lab.test'] }, [NAME, 'email:a@b.lab.test']),
  },
  {
    what: 'an excluded e-mail domain',
    ...of({ excluded: ['email:lab.test'] }, [NAME, 'email:a@lab.test']),
    after: excluded('email address "a@lab.test"', 'lab.test'),
  },
  {
    what: 'an excluded e-mail address',
    ...of({ excluded: ['email:a@lab.test'] }, [NAME, 'email:a@lab.test']),
    after: excluded('email address "a@lab.test"', 'a@lab.test'),
  },
  {
    what: 'an e-mail address in quotes',
    ...of({ permitted: ['email:corp.test'] }, [NAME, 'email:"a b"@lab.test']),
    after: sinceOld(
      notPermitted('email address "\\"a b\\"@lab.test"'),
      notPermitted('email address "a b@lab.test"'),
    ),
  },
  {
    what: 'what is no e-mail address',
    ...of({ permitted: ['email:corp.test'] }, [NAME, 'email:nobody']),
    after: sinceOld(
      'x509: cannot parse rfc822Name {"" ""}',
      forbidden('cannot parse rfc822Name "nobody"'),
    ),
  },
  { what: 'e-mail constraints and no e-mail address', ...of({ permitted: ['email:corp.test'] }) },
  {
    what: 'a permitted URI host',
    ...of({ permitted: ['uri:lab.test'] }, [NAME, 'uri:spiffe://lab.test/x']),
  },
  {
    what: 'another permitted URI host',
    ...of({ permitted: ['uri:corp.test'] }, [NAME, 'uri:https://lab.test:8443/x']),
    after: notPermitted('URI "https://lab.test:8443/x"'),
  },
  {
    what: 'a permitted URI host, one below',
    ...of({ permitted: ['uri:lab.test'] }, [NAME, 'uri:https://a.lab.test/']),
  },
  {
    what: 'an excluded URI host',
    ...of({ excluded: ['uri:.lab.test'] }, [NAME, 'uri:https://a.lab.test/']),
    after: excluded('URI "https://a.lab.test/"', '.lab.test'),
  },
  {
    what: 'a URI with an IP address',
    ...of({ permitted: ['uri:lab.test'] }, [NAME, 'uri:https://10.0.0.1/']),
    after: incomparable('IP', 'https://10.0.0.1/'),
  },
  {
    what: 'a URI with an IPv6 address',
    ...of({ permitted: ['uri:lab.test'] }, [NAME, 'uri:https://[fd00::1]:1/']),
    after: incomparable('IP', 'https://[fd00::1]:1/'),
  },
  {
    what: 'a URI without a host',
    ...of({ permitted: ['uri:lab.test'] }, [NAME, 'uri:urn:x:y']),
    after: incomparable('empty host', 'urn:x:y'),
  },
  { what: 'URI constraints and no URI', ...of({ permitted: ['uri:lab.test'] }) },
  {
    what: 'several kinds at fault',
    ...of({ permitted: ['corp.test', '11.0.0.0/255.0.0.0', 'email:corp.test', 'uri:corp.test'] }, [
      'email:a@lab.test',
      'uri:https://lab.test/',
      NAME,
      IP,
    ]),
    after: sinceOld(notPermitted('email address "a@lab.test"'), notPermitted(`IP address "${IP}"`)),
  },
  { what: 'constraints of a CA, names of an intermediate', ...namesOfIntermediate() },
];

/** Names of the certificates between are checked as well. */
function namesOfIntermediate(): Pick<Row, 'chain' | 'trust' | 'after'> {
  const root = makeCa({ permitted: [NAME] });
  const middle = makeCa({ cn: 'Middle', by: root, names: ['a.test'] });
  return {
    chain: [make({ by: middle }), middle],
    trust: [root],
    after: sinceOld(ACCEPTED, notPermitted('DNS name "a.test"')),
  };
}
