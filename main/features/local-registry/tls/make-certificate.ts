import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';

/** A certificate and its private key, as PEM. */
export type Signed = { certificate: string; key: string };

const day = 24 * 60 * 60 * 1000;
/** More is refused by some programs, even of an authority that they were told to trust. */
const leafDays = 397;
const authorityDays = 3650;
/** Clocks of computers differ. */
const before = day;

const ecdsaWithSha256 = new x509.AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });
const serverAuth = '1.3.6.1.5.5.7.3.1';

/** Makes an authority that can vouch for registries under these names (and what is below them) only, and for any address. */
export function makeAuthority(name: string, permitted: readonly string[], now = Date.now()): Signed {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = [
    extension(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
    extension(x509.id_ce_keyUsage, new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign), true),
    // no ranges of addresses: Chromium's library refuses every certificate for an address below an authority that has them
    extension(x509.id_ce_nameConstraints, new x509.NameConstraints({ permittedSubtrees: subtrees(permitted) }), true),
    extension(x509.id_ce_subjectKeyIdentifier, new x509.SubjectKeyIdentifier(keyId(publicKey))),
  ];
  const subject = nameOf(name);
  const order = { subject, issuer: subject, publicKey, extensions, now, days: authorityDays };
  return { certificate: signed(order, privateKey), key: pemOf(privateKey) };
}

/** Makes a registry's certificate for host names and addresses, signed by an authority. */
export function issueCertificate(authority: Signed, names: readonly string[], now = Date.now()): Signed {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const by = AsnConvert.parse(derOf(authority.certificate), x509.Certificate).tbsCertificate;
  const extensions = [
    extension(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: false }), true),
    extension(x509.id_ce_keyUsage, new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature), true),
    extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([serverAuth])),
    extension(x509.id_ce_subjectAltName, new x509.SubjectAlternativeName(names.map(generalName))),
    extension(x509.id_ce_subjectKeyIdentifier, new x509.SubjectKeyIdentifier(keyId(publicKey))),
    extension(
      x509.id_ce_authorityKeyIdentifier,
      new x509.AuthorityKeyIdentifier({ keyIdentifier: new x509.KeyIdentifier(keyId(createPublicKey(authority.certificate))) }),
    ),
  ];
  const order = { subject: nameOf('Layerdeck registry'), issuer: by.subject, publicKey, extensions, now, days: leafDays };
  return { certificate: signed(order, createPrivateKey(authority.key)), key: pemOf(privateKey) };
}

type Order = {
  subject: x509.Name;
  issuer: x509.Name;
  publicKey: KeyObject;
  extensions: x509.Extension[];
  now: number;
  days: number;
};

function signed({ subject, issuer, publicKey, extensions, now, days }: Order, by: KeyObject): string {
  // whole seconds: a certificate knows no smaller ones
  const start = Math.floor((now - before) / 1000) * 1000;
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: serialNumber(),
    signature: ecdsaWithSha256,
    issuer,
    // the last second counts as well
    validity: new x509.Validity({ notBefore: new Date(start), notAfter: new Date(start + days * day - 1000) }),
    subject,
    subjectPublicKeyInfo: AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions(extensions),
  });
  const signatureValue = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), { key: by, dsaEncoding: 'der' });
  const certificate = new x509.Certificate({ tbsCertificate, signatureAlgorithm: ecdsaWithSha256, signatureValue: bytes(signatureValue) });
  const base64 = Buffer.from(AsnConvert.serialize(certificate)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}

/** Positive, and never empty at its start. */
function serialNumber(): ArrayBuffer {
  const number = randomBytes(16);
  number.writeUInt8((number.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes(number);
}

const extension = (extnID: string, value: object, critical = false): x509.Extension =>
  new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

const nameOf = (commonName: string): x509.Name =>
  new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({ type: '2.5.4.3', value: new x509.AttributeValue({ utf8String: commonName }) }),
    ]),
  ]);

const generalName = (name: string): x509.GeneralName => new x509.GeneralName(isIP(name) ? { iPAddress: name } : { dNSName: name });

const subtrees = (names: readonly string[]): x509.GeneralSubtrees =>
  new x509.GeneralSubtrees(names.map((name) => new x509.GeneralSubtree({ base: new x509.GeneralName({ dNSName: name }) })));

/** As RFC 5280 has it (4.2.1.2): of the key alone, without what it is for. */
function keyId(key: KeyObject): ArrayBuffer {
  const { subjectPublicKey } = AsnConvert.parse(key.export({ type: 'spki', format: 'der' }), x509.SubjectPublicKeyInfo);
  return bytes(createHash('sha1').update(Buffer.from(subjectPublicKey)).digest());
}

const bytes = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;
const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const derOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
