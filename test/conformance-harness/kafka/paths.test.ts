import { replacePaths } from '../../conformance/kafka/kubelet/paths';

const paths = new Map([['/etc/kafka', '/x/1'], ['/etc/kafka/config', '/x/2'], ['/tmp', '/tmp/marty/pods/tmp']]);
const replaced = (text: string) => replacePaths(text, paths);

test.each([
  ['/etc/kafka/config', '/x/2'],
  ['/etc/kafka/config/server.properties', '/x/2/server.properties'],
  ['/etc/kafka/other', '/x/1/other'],
  ['log.dirs=/etc/kafka/config,/tmp', 'log.dirs=/x/2,/tmp/marty/pods/tmp'],
  ['${dir:/etc/kafka/config:tls.crt}', '${dir:/x/2:tls.crt}'],
  ['-javaagent:/etc/kafka/config/a.jar=port=1', '-javaagent:/x/2/a.jar=port=1'],
  ['file:/etc/kafka/config/log4j.properties', 'file:/x/2/log4j.properties'],
  ['file:///etc/kafka/config/log4j.properties', 'file:///x/2/log4j.properties'],
  ['it is in /etc/kafka/config.', 'it is in /x/2.'],
])('%s becomes %s', (text, expected) => {
  expect(replaced(text)).toBe(expected);
});

test.each([
  '/etc/kafka-other', '/etc/kafkaesque/config', '/var/etc/kafka', 'https://example.com/etc/kafka', '/etc', '/tmp.d/x', 'a/tmp', '../tmp',
])('%s is something else', text => {
  expect(replaced(text)).toBe(text);
});

test('the longer path wins, and what was put in is not looked at again', () => {
  expect(replaced('/tmp/a:/etc/kafka/config')).toBe('/tmp/marty/pods/tmp/a:/x/2');
});

test('each replaced path is told', () => {
  const seen: string[] = [];
  replacePaths('/tmp/a /etc/kafka/config/b /usr/c', paths, path => seen.push(path));
  expect(seen).toEqual(['/tmp', '/etc/kafka/config']);
});

test('without paths nothing changes', () => {
  expect(replacePaths('/etc/kafka', new Map())).toBe('/etc/kafka');
});
