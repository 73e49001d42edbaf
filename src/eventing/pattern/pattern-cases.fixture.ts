/** What is expected of a pattern and an event: a name, whether they match, the pattern, the event. */
export type MatchingCase = readonly [
  name: string,
  isMatch: boolean,
  pattern: string,
  event: string,
];

/** *Documented*: the event of Event Ruler's README and of EventBridge's user guide, "comparison operators". */
const instance = `{
  "version": "0", "id": "ddddd4-aaaa-7777-4444-345dd43cc333", "detail-type": "EC2 Instance State-change Notification",
  "source": "aws.ec2", "account": "012345679012", "time": "2017-10-02T16:24:49Z", "region": "us-east-1",
  "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"],
  "detail": { "c-count": 5, "d-count": 3, "x-limit": 301.8, "source-ip": "10.0.0.33",
    "instance-id": "i-000000aaaaaa00000", "state": "running" }
}`;

const documented: readonly MatchingCase[] = [
  [
    "names and values",
    true,
    `{ "detail-type": ["EC2 Instance State-change Notification"], "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"], "detail": { "state": ["initializing", "running"] } }`,
    instance,
  ],
  ["another value", false, `{ "detail": { "state": ["initializing"] } }`, instance],
  ["prefix", true, `{ "time": [{ "prefix": "2017-10-02" }] }`, instance],
  ["another prefix", false, `{ "time": [{ "prefix": "2018" }] }`, instance],
  ["suffix", true, `{ "source": [{ "suffix": "ec2" }] }`, instance],
  ["equals-ignore-case", true, `{ "source": [{ "equals-ignore-case": "AWS.EC2" }] }`, instance],
  [
    "prefix ignoring case",
    true,
    `{ "source": [{ "prefix": { "equals-ignore-case": "AWS." } }] }`,
    instance,
  ],
  [
    "suffix ignoring case",
    true,
    `{ "source": [{ "suffix": { "equals-ignore-case": "Ec2" } }] }`,
    instance,
  ],
  ["wildcard", true, `{ "source": [{ "wildcard": "a*s.*2" }] }`, instance],
  ["wildcard from the start", false, `{ "source": [{ "wildcard": "ws*" }] }`, instance],
  [
    "anything-but a text",
    true,
    `{ "detail": { "state": [{ "anything-but": "initializing" }] } }`,
    instance,
  ],
  [
    "anything-but this text",
    false,
    `{ "detail": { "state": [{ "anything-but": "running" }] } }`,
    instance,
  ],
  [
    "anything-but a number",
    true,
    `{ "detail": { "x-limit": [{ "anything-but": 123 }] } }`,
    instance,
  ],
  [
    "anything-but texts",
    true,
    `{ "detail": { "state": [{ "anything-but": ["stopped", "overloaded"] }] } }`,
    instance,
  ],
  [
    "anything-but numbers",
    true,
    `{ "detail": { "x-limit": [{ "anything-but": [100, 200, 300] }] } }`,
    instance,
  ],
  [
    "anything-but prefix",
    true,
    `{ "detail": { "state": [{ "anything-but": { "prefix": "init" } }] } }`,
    instance,
  ],
  [
    "anything-but prefixes",
    false,
    `{ "detail": { "state": [{ "anything-but": { "prefix": ["init", "run"] } }] } }`,
    instance,
  ],
  [
    "anything-but suffix",
    false,
    `{ "detail": { "state": [{ "anything-but": { "suffix": "ing" } }] } }`,
    instance,
  ],
  [
    "anything-but wildcard",
    false,
    `{ "detail": { "state": [{ "anything-but": { "wildcard": "r*g" } }] } }`,
    instance,
  ],
  [
    "anything-but equals-ignore-case",
    false,
    `{ "detail": { "state": [{ "anything-but": { "equals-ignore-case": ["RUNNING"] } }] } }`,
    instance,
  ],
  [
    "numeric",
    true,
    `{ "detail": { "c-count": [{ "numeric": [">", 0, "<=", 5] }], "d-count": [{ "numeric": ["<", 10] }], "x-limit": [{ "numeric": ["=", 3.018e2] }] } }`,
    instance,
  ],
  [
    "numeric out of its bounds",
    false,
    `{ "detail": { "c-count": [{ "numeric": [">", 0, "<", 5] }] } }`,
    instance,
  ],
  ["cidr", true, `{ "detail": { "source-ip": [{ "cidr": "10.0.0.0/24" }] } }`, instance],
  ["another cidr", false, `{ "detail": { "source-ip": [{ "cidr": "10.0.1.0/24" }] } }`, instance],
  ["exists", true, `{ "detail": { "c-count": [{ "exists": true }] } }`, instance],
  ["exists not", false, `{ "detail": { "c-count": [{ "exists": false }] } }`, instance],
  ["absent", true, `{ "detail": { "e-count": [{ "exists": false }] } }`, instance],
  [
    "all of it at once",
    true,
    `{ "time": [{ "prefix": "2017-10-02" }], "detail": { "state": [{ "anything-but": "initializing" }], "c-count": [{ "numeric": [">", 0, "<=", 5] }], "d-count": [{ "numeric": ["<", 10] }], "x-limit": [{ "anything-but": [100, 200, 300] }], "source-ip": [{ "cidr": "10.0.0.0/8" }] } }`,
    instance,
  ],
];

/** *Documented*: Event Ruler's README, `$or`. */
const metric = `{ "source": "aws.cloudwatch", "metricType": "MetricType", "namespace": "AWS/ES", "spaceId": 1000 }`;
const or: readonly MatchingCase[] = [
  [
    "$or beside a field",
    true,
    `{ "source": ["aws.cloudwatch"], "$or": [{ "metricName": ["CPUUtilization"] }, { "namespace": ["AWS/EC2", "AWS/ES"] }] }`,
    metric,
  ],
  [
    "$or of which neither holds",
    false,
    `{ "source": ["aws.cloudwatch"], "$or": [{ "metricName": ["CPUUtilization"] }, { "namespace": ["AWS/EC2"] }] }`,
    metric,
  ],
  [
    "$or with an and inside",
    true,
    `{ "$or": [{ "scope": ["Service"] }, { "metricType": ["MetricType"], "namespace": ["AWS/ES"] }] }`,
    metric,
  ],
  [
    "$or in $or",
    true,
    `{ "$or": [{ "scope": ["Service"] }, { "metricType": ["MetricType"], "$or": [{ "metricId": [1234] }, { "spaceId": [1000] }] }] }`,
    metric,
  ],
  [
    "two $or",
    false,
    `{ "$or": [{ "scope": ["Service"] }, { "spaceId": [1000] }], "detail": { "$or": [{ "source": ["a"] }, { "detail-type": ["b"] }] } }`,
    metric,
  ],
  [
    "$or of a value and its absence",
    true,
    `{ "dynamodb": { "NewImage": { "homemade": { "S": [{ "anything-but": ["roses"] }, { "exists": false }] } } } }`,
    `{ "dynamodb": { "NewImage": { "purchased": { "N": "789" } } } }`,
  ],
];

/** *Observed*: the cases' results are recorded of TestEventPattern, but for those about places in lists, which Event Ruler documents. */
const observed: readonly MatchingCase[] = [
  [
    "null is there",
    true,
    `{ "detail": { "a": [{ "exists": true }] } }`,
    `{ "detail": { "a": null } }`,
  ],
  ["null", true, `{ "detail": { "a": [null] } }`, `{ "detail": { "a": null } }`],
  ["null is not absence", false, `{ "detail": { "a": [null] } }`, `{ "detail": {} }`],
  [
    "anything-but takes null",
    true,
    `{ "detail": { "a": [{ "anything-but": "b" }] } }`,
    `{ "detail": { "a": null } }`,
  ],
  [
    "anything-but takes no absence",
    false,
    `{ "detail": { "a": [{ "anything-but": "b" }] } }`,
    `{ "detail": {} }`,
  ],
  [
    "anything-but prefix takes a number",
    true,
    `{ "a": [{ "anything-but": { "prefix": "b" } }] }`,
    `{ "a": 123 }`,
  ],
  [
    "an object is not there",
    false,
    `{ "dynamodb": { "presentKey": [{ "exists": true }] } }`,
    `{ "dynamodb": { "presentKey": { "S": "test123" } } }`,
  ],
  [
    "an object is absent",
    true,
    `{ "dynamodb": { "presentKey": [{ "exists": false }] } }`,
    `{ "dynamodb": { "presentKey": { "S": "test123" } } }`,
  ],
  [
    "an empty list is not there",
    false,
    `{ "resources": [{ "exists": true }] }`,
    `{ "resources": [] }`,
  ],
  [
    "an empty list is absent",
    true,
    `{ "resources": [{ "exists": false }] }`,
    `{ "resources": [] }`,
  ],
  ["an empty text", true, `{ "a": [""] }`, `{ "a": "" }`],
  ["numbers by their value", true, `{ "a": [300] }`, `{ "a": 300.0 }`],
  ["numbers by their value, the other way", true, `{ "a": [3e2] }`, `{ "a": 300 }`],
  ["a number is no text", false, `{ "a": ["5"] }`, `{ "a": 5 }`],
  ["numeric takes no text", false, `{ "a": [{ "numeric": ["=", 5] }] }`, `{ "a": "5" }`],
  ["numeric takes no null", false, `{ "a": [{ "numeric": ["=", 0] }] }`, `{ "a": null }`],
  [
    "numeric is for numbers up to five billions",
    false,
    `{ "a": [{ "numeric": [">", 5] }] }`,
    `{ "a": 5000000001 }`,
  ],
  [
    "long integers are told apart",
    false,
    `{ "a": [9007199254740993] }`,
    `{ "a": 9007199254740992 }`,
  ],
  ["long integers are found", true, `{ "a": [9007199254740993] }`, `{ "a": 9007199254740993 }`],
  [
    "dots in the pattern",
    true,
    `{ "detail": { "state.status": ["running"] } }`,
    `{ "detail": { "state": { "status": "running" } } }`,
  ],
  [
    "dots in the event",
    true,
    `{ "detail": { "state": { "status": ["running"] } } }`,
    `{ "detail": { "state.status": "running" } }`,
  ],
  [
    "dots and objects at once",
    true,
    `{ "detail": { "state": { "status": ["b"] } } }`,
    `{ "detail": { "state.status": "a", "state": { "status": "b" } } }`,
  ],
  ["the last list for a field counts", true, `{ "a": ["x"], "a": ["y"] }`, `{ "a": "y" }`],
  ["the last list for a field counts alone", false, `{ "a": ["x"], "a": ["y"] }`, `{ "a": "x" }`],
  ["names have a case", false, `{ "Detail": ["x"] }`, `{ "detail": "x" }`],
  ["prefix takes no number", false, `{ "a": [{ "prefix": "1" }] }`, `{ "a": 12 }`],
  ["an escaped star", true, `{ "a": [{ "wildcard": "a\\\\*b*" }] }`, `{ "a": "a*bc" }`],
  [
    "an escaped star is no other character",
    false,
    `{ "a": [{ "wildcard": "a\\\\*b*" }] }`,
    `{ "a": "axbc" }`,
  ],
  ["an escaped backslash", true, `{ "a": [{ "wildcard": "a\\\\\\\\*" }] }`, `{ "a": "a\\\\c" }`],
  [
    "a wildcard needs all of its ends",
    false,
    `{ "a": [{ "wildcard": "ab*ba" }] }`,
    `{ "a": "aba" }`,
  ],
  ["exactly", true, `{ "a": [{ "exactly": "b" }] }`, `{ "a": "b" }`],
  [
    "IPv6",
    true,
    `{ "a": [{ "cidr": "2001:db8:1234:1a00::/64" }] }`,
    `{ "a": "2001:db8:1234:1a00:0:0:0:ff" }`,
  ],
  [
    "IPv6 of another net",
    false,
    `{ "a": [{ "cidr": "2001:db8:1234:1a00::/64" }] }`,
    `{ "a": "2001:db8:1234:1a01::" }`,
  ],
  [
    "one address of IPv6, written otherwise",
    true,
    `{ "a": ["::1"] }`,
    `{ "a": "0:0:0:0:0:0:0:1" }`,
  ],
  [
    "what is no address is in no range",
    false,
    `{ "a": [{ "cidr": "10.0.0.0/8" }] }`,
    `{ "a": "10.0.0" }`,
  ],
  [
    "a member of every object is none of the event",
    false,
    `{ "constructor": [{ "exists": true }] }`,
    `{ "a": 1 }`,
  ],
];

/** *Documented*: Event Ruler's README, JSON array matching. */
const employees = `{ "employees": [{ "firstName": "John", "lastName": "Doe" }, { "firstName": "Anna", "lastName": "Smith" }, { "firstName": "Peter", "lastName": "Jones" }] }`;
const teams = `{ "employees": [[{ "firstName": "John", "lastName": "Doe" }, { "firstName": "Anna", "lastName": "Smith" }], [{ "firstName": "Peter", "lastName": "Jones" }]] }`;
const orders = `{ "orders": [{ "id": 1, "lines": [{ "sku": "a", "n": 1 }, { "sku": "b", "n": 2 }] }, { "id": 2, "lines": [{ "sku": "a", "n": 3 }] }] }`;
const lists: readonly MatchingCase[] = [
  ["an element of a list", true, `{ "employees": { "firstName": ["Anna"] } }`, employees],
  [
    "one element",
    true,
    `{ "employees": { "firstName": ["Anna"], "lastName": ["Smith"] } }`,
    employees,
  ],
  [
    "two elements",
    false,
    `{ "employees": { "firstName": ["Anna"], "lastName": ["Jones"] } }`,
    employees,
  ],
  [
    "lists in lists",
    true,
    `{ "employees": { "firstName": ["Peter"], "lastName": ["Jones"] } }`,
    teams,
  ],
  [
    "two elements of lists in lists",
    false,
    `{ "employees": { "firstName": ["Anna"], "lastName": ["Jones"] } }`,
    teams,
  ],
  [
    "objects in lists in objects in lists",
    true,
    `{ "orders": { "id": [1], "lines": { "sku": ["b"], "n": [2] } } }`,
    orders,
  ],
  [
    "the inner list of another element",
    false,
    `{ "orders": { "id": [1], "lines": { "sku": ["a"], "n": [3] } } }`,
    orders,
  ],
  [
    "two lists are chosen from by themselves",
    true,
    `{ "x": { "a": [1] }, "y": { "b": [2] } }`,
    `{ "x": [{ "a": 0 }, { "a": 1 }], "y": [{ "b": 2 }, { "b": 1 }] }`,
  ],
  [
    "absence is looked for in the chosen element",
    true,
    `{ "x": { "a": [1], "b": [{ "exists": false }] } }`,
    `{ "x": [{ "a": 1 }, { "a": 2, "b": 3 }] }`,
  ],
  [
    "absence before any choice is looked for in all",
    false,
    `{ "x": { "a": [{ "exists": false }], "b": [1] } }`,
    `{ "x": [{ "b": 1 }, { "a": 2 }] }`,
  ],
  ["a list of values", true, `{ "a": [3, 4] }`, `{ "a": [1, 2, 3] }`],
  [
    "anything-but for a list: any other element",
    true,
    `{ "a": [{ "anything-but": ["x"] }] }`,
    `{ "a": ["x", "y"] }`,
  ],
  [
    "anything-but for a list of nothing else",
    false,
    `{ "a": [{ "anything-but": ["x"] }] }`,
    `{ "a": ["x"] }`,
  ],
];

export const matchingCases: readonly MatchingCase[] = [...documented, ...or, ...observed, ...lists];

/** *Observed*: patterns with the reason that AWS gave, and the columns that it named; twice where its compiler wraps its own error. */
export const refusedPatterns: readonly (readonly [
  pattern: string,
  reason: string,
  columns: readonly number[],
])[] = [
  [`{"int": 42}`, `"int" must be an object or an array`, [11]],
  [`{"string": "my-value"}`, `"string" must be an object or an array`, [13]],
  [
    `{"source":["test.event-pattern"],"detail":{"lenderId":"LenderA"}}`,
    `"lenderId" must be an object or an array`,
    [56],
  ],
  [`{"source": ["aws.health"], "detail": {}}`, "Empty objects are not allowed", [40]],
  [`{"resources": []}`, "Empty arrays are not allowed", [17]],
  [`{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}`, "Unrecognized match type NUMERIC", [36]],
  [`{"my_key": [{"EXISTS": true}]}`, "Unrecognized match type EXISTS", [28]],
  [
    `{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}`,
    "Bad numeric range operator: >",
    [49],
  ],
  [`{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}`, "Value of < must be numeric", [50]],
  [
    `{"detail-type": [{"equals-ignore-case": ["ec2 instance state-change notification"]}]}`,
    "equals-ignore-case match pattern must be a string",
    [42],
  ],
  [
    `{"detail-type": [{"equals-ignore-case": {"prefix": "ec2"}}]}`,
    "equals-ignore-case match pattern must be a string",
    [42],
  ],
  [`{"detail": {"ip": [{"cidr": "bad-filter"}]}}`, "Malformed CIDR, one '/' required", []],
  [
    `{"detail": {"ip": [{"cidr": "10.0.0.0/xx"}]}}`,
    "Malformed CIDR, mask bits must be an integer",
    [],
  ],
  [`{"detail": {"ip": [{"cidr": "xx.11.xx/8"}]}}`, "Nonstandard IP address: xx.11.xx", []],
  [
    `{"detail": {"ip": [{"cidr": "xxxx:db8:1234:1a00::/64"}]}}`,
    "Nonstandard IP address: xxxx:db8:1234:1a00::",
    [],
  ],
  [
    `{"detail": {"sourceIPAddress": [{"cidr": ["bad-type"]}]}}`,
    "prefix match pattern must be a string",
    [43],
  ],
  [
    `{"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}}`,
    "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
    [66],
  ],
  [
    `{"detail": {"state": [{"anything-but": {"equals-ignore-case": [123, 456]}}]}}`,
    "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
    [67, 67],
  ],
  [
    `{"detail": {"state": [{"anything-but": {"wildcard": [123, "*/dir/*"]}}]}}`,
    "wildcard match pattern must be a string",
    [57, 57],
  ],
  [
    `{"detail": {"FilePath": [{"anything-but": {"wildcard": 123}}]}}`,
    "wildcard match pattern must be a string",
    [59],
  ],
  [
    `{"detail": {"FileName": [{"anything-but": {"suffix": [123, ".txt"]}}]}}`,
    "prefix/suffix match pattern must be a string",
    [58, 58],
  ],
  [
    `{"detail": {"FileName": [{"anything-but": {"suffix": 123}}]}}`,
    "prefix/suffix match pattern must be a string",
    [57],
  ],
  [
    `{"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": "file"}}}]}}`,
    "Value of anything-but must be an array or single string/number value.",
    [55],
  ],
  [`{"time": [{"prefix": ["2022-07-13"]}]}`, "prefix match pattern must be a string", [23]],
  [`{"time": [{"prefix": 123}]}`, "prefix match pattern must be a string", [25]],
  [`{"FileName": [{"suffix": 123}]}`, "suffix match pattern must be a string", [29]],
  [`{"EventBusArn": [{"wildcard": 123}]}`, "wildcard match pattern must be a string", [34]],
  [`{"a": [{"wildcard": "a**b"}]}`, "Consecutive wildcard characters at pos 2", [27]],
  [`{"a": [{"wildcard": "é\\\\b"}]}`, "Invalid escape character at pos 3", [27]],
  [
    `this is valid json but not a dict`,
    "Unrecognized token 'this': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    [5],
  ],
  [
    `{"not": closed mark"`,
    "Unrecognized token 'closed': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    [15],
  ],
  [
    `{'bad': 'quotation'}`,
    "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
    [2],
  ],
  [`["not", "a", "dict", "but valid json"]`, "Filter is not an object", [2]],
  // Documented: Event Ruler's compiler.
  [`{"$or": [{"a": [1]}]}`, "There must have at least 2 Objects in $or relationship.", [21]],
  [`{"$or": {"a": [1]}}`, "It must be an Array followed with $or.", [10]],
  [
    `{"$or": [{"prefix": ["a"]}, {"b": [1]}]}`,
    "prefix is Ruler reserved fieldName which cannot be used inside $or.",
    [22],
  ],
  [`{"a": [{"exists": 1}]}`, "exists match pattern must be either true or false.", [20]],
  [
    `{"a": [{"anything-but": ["x", 1]}]}`,
    "Inside anything but list, either all values are number or string, mixed type is not supported",
    [33],
  ],
  [`{"a": [{"anything-but": {"prefix": ""}}]}`, "Null prefix/suffix not allowed", [37]],
  [`{"a": [{"anything-but": {"cidr": "x"}}]}`, "Unsupported anything-but pattern: cidr", [35]],
  [`{"a": [{"prefix": "a", "suffix": "b"}]}`, "Only one key allowed in match expression", [35]],
  [
    `{"a": [{"numeric": ["=", 5000000001]}]}`,
    "Value must be between -5.0E9 and 5.0E9, inclusive",
    [36],
  ],
];
