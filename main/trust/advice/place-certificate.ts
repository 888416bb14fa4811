/** The port inside the registry's container. */
const INNER_PORT = 5000;

/** The command that starts registry:2 with the certificate, from the folder where it was made. @param port of the host */
export function registryCommand(port: number): string {
  return `${[
    'docker run -d --restart=always --name registry',
    `-p ${port}:${INNER_PORT}`,
    '-v registry-data:/var/lib/registry',
    '-v "$PWD/registry-tls:/certs:ro"',
    '-e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/server.crt',
    '-e REGISTRY_HTTP_TLS_KEY=/certs/server.key',
    'registry:2',
  ].join(' \\\n  ')}\n`;
}

/** The lines of a compose.yaml beside the folder with the certificate. @param port of the host */
export function composeLines(port: number): string {
  return `services:
  registry:
    image: registry:2
    restart: always
    ports:
      - "${port}:${INNER_PORT}"
    environment:
      REGISTRY_HTTP_TLS_CERTIFICATE: /certs/server.crt
      REGISTRY_HTTP_TLS_KEY: /certs/server.key
    volumes:
      - registry-data:/var/lib/registry
      - ./registry-tls:/certs:ro
volumes:
  registry-data:
`;
}

/**
 * A server block of nginx in front of a registry on its usual port; the certificate's folder is copied to
 * /etc/nginx. No limit to the body, since a layer is one; the scheme handed on, or the registry would send clients
 * to plain HTTP.
 * @param hosts names for `server_name`
 */
export function nginxBlock(port: number, hosts: readonly string[]): string {
  return `server {
    listen ${port} ssl;
    listen [::]:${port} ssl;
    server_name ${hosts.join(' ')};
    ssl_certificate /etc/nginx/registry-tls/server.crt;
    ssl_certificate_key /etc/nginx/registry-tls/server.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    client_max_body_size 0;
    location / {
        proxy_pass http://127.0.0.1:${port === INNER_PORT ? INNER_PORT + 1 : INNER_PORT};
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_request_buffering off;
        proxy_read_timeout 900;
    }
}
`;
}
