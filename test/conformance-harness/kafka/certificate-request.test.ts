import { certificateExtensions, keyArguments, subjectOf, type Certificate } from '../../conformance/kafka/kubelet/certificate-request';

const certificate = (spec: Partial<Certificate['spec']>): Certificate => ({
  apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'broker' }, spec: { secretName: 's', issuerRef: { name: 'i' }, ...spec },
});

test('a certificate has the names and usages that it asks for, and no other', () => {
  expect(certificateExtensions(certificate({ dnsNames: ['*.kafka-broker.shop.svc', 'kafka'], usages: ['digital signature', 'server auth', 'client auth'] }))).toBe([
    'basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature', 'extendedKeyUsage=serverAuth,clientAuth', 'subjectAltName=DNS:*.kafka-broker.shop.svc,DNS:kafka', '',
  ].join('\n'));
  expect(certificateExtensions(certificate({}))).toBe('basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\n');
});

test('an authority may sign', () => {
  expect(certificateExtensions(certificate({ isCA: true, usages: ['crl sign'] }))).toContain('keyUsage=critical,cRLSign,keyCertSign');
});

test('what is not honoured is refused by name', () => {
  expect(() => certificateExtensions(certificate({ usages: ['code signing'], ...{ ipAddresses: ['1.2.3.4'] } }))).toThrow('Certificate broker: it asks for ipAddresses, usages code signing');
});

test('the subject is in the order of cert-manager', () => {
  expect(subjectOf(certificate({ commonName: 'kafka-broker', subject: { organizations: ['shop'], organizationalUnits: ['data'] } }))).toBe('/O=shop/OU=data/CN=kafka-broker');
  expect(subjectOf(certificate({}))).toBe('/');
});

test('the key is of the kind that it asks for', () => {
  expect(keyArguments(certificate({}))).toEqual(['RSA', ['-pkeyopt', 'rsa_keygen_bits:2048']]);
  expect(keyArguments(certificate({ privateKey: { algorithm: 'ECDSA', size: 384 } }))).toEqual(['EC', ['-pkeyopt', 'ec_paramgen_curve:P-384']]);
  expect(keyArguments(certificate({ privateKey: { algorithm: 'Ed25519' } }))).toEqual(['ED25519', []]);
});
