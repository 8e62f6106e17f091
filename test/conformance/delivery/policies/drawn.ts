import { definePolicy } from '../../../../src/check/policies';
import { isMartyError } from '../../../../src/errors';
import type { Policy } from '../../../../src/spec/policy';

/** A source of numbers that gives the same ones for the same seed. */
function createSource(seed: number): () => number {
  let state = seed % 2_147_483_646 + 1;
  return () => {
    state = state * 48_271 % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const fields = [
  'object.spec.replicas', 'object.metadata.name', 'object.metadata.labels', 'object.metadata.labels.team', 'object.metadata.labels.tier', 'object.metadata.annotations.note', 'object.spec.paused',
  'object.spec.missing', 'object.spec.strategy', 'object.spec.strategy.rollingUpdate.maxSurge', 'object.spec.template.spec.containers', 'object.spec.template.spec.containers[0].image',
  'object.spec.template.spec.containers[1].name', 'object.spec.template.spec.containers[0].resources.limits.cpu', 'object.spec.template.spec.containers[0].env', 'object.spec.template.spec.containers[1].command',
  'object.spec.template.spec.restartPolicy', 'object.spec.revisionHistoryLimit', 'object.spec.template.spec.containers[0].env[0].value',
];
const patterns = ['^[a-z]+$', 'o.d', '[[:digit:]]+', '(?i)ORDERS', 'a|b', '^$', '\\\\d+(\\\\.\\\\d+){2}', '[^a-z]', 'r{1,2}', '\\\\bshop\\\\b', '\\\\s', '.'];

/** Draws expressions, most of them right by their types and many without an answer. */
export function createExpressions(seed: number) {
  const next = createSource(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)];
  const quoted = (text: string) => `'${text}'`;
  const any = (depth: number): string => pick([whole, double, text, dynamic, truth, list])(depth);
  const dynamic = (depth: number): string => pick([
    () => pick(fields), () => pick(fields), () => pick(fields), () => `dyn(${any(depth - 1)})`, () => `${pick(['object.spec', 'object.metadata.labels', 'object.spec.template.spec'])}.?${pick(['team', 'replicas', 'nope', 'containers'])}.orValue(${any(depth - 1)})`,
    () => `(${truth(depth - 1)} ? ${pick(fields)} : ${pick(fields)})`,
  ])();
  const whole = (depth: number): string => pick(depth <= 0 ? [() => pick(['0', '1', '-3', '7', '0x1F', '9223372036854775807', '-9223372036854775808'])] : [
    () => whole(0), () => `(${whole(depth - 1)} ${pick(['+', '-', '*', '/', '%'])} ${whole(depth - 1)})`, () => `size(${pick([list, text, dynamic])(depth - 1)})`, () => `int(${pick([text, double, whole, dynamic])(depth - 1)})`,
    () => `${text(depth - 1)}.indexOf(${text(0)})`, () => `${text(depth - 1)}.lastIndexOf(${text(0)})`, () => `-(${whole(depth - 1)})`, () => `[${whole(depth - 1)}, ${whole(depth - 1)}].${pick(['sum', 'min', 'max'])}()`,
    () => `${list(depth - 1)}.indexOf(${any(0)})`, () => `(${truth(depth - 1)} ? ${whole(depth - 1)} : ${whole(depth - 1)})`,
  ])();
  const double = (depth: number): string => pick(depth <= 0 ? [() => pick(['0.0', '1.5', '-2.25', '1e6', '1e21', '3.0', '.5', '1e-7'])] : [
    () => double(0), () => `(${double(depth - 1)} ${pick(['+', '-', '*', '/'])} ${double(depth - 1)})`, () => `double(${pick([text, whole, dynamic])(depth - 1)})`,
  ])();
  const text = (depth: number): string => pick(depth <= 0 ? [() => quoted(pick(['', 'a', 'orders', 'shop', '1', 'A b', ' x ', '😀', '1.5', '\\u00e9', '500m', '1Gi', '-7', 'a,b,,c']))] : [
    () => text(0), () => `(${text(depth - 1)} + ${text(depth - 1)})`, () => `string(${pick([whole, double, truth, text, dynamic])(depth - 1)})`, () => `${text(depth - 1)}.${pick(['lowerAscii', 'upperAscii', 'trim'])}()`,
    () => `${text(depth - 1)}.replace(${text(0)}, ${text(0)}${pick(['', ', 1', ', -1', ', 0'])})`, () => `${text(depth - 1)}.substring(${pick(['0', '1', '2'])}${pick(['', ', 2', ', 3'])})`, () => `${text(depth - 1)}.charAt(${pick(['0', '1', '5'])})`,
    () => `${text(depth - 1)}.find(${quoted(pick(patterns))})`, () => `${text(depth - 1)}.split(${text(0)}${pick(['', ', 2', ', 0', ', -1'])}).join('-')`,
  ])();
  const list = (depth: number): string => pick(depth <= 0 ? [() => pick(['[1, 2, 3]', "['a', 'b']", '[1.5]', '[true]', "['']"])] : [
    () => list(0), () => `[${whole(depth - 1)}, ${whole(depth - 1)}]`, () => `[${text(depth - 1)}, ${text(depth - 1)}]`, () => `(${list(depth - 1)} + ${list(depth - 1)})`, () => `${loopable(depth - 1)}.map(x, ${any(depth - 1)})`,
    () => `${loopable(depth - 1)}.filter(x, ${inLoop(depth - 1)})`, () => `${text(depth - 1)}.split(${text(0)})`, () => `${text(depth - 1)}.findAll(${quoted(pick(patterns))}${pick(['', ', 1', ', 0', ', -1'])})`, () => `[?optional.of(${whole(0)}), ${whole(0)}]`,
  ])();
  const loopable = (depth: number): string => pick([list, list, dynamic, () => 'object.metadata.labels', () => 'object.spec.template.spec.containers'])(depth);
  const inLoop = (depth: number): string => pick([
    () => `x == ${any(depth - 1)}`, () => `x ${pick(['<', '<=', '>', '>='])} ${pick([whole, text, double])(depth - 1)}`, () => `has(x.${pick(['name', 'command', 'resources', 'stdin'])})`, () => `x.size() > ${whole(0)}`, () => `string(x) in ['a', '1', 'shop']`, () => truth(depth - 1),
  ])();
  const truth = (depth: number): string => pick(depth <= 0 ? [() => pick(['true', 'false', 'has(object.spec.paused)', 'has(object.metadata.labels.team)'])] : [
    () => `(${truth(depth - 1)} && ${truth(depth - 1)})`, () => `(${truth(depth - 1)} || ${truth(depth - 1)})`, () => `!${truth(depth - 1)}`, () => `(${truth(depth - 1)} ? ${truth(depth - 1)} : ${truth(depth - 1)})`,
    () => `(${whole(depth - 1)} ${pick(['<', '<=', '>', '>=', '==', '!='])} ${pick([whole, dynamic])(depth - 1)})`, () => `(${double(depth - 1)} ${pick(['<', '<=', '>', '>='])} ${pick([double, whole, dynamic])(depth - 1)})`,
    () => `(${text(depth - 1)} ${pick(['<', '<=', '>', '>=', '==', '!='])} ${pick([text, dynamic])(depth - 1)})`, () => `(${dynamic(depth - 1)} ${pick(['==', '!=', '<', '>='])} ${any(depth - 1)})`, () => `(${any(depth - 1)} in ${pick([list, dynamic])(depth - 1)})`,
    () => `${text(depth - 1)}.${pick(['contains', 'startsWith', 'endsWith'])}(${pick([text, dynamic])(depth - 1)})`, () => `${pick([text, dynamic])(depth - 1)}.matches(${quoted(pick(patterns))})`,
    () => `${loopable(depth - 1)}.${pick(['all', 'exists', 'exists_one'])}(x, ${inLoop(depth - 1)})`, () => `has(${pick(fields.filter(field => !field.endsWith(']')))})`, () => `(${list(depth - 1)} ${pick(['==', '!='])} ${list(depth - 1)})`,
    () => `isQuantity(${text(depth - 1)})`, () => `quantity(${pick([text, dynamic])(depth - 1)}).${pick(['isLessThan', 'isGreaterThan'])}(quantity(${pick(["'1'", "'1Gi'", "'1500m'", "'2k'", text(0)])}))`, () => `quantity(${pick(["'1'", "'1.0'", "'1000m'", "'1.5Gi'", "'2e3'", "'1.50'"])}).isInteger()`,
    () => `type(${any(depth - 1)}) == ${pick(['int', 'string', 'double', 'list', 'map', 'bool', 'null_type'])}`, () => `${list(depth - 1)}.isSorted()`, () => `sets.${pick(['contains', 'intersects', 'equivalent'])}(${list(depth - 1)}, ${list(depth - 1)})`,
    () => `(duration(${pick(["'1h'", "'90m'", "'1.5h'", "'0s'", "'-1s'"])}) ${pick(['<', '==', '>='])} duration(${pick(["'1h'", "'5400s'", 'object.metadata.name'])}))`, () => `({${text(0)}: ${whole(depth - 1)}, 'k': 2} == {'k': 2, ${text(0)}: ${whole(0)}})`,
    () => `(null ${pick(['==', '!='])} ${dynamic(depth - 1)})`, () => `object.spec.?${pick(['replicas', 'nope'])}.hasValue()`, () => `(object.spec.template.spec.containers[?${pick(['0', '1', '5'])}].${pick(['name', 'image', 'nope'])}.orValue('none') == ${text(0)})`,
  ])();
  return truth;
}

/** Policies of drawn expressions that warn; the first expression of each is false of everything. */
export function drawnPolicies(seed: number, count = 120): Policy[] {
  const truth = createExpressions(seed);
  return Array.from({ length: count }, (_, index) => {
    const expressions = ['false'];
    // The server cuts its warnings off at 4096 characters together.
    while (expressions.length < 9) {
      const expression = truth(1 + expressions.length % 3);
      if (expression.length < 250 && !expressions.includes(expression) && isTaken(expression)) expressions.push(expression);
    }
    return policyOf(`drawn-${index}`, expressions.map(expression => (hangsOnOrder(expression) ? 'true' : expression)));
  });
}

/** Whether an expression makes a list of the keys of a map, which stand in another order each time that a server looks at them. */
const hangsOnOrder = (expression: string) => /\.(?:map|filter)\(/.test(expression) && /object\.metadata\.labels(?!\.t)|object\.spec\.strategy(?!\.r)|\.\?/.test(expression);

function isTaken(expression: string): boolean {
  try {
    policyOf('one', [expression]);
    return true;
  } catch (error) {
    if (isMartyError(error, 'POLICY_INVALID')) return false;
    throw error;
  }
}

const policyOf = (id: string, expressions: readonly string[]) => definePolicy({
  id, reason: 'it compares two evaluators', match: { kinds: ['apps/v1/Deployment'] }, enforcement: 'warn',
  validations: expressions.map((expression, index) => ({ expression, message: `validation ${index} is not kept` })),
});
