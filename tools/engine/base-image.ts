import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The base image that samples and tests build on. */
export const baseReference = 'layerdeck/base:1';

export type Docker = (args: string[]) => Promise<string>;

const dockerfile = `FROM scratch
COPY . /
RUN ["/bin/busybox", "--install", "-s", "/bin"]
ENV PATH=/bin
CMD ["/bin/sh"]
`;

/** Makes a small base image with a shell and the usual commands out of Debian's busybox-static, without any registry. */
export async function makeBaseImage(docker: Docker, reference: string): Promise<void> {
  await buildIn(docker, reference, dockerfile, (folder) => {
    for (const name of ['bin', 'etc', 'tmp', 'var', 'root']) mkdirSync(join(folder, name));
    copyFileSync('/bin/busybox', join(folder, 'bin/busybox'));
    chmodSync(join(folder, 'tmp'), 0o1777);
    writeFileSync(join(folder, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n');
    writeFileSync(join(folder, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
  });
}

/** Builds an image from a folder that is filled only for this. */
export async function buildIn(docker: Docker, reference: string, text: string, fill: (folder: string) => void): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'layerdeck-image-'));
  try {
    fill(context);
    writeFileSync(join(context, 'Dockerfile'), text);
    writeFileSync(join(context, '.dockerignore'), 'Dockerfile\n.dockerignore\n');
    await docker(['build', '--quiet', '--force-rm', '--tag', reference, context]);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}
