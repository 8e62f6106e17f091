import { Construct } from 'constructs';
import { define } from './_object';
import { isNamespaced } from '../manifests/scope';
import type { RawObject as Manifest } from '../spec/patches';

export interface RawObjectProps {
  /** The object. */
  readonly manifest: Manifest;
  /** The namespace it gets when it names none and its kind has one. */
  readonly namespace: string;
}

/** Defines an object of any kind as it was written; of a kind whose schema is known, it is checked as strictly as any other. */
export class RawObject extends Construct {
  constructor(scope: Construct, id: string, props: RawObjectProps) {
    super(scope, id);
    const { manifest, namespace } = props;
    const { apiVersion, kind, metadata } = manifest;
    const placed = metadata.namespace === undefined && isNamespaced(apiVersion, kind) ? { ...metadata, namespace } : { ...metadata };
    define(this, 'Resource', { ...structuredClone({ ...manifest }), metadata: placed }, { raw: true });
  }
}
