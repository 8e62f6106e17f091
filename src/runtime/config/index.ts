export { loadRuntimeConfig, type LoadedConfig, type RuntimeConfigOptions } from './load';
export { createLiveConfig, type LiveConfig, type LiveConfigOptions } from './live';
