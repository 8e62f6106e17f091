import { ApiObject, type ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { problemsOfManifest } from '../manifests/schema';
import { kubernetesVersionOf, selfCheckedKey } from '../spec/placement';

/** A manifest, as far as every kind is alike. */
interface Manifest { readonly apiVersion: string; readonly kind: string; readonly metadata?: object }

/**
 * Defines one object of the cluster. It goes through nothing but cdk8s' plain `ApiObject`, which keeps every field, and is held
 * against the strict schema of its Kubernetes version when the app is synthesized by whatever means.
 */
export function define<M extends Manifest>(scope: Construct, id: string, manifest: M): ApiObject {
  const object = new ApiObject(scope, id, manifest as ApiObjectProps);
  object.node.addMetadata(selfCheckedKey, true);
  let checked: string[] | undefined;
  object.node.addValidation({
    // cdk8s validates once per chart of the app: the second time gives the first time's answer.
    validate: () => (checked ??= problemsOfManifest(object.toJson(), kubernetesVersionOf(object)).map(({ message }) => message)),
  });
  return object;
}
