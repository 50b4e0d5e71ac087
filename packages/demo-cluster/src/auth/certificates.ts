import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { md, pki } from 'node-forge';

/** What the HTTPS server needs, all PEM. */
export interface Certificates {
  /** The authority that clients are to trust. */
  ca: string;
  certificate: string;
  key: string;
}

const YEARS = 10;

function keyPair() {
  // forge's own key generation takes seconds; the platform's takes milliseconds.
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const key = pki.privateKeyFromPem(privateKey);
  return {
    pem: privateKey,
    privateKey: key,
    publicKey: pki.setRsaPublicKey(key.n, key.e),
  };
}

function newCertificate(publicKey: pki.rsa.PublicKey, commonName: string) {
  const certificate = pki.createCertificate();
  certificate.publicKey = publicKey;
  // A leading zero keeps the number positive.
  certificate.serialNumber = `00${randomBytes(15).toString('hex')}`;
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
