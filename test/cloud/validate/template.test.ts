import { hasExpression, parseBare, parseTemplate, readJson } from '../../../src/cloud/validate/template';

describe('a text', () => {
  test.each([
    ['plain', 'plain'],
    ['$${escaped} and %%{too}', '${escaped} and %{too}'],
    ['costs $5 and 10%', 'costs $5 and 10%'],
  ])('%s is literal', (text, literal) => {
    expect(parseTemplate(text).literal).toBe(literal);
    expect(hasExpression(text)).toBe(false);
  });

  test.each([
    '${aws_vpc.main.id}', 'a-${aws_vpc.main.id}-b', '${aws_vpc.main["a"][0].tags.*.Name}', '${-1 + 2 * (3 - var.a) / 4 % 5}', '${!a.b.c && a.b.d || 1 >= 2}',
    '${a.b.c == null ? "x${a.b.d}\\"\\u00e9" : {x = 1, "y" : [1, 2,], (a.b.e) = 3}}', '${[for i, v in a.b.c : upper(v) if v != ""]}', '${{for k, v in a.b.c : k => v...}}',
    '%{ if a.b.c ~}yes%{ else }no%{ endif }', '%{ for x in a.b.c }${x.id},%{ endfor }', '${f(a.b.c...)}', '${provider::aws::arn_parse(a.b.c)}', '${~ a.b.c ~}', '${a.b.0.c}',
  ])('%s is an expression', text => {
    expect(parseTemplate(text).problem).toBeUndefined();
    expect(hasExpression([{ [text]: 1 }])).toBe(true);
  });

  test.each([
    ['${a.b', 'expected } at the end'],
    ['${a.b +}', 'expected an expression before }'],
    ['${f(a b)}', 'expected , or ) before b)}'],
    ['${[for in x : y]}', 'expected in before x : y]}'],
    ['${"open}', 'expected a closing " at the end'],
    ['${"\\q"}', 'expected one of \\n, \\r, \\t, \\", \\\\, \\uNNNN before \\q"}'],
    ['%{ if a.b.c }', 'expected %{ endif } at the end'],
    ['%{ unless a.b.c }', 'expected if or for before  a.b.c }'],
    ['${a.}', 'expected a name before }'],
    ['${{a 1}}', 'expected = before 1}}'],
  ])('%s cannot be read', (text, problem) => {
    expect(parseTemplate(text).problem).toBe(problem);
  });

  test('that is one expression keeps its type, and one with text around it is text', () => {
    expect(parseTemplate('${a.b}').whole).toEqual({ kind: 'reference', root: 'a', steps: [{ kind: 'attribute', name: 'b' }] });
    expect(parseTemplate('${a.b} ').whole).toBeUndefined();
  });

  test('without ${} is one expression, and nothing after it', () => {
    expect(parseBare('aws_vpc.main[0]').expression?.kind).toBe('reference');
    expect(parseBare('${aws_vpc.main}').expression?.kind).toBe('reference');
    expect(parseBare('aws_vpc.main aws_vpc.other').problem).toBe('expected nothing after aws_vpc.main  before aws_vpc.other');
  });
});

describe('JSON as text', () => {
  test('keeps expressions in it as they were written', () => {
    const text = '{"Resource":"${aws_kms_key.a["x"].arn}/*","User":"$${aws:username}","Statement":${local.statements},"Slash":"\\""}';
    expect(readJson(text)).toEqual({ json: { Resource: '${aws_kms_key.a["x"].arn}/*', User: '${aws:username}', Statement: '${local.statements}', Slash: '"' } });
  });

  test('is not known where all of it is an expression', () => {
    expect(readJson('${data.aws_iam_policy_document.a.json}')).toEqual({ unknown: true });
  });

  test('may be none', () => {
    expect(readJson('{').problem).toContain('JSON');
    expect(readJson(5).problem).toBe('is no text');
    expect(readJson('{"a":"${b"}').problem).toContain('expected');
  });
});
