import type { OwnAddress, RegistryCertificate } from '../../../../contract/registry.ts';

/** What the certificate is called where it is saved, unless the person calls it something else. */
const savedAs = 'layerdeck-registry-ca.crt';

/** What an engine needs to trust a registry by its authority: where the certificate goes, and what else there is to do. */
export type Trust = {
  engine: string;
  /** The file that the certificate is saved as, or the lines that name it. */
  lines: string;
  /** What `lines` are part of, if they are not the certificate's own place. */
  file?: string;
  note: string;
};

/**
 * For each engine, by its own documentation: docs.docker.com, “Verify repository client with certificates”; containers-certs.d(5); containerd’s
 * docs/hosts.md, which reads Docker's layout where there is no hosts.toml; docs.k3s.io, “Private Registry Configuration”.
 */
export const trustOf = (registry: string): Trust[] => [
  { engine: 'Docker', lines: `/etc/docker/certs.d/${registry}/ca.crt`, note: 'It counts at once.' },
  {
    engine: 'Docker Desktop',
    lines: `.docker/certs.d/${registry}/ca.crt`,
    note: 'In your home folder. Restart Docker Desktop.',
  },
  {
    engine: 'Podman',
    lines: `/etc/containers/certs.d/${registry}/ca.crt`,
    note: 'It counts at once. Without root, the folder is .config/containers in your home folder; with “podman machine”, it’s inside the machine.',
  },
  {
    engine: 'containerd, kind',
    lines: `/etc/containerd/certs.d/${registry}/ca.crt`,
    note: 'On each node. It counts at once if containerd’s config_path leads to that folder.',
  },
  {
    engine: 'k3s',
    lines: `configs:\n  "${registry}":\n    tls:\n      ca_file: /etc/rancher/k3s/${savedAs}`,
    file: '/etc/rancher/k3s/registries.yaml',
    note: 'On each node. Restart k3s.',
  },
];

const soon = 30 * 24 * 60 * 60 * 1000;

/** Why a certificate should be made anew; undefined if it is good. */
export function dueWords({ from, until, names }: RegistryCertificate, addresses: readonly OwnAddress[], now: number): string | undefined {
  if (now > until) return 'The certificate has run out: nobody trusts it any longer.';
  if (now < from) return 'The certificate isn’t valid yet. This computer’s clock may be wrong.';
  if (until - now < soon) return 'The certificate ends soon.';
  const missing = addresses.filter(({ address, isInner }) => !isInner && !names.includes(address)).map(({ address }) => address);
  return missing.length === 0
    ? undefined
    : `This computer can be reached at ${missing.join(', ')} by now, which the certificate doesn’t name.`;
}
