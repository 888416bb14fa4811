import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLabNetwork } from './lab-network.ts';
import { portAnswers } from './port-answers.ts';
import { type Daemon, startDaemon } from './processes.ts';

/** A header that is wanted of everybody, with its only good value. */
export interface NginxGate {
  readonly name: string;
  readonly value: string;
}

/** The nginx in front of a registry. */
export interface NginxWish {
  readonly folder: string;
  readonly ip: string;
  readonly host: string;
  readonly certificate: string;
  readonly key: string;
  /** An htpasswd file. */
  readonly passwords: string;
  /** `ip:port` of the registry behind it. */
  readonly upstream: string;
  readonly outliving: boolean;
  /** Only asks for the password where something is written. */
  readonly openForReading: boolean;
  readonly gate?: NginxGate;
}

/** A realm and its passwords, for everything or only for what is more than reading. */
const guardOf = ({
  passwords,
  openForReading,
}: Pick<NginxWish, 'passwords' | 'openForReading'>) => {
  const guard = `auth_basic "Registry realm";
      auth_basic_user_file ${passwords};`;
  return openForReading ? `limit_except GET HEAD { ${guard} }` : guard;
};

/** Whoever does not bring the header is sent to a page for people, as a gate for browsers does it. */
const gateOf = ({ gate, host }: Pick<NginxWish, 'gate' | 'host'>) =>
  gate
    ? `if ($http_${gate.name.toLowerCase().replaceAll('-', '_')} != "${gate.value}") {
      return 302 https://${host}/for-people;
    }`
    : '';

/** What a blog post of 2016 tells people to write; the folders only keep it out of the system's places. */
const configOf = ({ folder, ip, host, certificate, key, upstream, ...wish }: NginxWish) => `
daemon off;
user root;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 512; }
http {
  access_log ${folder}/nginx-access.log;
  client_body_temp_path ${folder}/nginx-body;
  proxy_temp_path ${folder}/nginx-proxy;
  fastcgi_temp_path ${folder}/nginx-fastcgi;
  uwsgi_temp_path ${folder}/nginx-uwsgi;
  scgi_temp_path ${folder}/nginx-scgi;

  upstream docker-registry {
    server ${upstream};
  }
  map $upstream_http_docker_distribution_api_version $docker_distribution_api_version {
    '' 'registry/2.0';
  }
  server {
    listen ${ip}:443 ssl;
    server_name ${host};
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};

    # disable any limits to avoid HTTP 413 for large image uploads
    client_max_body_size 0;
    # required to avoid HTTP 411: see docker issue 1486
    chunked_transfer_encoding on;

    ${gateOf({ host, ...wish })}
    location /v2/ {
      # Do not allow connections from docker 1.5 and earlier
      if ($http_user_agent ~ "^(docker\\/1\\.(3|4|5(?!\\.[0-9]-dev))|Go ).*$" ) {
        return 404;
      }
      ${guardOf(wish)}
      add_header Docker-Distribution-Api-Version $docker_distribution_api_version always;

      proxy_pass http://docker-registry;
      proxy_set_header Host $http_host;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_read_timeout 900;
    }
  }
}
`;

/** Starts it in the registries' network namespace and waits until it listens. */
export function startNginx(wish: NginxWish): Promise<Daemon> {
  mkdirSync(wish.folder, { recursive: true });
  const config = join(wish.folder, 'nginx.conf');
  writeFileSync(config, configOf(wish));
  const argv = inLabNetwork(['nginx', '-c', config, '-p', wish.folder]);
  return startDaemon(`nginx-${wish.host}`, argv, {
    outliving: wish.outliving,
    ready: () => portAnswers(`${wish.ip}:443`),
  });
}
