/** What a pattern of Event Ruler's own tests is held against, by the test's name. The values are ours. */
export interface RulerCase {
  readonly test: string;
  readonly pattern: object;
  readonly matching: readonly object[];
  readonly others: readonly object[];
}

/** *Documented*: a picture as RFC 8259 has one, which Event Ruler's tests take for their event. */
const picture = {
  Image: {
    Width: 800,
    Height: 600,
    Title: "View from 15th Floor",
    Thumbnail: { Url: "http://www.example.com/image/481989943", Height: 125, Width: 100 },
    Animated: false,
    IDs: [116, 943, 234, 38793],
  },
};

const people = {
  people: [
    [
      { first: "Ada", last: "Byron", ids: [1234, 1000, 9999] },
      { first: "Grace", last: "Hopper" },
    ],
    [{ first: "Alan", last: "Turing", ids: [] }],
  ],
};

const change = {
  detail: {
    "detail-type": "State change",
    resources: "arn:aws:ec2:us-east-1:123456789012:instance/i-0",
    info: { "state-status": "running", "state-count": { count: 100 } },
    "c-count": 1,
    "d-count": 8,
  },
  news: { newsProviders: "p1", newCondition1: "n1", newCondition2: "n2" },
};

/** Each pattern of the left against the picture, and whether it matches. */
function ofPicture(isMatch: boolean, ...images: readonly object[]): readonly RulerCase[] {
  return images.map((Image) => ({
    test: "RulerTest: various field combos",
    pattern: { Image },
    matching: isMatch ? [picture] : [],
    others: isMatch ? [] : [picture],
  }));
}

function ofPeople(isMatch: boolean, ...patterns: readonly object[]): readonly RulerCase[] {
  return patterns.map((pattern) => ({
    test: "RulerTest: arrays",
    pattern,
    matching: isMatch ? [people] : [],
    others: isMatch ? [] : [people],
  }));
}

export const rulerCases: readonly RulerCase[] = [
  ...ofPicture(
    true,
    { Width: [800], Thumbnail: { Height: [125, 300] } },
    { Thumbnail: { Url: [{ prefix: "http" }] } },
    {
      Width: [{ numeric: ["<", 1000] }],
      Height: [{ numeric: ["<=", 600] }],
      Title: [{ "anything-but": "View from 15th Flood" }],
      Thumbnail: {
        Url: [{ prefix: "http" }],
        Height: [{ numeric: [">", 124, "<", 126] }],
        Width: [{ numeric: [">=", 99.999, "<=", 100] }],
      },
      Animated: [false],
    },
    { IDs: [234] },
  ),
  ...ofPicture(
    false,
    { Width: [{ numeric: ["<", 800] }] },
    { Height: [{ numeric: ["<", 599] }] },
    { Title: [{ "anything-but": "View from 15th Floor" }] },
    { Thumbnail: { Url: [{ prefix: "https" }] } },
    { Thumbnail: { Height: [{ numeric: [">", 124, "<", 125] }] } },
    { Thumbnail: { Width: [{ numeric: [">=", 100.00001, "<=", 1001] }] } },
    { Animated: [true] },
  ),
  ...ofPeople(
    true,
    { people: { first: ["Grace"] } },
    { people: { first: ["Ada"], ids: [1000] } },
    { people: { first: ["Grace"], ids: [{ exists: false }] } },
  ),
  ...ofPeople(
    false,
    { people: { first: ["Barbara"] } },
    { people: { first: ["Grace"], last: ["Turing"] } },
    { people: { first: ["Barbara"], last: ["Liskov"] } },
    { a: ["b"] },
    { people: ["b"] },
    { people: { first: ["Grace"], ids: [1000] } },
    { people: { first: ["Grace"], ids: [{ exists: true }] } },
  ),
  {
    test: "RulerTest: exists rules",
    pattern: { a: [{ exists: true }] },
    matching: [{ a: 1 }],
    others: [{ b: 2 }, { x: "X" }],
  },
  {
    test: "RulerTest: exists rules",
    pattern: { b: [{ exists: false }] },
    matching: [{ a: 1 }, { x: "X" }],
    others: [{ b: 2 }],
  },
  {
    test: "RulerTest: really simple rules",
    pattern: { x: ["X"] },
    matching: [{ x: "X" }],
    others: [{ a: 1 }, { x: true }, { x: "x" }],
  },
  {
    test: "RulerTest: anything-but rules",
    pattern: {
      a: [{ "anything-but": ["m0", "m1", "m2"] }],
      b: [{ "anything-but": [111, 222, 333] }],
      c: [{ "anything-but": "zdd" }],
      d: [{ "anything-but": 444 }],
      z: [{ numeric: [">", 0, "<", 1] }],
      w: [{ "anything-but": { prefix: "zax" } }],
    },
    // A number's text is no number.
    matching: [{ a: "k", b: "444", c: "k", d: 123, w: "xaz", z: 0.001 }],
    others: [
      { a: "m9", b: 789, c: "zdd", d: 123, w: "xaz", z: 0.001 },
      { a: "m9", b: 789, c: "k", d: 123, w: "xaz", z: 1.01 },
      { a: "m1", b: 345, c: "k", d: 123, w: "xaz", z: 0.001 },
      { a: "k", b: 111, c: "k", d: 123, w: "xaz", z: 0.001 },
      { a: "m1", b: 333, c: "k", d: 123, w: "xaz", z: 0.001 },
      { a: "k", b: 0, c: "k", d: 444, w: "xaz", z: 0.999999 },
      { a: "k", b: "444", c: "k", d: 123, w: "zaxon", z: 0.001 },
    ],
  },
  {
    test: "RulerTest: equals-ignore-case rules",
    pattern: {
      a: [{ "equals-ignore-case": "aBc" }],
      b: [{ "equals-ignore-case": "Def" }],
    },
    matching: [{ a: "ABC", b: "def", d: "r" }],
    others: [{ a: "ABC", b: "defx" }, { a: "ABC" }, { a: "def", b: "ABC" }],
  },
  {
    test: "RulerTest: wildcard rules",
    pattern: { a: [{ wildcard: "*bc" }], b: [{ wildcard: "d*f" }], c: [{ wildcard: "xy*" }] },
    matching: [{ a: "abcbc", b: "deeeef", c: "xy" }],
    others: [
      { a: "abcbc", b: "deeeefx", c: "xy" },
      { a: "abcbc", b: "deeeef" },
      { a: "abcbc", b: "xy", c: "deeeef" },
    ],
  },
  {
    test: "MachineTest: prefix",
    pattern: { a: [{ prefix: "zoo" }] },
    matching: [{ a: "zoo" }, { a: "zookeeper" }],
    others: [{ a: "zo" }, { a: "a zoo" }, { b: "zoo" }],
  },
  {
    test: "MachineTest: suffix",
    pattern: { a: [{ suffix: "er" }] },
    matching: [{ a: "er" }, { a: "keeper" }],
    others: [{ a: "ers" }, { a: "r" }],
  },
  {
    test: "MachineTest: equals-ignore-case",
    pattern: { a: [{ "equals-ignore-case": "XyZ" }] },
    matching: [{ a: "xyz" }, { a: "XYZ" }],
    others: [{ a: "xyzz" }, { a: "axyz" }],
  },
  {
    test: "MachineTest: wildcard",
    pattern: { a: [{ wildcard: "12*4*" }] },
    matching: [{ a: "124" }, { a: "12345" }, { a: "12 44" }],
    others: [{ a: "1235" }, { a: "412" }],
  },
  {
    test: "MachineTest: problem lines of city lots",
    pattern: { properties: { FROM: ["2521"] }, geometry: { type: ["Polygon"] } },
    matching: [
      {
        geometry: { coordinates: [-122.4286089609642, 37.795818585593523], type: "Polygon" },
        properties: { LOT: "0567002", FROM: "2521", TO: "2521" },
      },
    ],
    others: [{ geometry: { type: "Polygon" }, properties: { FROM: "2520" } }],
  },
  {
    test: "MachineTest: existence patterns",
    pattern: { c: [{ exists: false }], d: [3] },
    matching: [{ a: "1", d: 3 }],
    others: [{ a: "1" }, { c: "v", d: 3 }],
  },
  {
    test: "JsonRuleCompilerTest: big numbers",
    pattern: { account: [123456789012] },
    matching: [{ account: 123456789012 }],
    others: [{ account: 123456789013 }, { account: "123456789012" }],
  },
  {
    test: "JsonRuleCompilerTest: variant forms",
    pattern: {
      a: [133.3, { numeric: [">", 120, "<=", 140] }],
      b: ["198.51.100.1", { cidr: "192.0.2.0/24" }],
    },
    matching: [
      { a: 133.3, b: "192.0.2.0" },
      { a: 140, b: "198.51.100.1" },
    ],
    others: [{ a: 140.01, b: "192.0.2.0" }],
  },
  {
    test: "JsonRuleCompilerTest: end to end",
    pattern: {
      tags: ["east", "west"],
      detail: { state: ["in-service"], parameters: { zone: ["1a"] } },
    },
    matching: [
      { tags: ["2015", "west"], detail: { state: "in-service", parameters: { zone: "1a" } } },
    ],
    others: [
      { tags: ["north"], detail: { state: "in-service", parameters: { zone: "1a" } } },
      { tags: ["west"], detail: { state: "halted", parameters: { zone: "1a" } } },
    ],
  },
  {
    test: "JsonRuleCompilerTest: $or",
    pattern: {
      detail: {
        $or: [
          { "c-count": [{ numeric: [">", 0, "<=", 5] }] },
          { "d-count": [{ numeric: ["<", 10] }] },
          { "x-limit": [{ numeric: ["=", 3.018e2] }] },
        ],
      },
    },
    matching: [change, { detail: { "c-count": 9, "x-limit": 301.8 } }],
    others: [{ detail: { "c-count": 0, "d-count": 10 } }, { "c-count": 1 }],
  },
  {
    test: "JsonRuleCompilerTest: $or beside fields, twice",
    pattern: {
      detail: {
        "detail-type": ["State change"],
        info: { "state-status": ["initializing", "running"], "state-count": { count: [100] } },
        $or: [{ "c-count": [1] }, { "d-count": [99] }],
      },
      news: {
        newsProviders: ["p1", "p2"],
        $or: [{ newCondition1: ["n1"] }, { newCondition2: ["x"] }],
      },
    },
    matching: [change],
    others: [
      { ...change, news: { ...change.news, newCondition1: "x" } },
      { ...change, detail: { ...change.detail, "c-count": 2 } },
      { ...change, detail: { ...change.detail, info: { "state-status": "running" } } },
    ],
  },
  {
    test: "JsonRuleCompilerTest: more of $or",
    pattern: {
      source: ["cloud"],
      $or: [
        { metricName: ["CPU", "Latency"] },
        {
          metricType: ["T"],
          namespace: ["A", "B"],
          $or: [{ metricId: [1234] }, { spaceId: [1000] }],
        },
        { scope: ["Service"] },
      ],
    },
    matching: [
      { source: "cloud", metricName: "CPU" },
      { source: "cloud", metricType: "T", namespace: "B", spaceId: 1000 },
      { source: "cloud", scope: "Service" },
    ],
    others: [
      { metricName: "CPU" },
      { source: "cloud", metricType: "T", namespace: "B", spaceId: 1 },
      { source: "cloud", metricType: "T", spaceId: 1000 },
    ],
  },
];

/** What stands in a list of a field: all that JsonRuleCompilerTest takes. */
export const takenValues: readonly string[] = [
  `1`,
  `{"prefix": "k"}`,
  `{"prefix": {"equals-ignore-case": "k"}}`,
  `{"suffix": "k"}`,
  `{"suffix": {"equals-ignore-case": "k"}}`,
  `{"anything-but": "k"}`,
  `{"anything-but": ["k0", "k1", "k2"]}`,
  `{"anything-but": [111, 222]}`,
  `{"anything-but": 111}`,
  `{"anything-but": {"prefix": "k"}}`,
  `{"anything-but": {"prefix": ["k", "12"]}}`,
  `{"anything-but": {"suffix": "k"}}`,
  `{"anything-but": {"suffix": ["k", "12"]}}`,
  `{"anything-but": {"equals-ignore-case": "k"}}`,
  `{"anything-but": {"equals-ignore-case": ""}}`,
  `{"anything-but": {"equals-ignore-case": ["k", ""]}}`,
  `{"anything-but": {"wildcard": "k*l"}}`,
  `{"anything-but": {"wildcard": ""}}`,
  `{"anything-but": {"wildcard": ["k*l", "*m*"]}}`,
  `{"anything-but": {"wildcard": ["k*l", ""]}}`,
  `{"exactly": "k"}`,
  `{"exists": true }`,
  `{"exists":  false}`,
  `{"cidr": "10.0.0.0/8"}`,
  `{"equals-ignore-case": "k"}`,
  `{"wildcard": "a*b*c"}`,
  ...["=", "<", ">", "<=", ">="].flatMap((operator) =>
    ["3.8", "0.000003", "-4e-6", "55555"].map(
      (number) => `{"numeric": ["${operator}", ${number}]}`,
    ),
  ),
  ...[">", ">="].flatMap((from) =>
    ["<", "<="].map((to) => `{"numeric": ["${from}", 0, "${to}", 1]}`),
  ),
];

/** And all that it refuses, with what is no JSON. */
export const refusedValues: readonly string[] = [
  `{"x": 2}`,
  `{"exactly": 33}`,
  ...["prefix", "suffix"].flatMap((operator) => [
    `{"${operator}": "k", "foo": []}`,
    `{"${operator}": 3}`,
    `{"${operator}": [1, 2 3]}`,
    `{"${operator}": {"invalid-expression": ["k"]}}`,
    `{"${operator}": {"equals-ignore-case": 5}}`,
    `{"${operator}": {"equals-ignore-case": ["k"]}}`,
    `{"${operator}": {"equals-ignore-case": "k", "test": "l"}}`,
    `{"${operator}": {"equals-ignore-case": "k"}, "test": "l"}`,
    `{"${operator}": {"equals-ignore-case": [1, 2 3]}}`,
  ]),
  `{"foo": "k"}`,
  `{"cidr": "foo"}`,
  `{"anything-but": "k", "foo": []}`,
  `{"anything-but": [1, 2 3]}`,
  `{"anything-but": ["k0", 111, "k2"]}`,
  `{"anything-but": {"foo": 3}}`,
  ...["prefix", "suffix", "wildcard"].flatMap((operator) => [
    `{"anything-but": {"${operator}": 27}}`,
    `{"anything-but": {"${operator}": "k", "a": 1}}`,
    `{"anything-but": {"${operator}": "k"}, "x": 1}`,
    `{"anything-but": {"${operator}": ["1", "2" "3"]}}`,
    `{"anything-but": {"${operator}": [1, 2, 3]}}`,
    `{"anything-but": {"${operator}": ["1", "2"}}`,
    `{"anything-but": {"${operator}": ["1", "2"]}`,
  ]),
  ...["prefix", "suffix"].flatMap((operator) => [
    `{"anything-but": {"${operator}": ""}}`,
    `{"anything-but": {"${operator}": ["1", ""]}}`,
  ]),
  `{"anything-but": {"equals-ignore-case": ["1", "2" "3"]}}`,
  `{"anything-but": {"equals-ignore-case": [1, 2, 3]}}`,
  `{"anything-but": {"wildcard": "k**l"}}`,
  `{"anything-but": {"wildcard": ["1", "k**l"]}}`,
  String.raw`{"anything-but": {"wildcard": "k*l\\"}}`,
  String.raw`{"anything-but": {"wildcard": ["1", "k*l\\"]}}`,
  `{"equals-ignore-case": 5}`,
  `{"equals-ignore-case": ["k"]}`,
  `{"wildcard": 5}`,
  `{"wildcard": ["k"]}`,
  `{"exists": "yes"}`,
  `{"exists": true, "more": "x"}`,
  ...["=", "<", ">=", "<="].flatMap((operator) =>
    ["true", "2.0e22", `"-4e-8"`].map((number) => `{"numeric": ["${operator}", ${number}]}`),
  ),
  ...["=", "<", ">=", "<="].map((operator) => `{"numeric": ["${operator}"]}`),
  // Older versions took them, and rounded.
  `{"numeric": ["=", 0.00000033]}`,
  `{"numeric": ["<", -4e-8]}`,
  `{"numeric": ["<>", 1, ">", 0]}`,
  `{"numeric": ["==", 1, ">", 0]}`,
  `{"numeric": ["<", 1, ">", 0]}`,
  `{"numeric": [">", 1, "<", 1]}`,
  `{"numeric": [">", 30, "<", 1]}`,
  `{"numeric": [">", 1, "<", 30, false]}`,
];

/** Whole patterns that JsonRuleCompilerTest refuses. */
export const refusedRules: readonly string[] = [
  `[1, 2, 3]`,
  `{"a": 1}`,
  `{"a": {}}`,
  `{"a": []}`,
  `{"$or": [{"a": ["x"]}]}`,
  `{"d": {"$or": [{"a": ["x"]}, {"b": ["y"]}, [{"c": ["wrong"]}]]}}`,
];
