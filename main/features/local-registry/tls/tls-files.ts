import { X509Certificate } from 'node:crypto';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { RegistryCertificate } from '../../../../contract/registry.ts';
import { tarEnd, tarHeader, tarPadding } from '../../../foundation/formats/tar/tar-header.ts';
import { startOfBody } from '../../../foundation/registries/whole-body.ts';
import { inside } from '../registry-login.ts';
import type { RegistryTls } from './registry-authority.ts';

// beside the folder of the registry's own, which it leaves alone; they stay in the volume, so that a new container is encrypted as well
const certificateFile = 'layerdeck-tls.crt';
const keyFile = 'layerdeck-tls.key';
/** Says the certificate and its authority's: what a container has in its volume can't be read from all engines while it runs. */
export const certificateLabel = 'app.layerdeck.registry.certificate';

/** Writes down what the registry is encrypted with; without it, it isn't any longer. It counts for containers made from then on. */
export async function keepTls(container: Docker.Container, tls: RegistryTls | undefined): Promise<void> {
  const files = [...file(certificateFile, tls?.chain ?? '', 0o644), ...file(keyFile, tls?.key ?? '', 0o600)];
  await container.putArchive(Readable.from([Buffer.concat([...files, tarEnd()])]), { path: inside });
}

/** The certificate in the volume of a container that doesn't run, with its authority's; undefined if the registry isn't encrypted. */
export async function readChain(container: Docker.Container): Promise<string | undefined> {
  try {
    const tarball = await container.getArchive({ path: `${inside}/${certificateFile}` });
    return chainIn(await startOfBody({ body: tarball as unknown as AsyncIterable<Buffer> }));
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

/** What a registry is encrypted with, to take it along to another volume; undefined if it isn't. Its container must not run. */
export async function readTls(container: Docker.Container): Promise<RegistryTls | undefined> {
  const chain = await readChain(container);
  if (chain === undefined) return undefined;
  const tarball = await container.getArchive({ path: `${inside}/${keyFile}` });
  const text = await startOfBody({ body: tarball as unknown as AsyncIterable<Buffer> });
  const [key] = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\sA-Za-z0-9+/=]+-----END [A-Z ]*PRIVATE KEY-----\n/.exec(text) ?? [];
  return key === undefined ? undefined : { chain, key };
}

/** What makes a registry encrypt. */
export const tlsSettings = [
  `REGISTRY_HTTP_TLS_CERTIFICATE=${inside}/${certificateFile}`,
  `REGISTRY_HTTP_TLS_KEY=${inside}/${keyFile}`,
  'REGISTRY_HTTP_TLS_MINIMUMTLS=tls1.2',
];

/** Two certificates in a text: the registry's, and its authority's. */
const chainIn = (text: string): string | undefined =>
  /(?:-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----\n){2}/.exec(text)?.[0];

/** The authority's certificate, at the end of a chain. */
export const authorityIn = (chain: string): string => chain.slice(chain.lastIndexOf('-----BEGIN'));

/** What a chain says to people; undefined if it can't be read. */
export function describeChain(chain: string | undefined): RegistryCertificate | undefined {
  try {
    const own = new X509Certificate(chain ?? '');
    const names = (own.subjectAltName ?? '').split(', ').map((name) => shortName(name.replace(/^(?:DNS|IP Address):/, '')));
    const { fingerprint256 } = new X509Certificate(authorityIn(chain ?? ''));
    return { from: Date.parse(own.validFrom), until: Date.parse(own.validTo), names, authority: fingerprint256 };
  } catch {
    return undefined;
  }
}

/** `::1` is written with all its zeros there. */
const shortName = (name: string): string => (name.includes(':') ? (URL.parse(`http://[${name}]`)?.hostname.slice(1, -1) ?? name) : name);

const file = (name: string, text: string, mode: number): Buffer[] => {
  const body = Buffer.from(text);
  return [tarHeader({ name, kind: 'file', mode, size: body.length, modified: 0 }), body, tarPadding(body.length)];
};
