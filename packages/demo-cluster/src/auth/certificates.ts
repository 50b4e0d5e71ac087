import {
  constants,
  generateKeyPairSync,
  privateEncrypt,
  randomBytes,
} from 'node:crypto';
import { md, pki } from 'node-forge';

/** What the HTTPS server needs, all PEM. */
export interface Certificates {
  /** The authority that clients are to trust. */
  ca: string;
  certificate: string;
  key: string;
}

const YEARS = 10;

/** What stands before a SHA-256 digest in an RSA signature: DER of its algorithm (RFC 8017, 9.2, note 1). */
const SHA256_PREFIX = Buffer.from(
  '3031300d060960864801650304020105000420',
  'hex',
);

function keyPair() {
  // forge counts large numbers in JavaScript; the platform makes keys and signatures in a hundredth of the time.
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const key = pki.privateKeyFromPem(privateKey);
  key.sign = digest =>
    privateEncrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
      Buffer.concat([
        SHA256_PREFIX,
        Buffer.from(
          typeof digest === 'string' ? digest : digest.digest().getBytes(),
          'binary',
        ),
      ]),
    ).toString('binary');
  return {
    pem: privateKey,
    privateKey: key,
    publicKey: pki.setRsaPublicKey(key.n, key.e),
  };
}

function newCertificate(publicKey: pki.rsa.PublicKey, commonName: string) {
  const certificate = pki.createCertificate();
  certificate.publicKey = publicKey;
  // The leading byte keeps the number positive. It may not be zero: DER allows no padding, which a small next byte would make of it.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  // Clocks differ a little between machines.
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000);
  certificate.validity.notAfter = new Date();
  certificate.validity.notAfter.setFullYear(
    certificate.validity.notBefore.getFullYear() + YEARS,
  );
  certificate.setSubject([{ name: 'commonName', value: commonName }]);
  return certificate;
}

/** Makes an authority and a certificate for the loopback address, signed by it. */
export function createCertificates(): Certificates {
  const authority = keyPair();
  const ca = newCertificate(authority.publicKey, 'promptside-demo-cluster-ca');
  ca.setIssuer(ca.subject.attributes);
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  ca.sign(authority.privateKey, md.sha256.create());

  const server = keyPair();
  const leaf = newCertificate(server.publicKey, 'kube-apiserver');
  leaf.setIssuer(ca.subject.attributes);
  leaf.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: 'localhost' },
        { type: 2, value: 'kubernetes' },
        { type: 2, value: 'kubernetes.default.svc' },
        { type: 7, ip: '127.0.0.1' },
        { type: 7, ip: '::1' },
      ],
    },
  ]);
  leaf.sign(authority.privateKey, md.sha256.create());
  return {
    ca: pki.certificateToPem(ca),
    certificate: pki.certificateToPem(leaf),
    key: server.pem,
  };
}
