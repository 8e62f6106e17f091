import { ApiObject, type ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { adjustedOf, type Adjusted } from './adjustments';
import { problemsOfManifest } from '../manifests/schema';
import { kubernetesVersionOf, selfCheckedKey } from '../spec/placement';

/** A manifest, as far as every kind is alike. */
interface Manifest { readonly apiVersion: string; readonly kind: string; readonly metadata?: object }

interface DefineOptions {
  /** Whether the object stands as a user wrote it, of whatever kind. @default false */
  readonly raw?: boolean;
}

/** An object with the last word of the description: its waivers and patches come after whatever is done to it in the program. */
class AdjustedObject extends ApiObject {
  adjusted?: Adjusted;

  override toJson(): unknown {
    const manifest = super.toJson() as Readonly<Record<string, unknown>>;
    return this.adjusted?.adjust(manifest) ?? manifest;
  }
}

/**
 * Defines one object of the cluster. It goes through nothing but cdk8s' plain `ApiObject`, which keeps every field, and is held
 * against the strict schema of its Kubernetes version when the app is synthesized by whatever means.
 */
export function define<M extends Manifest>(scope: Construct, id: string, manifest: M, { raw = false }: DefineOptions = {}): ApiObject {
  const object = new AdjustedObject(scope, id, manifest as ApiObjectProps);
  object.adjusted = adjustedOf(scope, object, raw);
  if (object.adjusted.removed) scope.node.tryRemoveChild(id);
  object.node.addMetadata(selfCheckedKey, true);
  let checked: string[] | undefined;
  object.node.addValidation({
    // cdk8s validates once per chart of the app: the second time gives the first time's answer.
    validate: () => (checked ??= problemsOfManifest(object.toJson(), kubernetesVersionOf(object))
      .filter(({ reason }) => !raw || reason !== 'unknown-kind').map(({ message }) => message)),
  });
  return object;
}
