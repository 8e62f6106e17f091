export { definePolicy } from './policy';
export { policyRule } from './rule';
