import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { NetworkPolicy } from '../k8s';
import { meshFacts, meshOf } from '../spec/mesh';
import { platformLabelsOf } from '../spec/names';
import { waiverAnnotations } from '../spec/waivers';
import type { Environment } from '../spec/environment';

/** The port on which the pods that answer for cert-manager listen. @see https://cert-manager.io/docs/configuration/acme/http01/ */
const challengePort = 8089;

/**
 * Lets the gateway through to the pods by which cert-manager proves, at times, that a host is ours; denied by default, they would never be
 * reached, and no certificate be signed.
 */
export function defineChallengeAccess(scope: Construct, namespace: string, platform: string, { gateway, issuer, mesh: written }: Environment): void {
  if (!gateway || issuer?.challenge !== 'http01') return;
  const mesh = meshOf(written);
  const carrier = mesh && meshFacts[mesh.kind].carrier;
  const policy = new NetworkPolicy(scope, 'ChallengeAccess', {
    target: {
      apiVersion: 'v1', kind: 'Pod', name: 'acme-challenge', matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' }, metadata: { namespace },
    },
    labels: platformLabelsOf(platform),
    ingress: [{ peer: { kind: 'namespace', namespace: gateway.namespace }, ports: [...(carrier === undefined ? [] : [carrier]), challengePort].map(port => ({ port, protocol: 'TCP' })) }],
    egress: [],
  });
  const waivers = [{ rule: 'network-policy-selects-nothing' as const, reason: 'its pods exist only while cert-manager proves a host' }];
  const { metadata } = ApiObject.of(policy);
  for (const [key, value] of Object.entries(waiverAnnotations(waivers, 'NetworkPolicy'))) metadata.addAnnotation(key, value);
}
