import { z } from 'zod';

/** The minor versions of Kubernetes that manifests can be rendered for, oldest first. */
export const kubernetesVersions = ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'] as const;

export type KubernetesVersion = (typeof kubernetesVersions)[number];

export const kubernetesVersionSchema = z.enum(kubernetesVersions);

/** Whether a version is at least another one. */
export function isAtLeast(version: KubernetesVersion, other: KubernetesVersion): boolean {
  return kubernetesVersions.indexOf(version) >= kubernetesVersions.indexOf(other);
}
