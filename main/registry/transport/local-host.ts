/** Whether a host, as it stands in an URL, is this machine itself or a link-local address. */
export function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^(127|0)\.\d+\.\d+\.\d+$/.test(host) ||
    /^169\.254\.\d+\.\d+$/.test(host) ||
    host === '::1' ||
    host === '::' ||
    /^fe[89ab][0-9a-f]:/.test(host) ||
    /^::ffff:(7f|a9fe|0:)/.test(host)
  );
}
