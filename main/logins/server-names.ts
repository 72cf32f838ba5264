/** The name under which docker keeps the login of Docker Hub. */
const dockerHub = 'https://index.docker.io/v1/';
const hubHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

/** What docker's configuration and its helpers call a registry. */
export const serverOf = (registry: string | undefined): string => (!registry || hubHosts.has(registry) ? dockerHub : registry);

/** The registry that such a name stands for: `docker.io`, `localhost:5000`. Older entries carry a scheme and a path. */
export function registryOfServer(server: string): string {
  const host = server.replace(/^https?:\/\//, '').split('/')[0] ?? server;
  return hubHosts.has(host) ? 'docker.io' : host;
}
