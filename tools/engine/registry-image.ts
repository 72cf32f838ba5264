import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildIn, type Docker } from './base-image.ts';
import { listLibraries } from './list-libraries.ts';

const program = '/usr/bin/docker-registry';

const config = `version: 0.1
log: {fields: {service: registry}}
storage: {cache: {blobdescriptor: inmemory}, filesystem: {rootdirectory: /var/lib/registry}}
http: {addr: ":5000", headers: {X-Content-Type-Options: [nosniff]}}
health: {storagedriver: {enabled: true, interval: 10s, threshold: 3}}
`;

const dockerfile = `FROM scratch
COPY . /
VOLUME ["/var/lib/registry"]
EXPOSE 5000
ENTRYPOINT ["/bin/registry"]
CMD ["serve", "/etc/docker/registry/config.yml"]
`;

/** The name by which people pull a registry. */
export const registryReference = 'registry:2';

/** Makes a real registry image out of Debian's docker-registry, arranged like the one that people pull. */
export async function makeRegistryImage(docker: Docker, reference: string): Promise<void> {
  const libraries = await listLibraries(program);
  await buildIn(docker, reference, dockerfile, (folder) => {
    for (const name of ['bin', 'etc/docker/registry', 'tmp', 'var/lib/registry']) mkdirSync(join(folder, name), { recursive: true });
    copyFileSync(program, join(folder, 'bin/registry'));
    writeFileSync(join(folder, 'etc/docker/registry/config.yml'), config);
    for (const library of libraries) {
      mkdirSync(join(folder, dirname(library)), { recursive: true });
      copyFileSync(library, join(folder, library));
    }
  });
}
