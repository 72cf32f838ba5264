import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { issueCertificate, makeAuthority } from '../../../../main/features/local-registry/tls/make-certificate.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const names = ['localhost', '127.0.0.1', '::1', '192.168.1.7', 'fd00::7', 'dev.docker.local'];

/** What openssl says, with its refusals. */
function openssl(...args: string[]): string {
  try {
    return execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return String((error as { stderr: string }).stderr);
  }
}

test('openssl reads both as they are meant, and trusts the one by the other for its names alone', () => {
  const authority = makeAuthority('Layerdeck registries on pc 1a2b3c4d', ['localhost', 'local']);
  const own = issueCertificate(authority, names);
  using folder = new WorkFolder({ 'ca.crt': authority.certificate, 'own.crt': own.certificate, 'own.key': own.key });
  const [ca, crt] = [folder.file('ca.crt'), folder.file('own.crt')];

  const said = openssl('x509', '-in', crt, '-noout', '-text');
  expect(said).toMatch(/Signature Algorithm: ecdsa-with-SHA256/);
  expect(said).toMatch(/ASN1 OID: prime256v1/);
  expect(said).toMatch(/CA:FALSE/);
  expect(said).toMatch(/Key Usage: critical\s+Digital Signature\n/);
  expect(said).toMatch(/TLS Web Server Authentication/);
  expect(said).toContain(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:192.168.1.7, IP Address:FD00:0:0:0:0:0:0:7, DNS:dev.docker.local',
  );
  const saidOfAuthority = openssl('x509', '-in', ca, '-noout', '-text');
  expect(saidOfAuthority).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
  expect(saidOfAuthority).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
  expect(saidOfAuthority).toMatch(/Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+DNS:local\n/);
  expect(saidOfAuthority).toContain('CN = Layerdeck registries on pc 1a2b3c4d');

  const verify = (...more: string[]) => openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca, ...more, crt);
  expect(verify()).toContain('OK');
  for (const name of ['localhost', 'dev.docker.local']) expect(verify('-verify_hostname', name)).toContain('OK');
  for (const ip of ['127.0.0.1', '::1', '192.168.1.7']) expect(verify('-verify_ip', ip)).toContain('OK');
  expect(verify('-verify_hostname', 'registry.local')).toMatch(/hostname mismatch/i);
  expect(verify('-verify_ip', '192.168.1.8')).toMatch(/IP address mismatch/i);
  expect(openssl('pkey', '-in', folder.file('own.key'), '-check', '-noout')).toContain('valid');
});

test('the authority vouches for no name in the internet', () => {
  const authority = makeAuthority('a', ['local']);
  using folder = new WorkFolder({ 'ca.crt': authority.certificate });
  folder.write('own.crt', issueCertificate(authority, ['example.com']).certificate);
  expect(openssl('verify', '-CAfile', folder.file('ca.crt'), folder.file('own.crt'))).toMatch(/permitted subtree violation/);
});

test('it lasts as long as programs allow, from a day before now on, and no two have the same number or key', () => {
  const now = Date.UTC(2026, 11, 1, 12, 0, 0, 500);
  const authority = makeAuthority('a', ['localhost'], now);
  const read = ({ certificate }: { certificate: string }) => new X509Certificate(certificate);
  const [one, two] = [issueCertificate(authority, ['localhost'], now), issueCertificate(authority, ['localhost'], now)].map(read);
  expect([one?.validFrom, one?.validTo]).toEqual(['Nov 30 12:00:00 2026 GMT', 'Jan  1 11:59:59 2028 GMT']);
  expect(read(authority).validTo).toBe('Nov 27 11:59:59 2036 GMT');
  expect(one?.serialNumber).not.toBe(two?.serialNumber);
  expect(one?.publicKey.equals(two?.publicKey as never)).toBe(false);
  expect(one?.verify(read(authority).publicKey)).toBe(true);
  expect(one?.checkIssued(read(authority))).toBe(true);
});
