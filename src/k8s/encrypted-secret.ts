import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { documentsOf } from '../manifests/documents';
import { problemsOfManifest } from '../manifests/schema';
import { encryptedSecretProblems, isEncryptedSecret, type EncryptedSecret as Manifest, type ExpectedSecret } from '../spec/encrypted-secrets';
import { kubernetesVersionOf, selfCheckedKey } from '../spec/placement';
import type { Problem } from '../errors';

/** Reads a sealed or encrypted Secret, or tells everything that keeps it from being the one that is expected; never a value. */
export function encryptedSecretFrom(text: string, expected: ExpectedSecret): { manifest: Manifest } | { problems: readonly Problem[] } {
  const read = documentsOf(text);
  if ('line' in read) return { problems: [{ path: '', message: `is no YAML at line ${read.line}` }] };
  const { documents: [object, ...others] } = read;
  if (object === undefined || others.length) return { problems: [{ path: '', message: `holds ${others.length + (object === undefined ? 0 : 1)} objects, expected the one Secret that the pods mount` }] };
  return isEncryptedSecret(object, expected) ? { manifest: object } : { problems: encryptedSecretProblems(object, expected) };
}

export interface EncryptedSecretProps {
  /** The object as its file holds it. */
  readonly manifest: Manifest;
}

/**
 * Passes a sealed or encrypted Secret through. Nothing is added to it, not even a label, and its fields keep their order: SOPS signs both.
 *
 * @see https://getsops.io/docs/#message-authentication-code
 */
export class EncryptedSecret extends Construct {
  constructor(scope: Construct, id: string, props: EncryptedSecretProps) {
    super(scope, id);
    const { manifest } = props;
    const object = new UntouchedObject(this, 'Resource', manifest);
    object.node.addMetadata(selfCheckedKey, true);
    object.node.addValidation({
      validate: () => problemsOfManifest(asInCluster(manifest), kubernetesVersionOf(object)).map(({ message }) => message),
    });
  }
}

/** An object that cdk8s does not get to sort. */
class UntouchedObject extends ApiObject {
  private readonly manifest: Manifest;

  constructor(scope: Construct, id: string, manifest: Manifest) {
    const { apiVersion, kind, metadata: { name, namespace } } = manifest;
    super(scope, id, { apiVersion, kind, metadata: { name, namespace } });
    this.manifest = manifest;
  }

  override toJson(): unknown {
    return structuredClone(this.manifest);
  }
}

/** As much of the decrypted object as can be known: what SOPS adds is gone, and values are whatever they are. */
function asInCluster(manifest: Manifest): object {
  if (manifest.kind === 'SealedSecret') return manifest;
  const { sops: _sops, data, stringData, ...clear } = manifest;
  const keys = [data, stringData].flatMap(values => Object.keys(values ?? {}));
  return { ...clear, data: Object.fromEntries(keys.map(key => [key, ''])) };
}
