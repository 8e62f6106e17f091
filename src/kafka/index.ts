export { objectsOf } from './objects';
export { kafkaProblems } from './problems';
