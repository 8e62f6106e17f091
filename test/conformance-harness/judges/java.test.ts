import { javaMajor } from '../../conformance/judges/java';

test.each([
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['javac 21.0.2', 21],
  ['bash: java: something else', 0],
])('of %j the version is %i', (text, major) => {
  expect(javaMajor(text)).toBe(major);
});
