import { stringify } from 'yaml';
import type { DeployedApp } from './deployed';
import { controllerFiles, type ControllerTool } from '../../../../src/cloud/controllers';
import { checkInfrastructure } from '../../../../src/spec/infrastructure';
import type { KubernetesObject, Manifest } from '../../kubernetes/manifest';

/** What has a tool install controllers in the cluster of a stack that was deployed, and tells them what to do. */
export function controllerManifests({ outputs }: DeployedApp, environment: string, tool: ControllerTool): Manifest[] {
  const made = checkInfrastructure(outputs[environment].infrastructure);
  const files = controllerFiles(made, { tool, repository: 'https://git.example/ops.git', branch: 'main', path: `controllers/${environment}` });
  return [...files].flatMap(([file, objects]) => objects
    .map(object => ({ file, text: stringify(object), object: object as unknown as KubernetesObject })));
}
