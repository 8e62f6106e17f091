export { renderEnvironment, type RenderedEnvironment, type RenderOptions } from './environment';
export type { Kind, Kinds, Manifest, ObjectOf } from './kinds';
