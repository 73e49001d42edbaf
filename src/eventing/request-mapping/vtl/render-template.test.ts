import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MappedRequest } from "../mapped-request.ts";
import { parseMappingTemplate } from "./parse-template.ts";
import { renderMappingTemplate } from "./render-template.ts";
import { InvalidTemplate } from "./syntax.ts";
import { TemplateFailure } from "./values.ts";

const request: MappedRequest = {
  headers: { "x-name": ["a", "b"] },
  query: { q: ["1"], id: ["from query"] },
  pathParameters: { id: "42" },
  path: "/orders/42",
  body: `{"name":"O'Neil \\"x\\"","n":12345678901234567890,"items":[{"k":"a"},{"k":"b"}],"map":{"x":1}}`,
  context: { requestId: "r-1", identity: { sourceIp: "10.0.0.1" } },
  stageVariables: { machine: "arn:m" },
};

function render(template: string, given: Partial<MappedRequest> = {}): string {
  return renderMappingTemplate(parseMappingTemplate(template), { ...request, ...given }).text;
}

describe("templates that start an execution", () => {
  // Documented: API Gateway's tutorial for Step Functions.
  test("the tutorial's template gives the body as an escaped text", () => {
    const text = render(
      `#set($data = $util.escapeJavaScript($input.json('$')))
{ "input": "$data", "stateMachineArn": "\${stageVariables.machine}" }`,
      { body: `{"a": "b/c"}` },
    );
    expect(text).toBe(String.raw`{ "input": "{\"a\":\"b\/c\"}", "stateMachineArn": "arn:m" }`);
    expect(JSON.parse(text)).toEqual({ input: `{"a":"b/c"}`, stateMachineArn: "arn:m" });
  });

  test("an apostrophe can be taken its backslash again", () => {
    const text = render(
      `{"input": "$util.escapeJavaScript($input.json('$.name')).replaceAll("\\\\'","'")"}`,
    );
    expect(JSON.parse(text)).toEqual({ input: JSON.stringify(`O'Neil "x"`) });
  });

  test("the whole request is passed on", () => {
    const text = render(`#set($allParams = $input.params())
{
"params" : {
#foreach($type in $allParams.keySet())
#set($params = $allParams.get($type))
"$type" : {
#foreach($paramName in $params.keySet())
"$paramName" : "$util.escapeJavaScript($params.get($paramName))"
#if($foreach.hasNext),#end
#end
}
#if($foreach.hasNext),#end
#end
},
"source-ip" : "$context.identity.sourceIp"
}`);
    expect(JSON.parse(text)).toEqual({
      params: {
        path: { id: "42" },
        querystring: { q: "1", id: "from query" },
        header: { "x-name": "a,b" },
      },
      "source-ip": "10.0.0.1",
    });
  });
});

test.each([
  ["$input.body", request.body],
  ["$input.json('$.n')", "12345678901234567890"],
  ["$input.json('$.none')", '""'],
  ["$input.path('$.n')", "12345678901234567890"],
  ["[$input.path('$.none')]", "[]"],
  ["$input.path('$.items').size()", "2"],
  ["$input.path('$').items[1].k", "b"],
  ["$input.path('$.map')", "{x=1}"],
  [
    "$input.params('id') $input.params('q') $input.params('X-Name') [$input.params('no')]",
    "42 1 a,b []",
  ],
  ["$input.params().header.get('x-name')", "a,b"],
  ["$context.requestId $context.none $stageVariables.machine", "r-1  arn:m"],
  ["$util.base64Encode('ü') $util.base64Decode('w7w=')", "w7w= ü"],
  ["$util.urlEncode('a b&c') $util.urlDecode('a+b%26c')", "a+b%26c a b&c"],
  [`$util.parseJson('{"a":[1]}').a[0]`, "1"],
  ["$unknown $!unknown ${unknown}.", "$unknown  ${unknown}."],
  ["a $ b #1 # c 5$", "a $ b #1 # c 5$"],
  ["x## comment\ny#* all\nof it *#z", "xyz"],
  ["#[[ $input.body #if ]]#", " $input.body #if "],
  ["#set($x = 'a')#if($x == 'b')1#elseif($x == \"a\")2#else 3#end", "2"],
  ["#if($none)1#{else}2#end", "2"],
  ["#if(!$none && 1 < 2 && 'a' != 'b')1#end", "1"],
  ["#if(not ($none or false) and 3 ge 3)1#end", "1"],
  ["#if('')1#end", "1"],
  ["#set($n = 7 / 2 + 2 * 3 - 1 % 2)$n", "8"],
  ["#set($s = 'a' + 1)$s", "a1"],
  ["#set($s = \"$input.params('id')-x\")$s", "42-x"],
  ["#set($s = 'it''s $s')$s", "it's $s"],
  ["#set($l = ['a', 1, true])$l.size() $l", "3 [a, 1, true]"],
  ["#set($l = [])#set($ok = $l.add('x'))$l", "[x]"],
  ["#set($m = {'a': 1})#set($m.b = 2)#set($m['c'] = 3)$m", "{a=1, b=2, c=3}"],
  ["#foreach($i in [1..3])$i#if($foreach.hasNext),#end#end", "1,2,3"],
  ["#foreach($i in [3..1])$velocityCount$i #end", "13 22 31 "],
  ["#foreach($v in $input.path('$.map'))$v#end$!v", "1"],
  ["#foreach($e in $input.path('$.map').entrySet())$e.key=$e.value#end", "x=1"],
  ["$input.params('id').length() ${input.params('q')}px", "2 1px"],
  ['#define($b)<$n>#end#set($n = 1)$b#set($n = 2)[$b] #set($t = "$b")$t', "<1>[<2>] <2>"],
  ["#if(!$x.empty)1#end#set($x = '')#if(!$x.empty)2#end", "1"],
  ["'a'.length()", "'a'.length()"],
  ["#set($t = ' Ab ')[$t.trim().toLowerCase().replace('b', 'c')]", "[ac]"],
])("%s", (template, expected) => {
  expect(render(template)).toBe(expected);
});

test("a status and headers of the answer can be set", () => {
  const template = parseMappingTemplate(
    `#set($context.responseOverride.status = 409)#set($context.responseOverride.header.x-a = "1")`,
  );
  expect(renderMappingTemplate(template, request).responseOverride).toEqual({
    status: 409,
    headers: { "x-a": "1" },
  });
});

test.each([
  ["ok\n  #macro(x)#end", "Unknown directive #macro (line 2, column 3)"],
  ["#parse('x')", "Unknown directive #parse (line 1, column 1)"],
  ["#if($x)1", "#if without #end (line 1, column 4)"],
  ["a#end", "#end without #if, #foreach or #define (line 1, column 2)"],
  ["#if(1)a#else b#else c#end", "#else behind #else"],
  ["#set($x 1)", "Expected '=' (line 1, column 9)"],
  ["#set($x = 'a)", "A text has no end (line 1, column 11)"],
  ["#foreach($x on [1])#end", "Expected 'in'"],
  ["#if(1 +)#end", "Expected a value (line 1, column 8)"],
  ["#* never ends", "Expected '*#'"],
  [`#set($x = ${"(".repeat(500)}`, "nested too deeply"],
  [`#set($x = ${"1+".repeat(500)}1)`, "too many operands"],
  ["#if(1)".repeat(60), "nested too deeply"],
  ["x".repeat(300 * 1024 + 1), "at most"],
])("%j is refused", (template, message) => {
  expect(() => parseMappingTemplate(template)).toThrow(InvalidTemplate);
  expect(() => parseMappingTemplate(template)).toThrow(message);
});

test.each([
  ["$input.body.getClass()", "Unknown method getClass"],
  ["$input.constructor()", "Unknown method constructor"],
  ["$input.path('nothing')", "path"],
  ["#set($input = 1)", "$input cannot be set"],
  ["$util.parseJson('{')", "no JSON"],
  ["#foreach($i in [1..1001])#end", "at most 1000"],
  ["#foreach($i in [1..1000])#foreach($j in [1..1000])$j#end#end", "too many steps"],
  ["#set($s = 'ab')#foreach($i in [1..30])#set($s = $s + $s)#end", "too long"],
  ["#set($m = {})#set($m.m = $m)$m", "nested too deeply"],
  ["#set($l = ['ab'])#foreach($i in [1..60])#set($l = [$l, $l])#end$l", "too many items"],
  [
    "#set($s = $input.body)#foreach($i in [1..12])#set($s = $s + $s)#end$s.replace('', $s)",
    "too long",
  ],
  ["#set($s = 'a')$s.replaceAll('(', '')", "regular expression"],
])("%s fails in rendering", (template, message) => {
  const parsed = parseMappingTemplate(template);
  expect(() => renderMappingTemplate(parsed, request)).toThrow(TemplateFailure);
  expect(() => renderMappingTemplate(parsed, request)).toThrow(message);
});

test("any text is rendered or refused, and nothing else happens", () => {
  const piece = fc.constantFrom(
    "$x",
    "${",
    "}",
    "$!",
    "#if(",
    "#end",
    "#else",
    ")",
    "(",
    "[",
    "]",
    "'",
    '"',
    ".",
    "a",
    "1",
    "==",
    "!",
    "#set($x=",
    ",",
    "$input.",
    "json('$')",
    "#foreach($i in ",
    "#",
    "\\",
    "..",
    "{",
    ":",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      try {
        render(pieces.join(""));
      } catch (error) {
        expect(error instanceof InvalidTemplate || error instanceof TemplateFailure).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
