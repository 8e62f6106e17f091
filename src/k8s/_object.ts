import { ApiObject, type ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { adjustedOf, type Adjusted } from './adjustments';
import { problemsOfManifest } from '../manifests/schema';
import { kubernetesVersionOf, selfCheckedKey, type SelfCheck } from '../spec/placement';
import type { WaiverSpec } from '../spec/waivers';

/** A manifest, as far as every kind is alike. */
interface Manifest { readonly apiVersion: string; readonly kind: string; readonly metadata?: object }

interface DefineOptions {
  /** Whether the object stands as a user wrote it, of whatever kind. @default false */
  readonly raw?: boolean;
  /** The name by which patches know it, where that of the object changes with what it says. @default - its name */
  readonly knownAs?: string;
}

/** An object with the last word of the description: its waivers and patches come after whatever is done to it in the program. */
export class DefinedObject extends ApiObject {
  adjusted?: Adjusted;
  private readonly waivers: WaiverSpec[] = [];

  /** Says that the object does not keep a rule, as a description can; what the description says of the same rule comes first. */
  waive(waiver: WaiverSpec): void {
    this.waivers.push(waiver);
  }

  override toJson(): unknown {
    const manifest = super.toJson() as Readonly<Record<string, unknown>>;
    return this.adjusted?.adjust(manifest, this.waivers) ?? manifest;
  }
}

/**
 * Defines one object of the cluster. It goes through nothing but cdk8s' plain `ApiObject`, which keeps every field, and is held
 * against the strict schema of its Kubernetes version when the app is synthesized by whatever means.
 */
export function define<M extends Manifest>(scope: Construct, id: string, manifest: M, { raw = false, knownAs }: DefineOptions = {}): DefinedObject {
  const object = new DefinedObject(scope, id, manifest as ApiObjectProps);
  object.adjusted = adjustedOf(scope, { kind: object.kind, name: knownAs ?? object.name }, raw);
  if (object.adjusted.removed) scope.node.tryRemoveChild(id);
  let checked: string[] | undefined;
  const check = (made: unknown): string[] => (checked = problemsOfManifest(made, kubernetesVersionOf(object))
    .filter(({ reason }) => !raw || reason !== 'unknown-kind').map(({ message }) => message));
  object.node.addMetadata(selfCheckedKey, { check } satisfies SelfCheck);
  // cdk8s validates once per chart of the app: the second time gives the first time's answer.
  object.node.addValidation({ validate: () => checked ?? check(object.toJson()) });
  return object;
}
