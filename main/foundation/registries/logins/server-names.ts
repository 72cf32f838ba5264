/** The name under which docker stores the login for Docker Hub. */
const dockerHub = 'https://index.docker.io/v1/';
const hubHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

/** The name for a registry in docker's configuration and helpers. */
export const serverOf = (registry: string | undefined): string => (!registry || hubHosts.has(registry) ? dockerHub : registry);

/** The registry behind such a name: `docker.io`, `localhost:5000`. Older entries have a scheme and a path. */
export function registryOfServer(server: string): string {
  const host = server.replace(/^https?:\/\//, '').split('/')[0] ?? server;
  return hubHosts.has(host) ? 'docker.io' : host;
}
