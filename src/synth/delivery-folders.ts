/** The folders beside those of the environments: what tells a delivery tool of them. No environment can have such a name. */
export const argoCdFolder = '_argo-cd';
export const fluxFolder = '_flux';

/** Folders that hold a folder per environment themselves. */
export const deliveryFolders: ReadonlySet<string> = new Set([argoCdFolder, fluxFolder]);
