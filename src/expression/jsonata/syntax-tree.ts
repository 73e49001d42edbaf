/**
 * The tree that the `jsonata` package parses an expression into, as far as the compiler reads it.
 *
 * The package's own typings name neither all node types nor all members; this is what version 2.2.2
 * produces. *Observed.*
 */
export type SyntaxNode =
  | PathNode
  | BinaryNode
  | NegationNode
  | ArrayNode
  | ObjectNode
  | NameNode
  | LiteralNode
  | WildcardNode
  | DescendantNode
  | ParentNode
  | ConditionNode
  | BlockNode
  | BindNode
  | RegexNode
  | CallNode
  | PartialNode
  | VariableNode
  | LambdaNode
  | ApplyNode
  | TransformNode
  | SortNode
  | PlaceholderNode;

/** Members that the parser may put on a node of any type. */
export interface NodeAttributes {
  readonly position?: number;
  /** Written with `[]`: a single result stays an array. */
  readonly keepArray?: boolean;
  /** Filters on a node that is not a step of a path. */
  readonly predicate?: readonly FilterStage[];
  /** Filters (and index bindings) on a step of a path. */
  readonly stages?: readonly Stage[];
  readonly group?: GroupClause;
  /** The step binds or carries variables, so the path runs on tuples. */
  readonly tuple?: boolean;
  /** Variable of `@$name`. */
  readonly focus?: string;
  /** Variable of `#$name`. */
  readonly index?: string;
  /** The slot that a `%` further on reads this step's input from. */
  readonly ancestor?: { readonly label: string };
  /** An array constructor at the start or end of a path, whose arrays are not flattened. */
  readonly consarray?: boolean;
}

export interface FilterStage {
  readonly type: "filter";
  readonly expr: SyntaxNode;
}
export interface IndexStage {
  readonly type: "index";
  readonly value: string;
}
export type Stage = FilterStage | IndexStage;

export type Pair = readonly [key: SyntaxNode, value: SyntaxNode];

export interface GroupClause {
  readonly lhs: readonly Pair[];
}

export interface PathNode extends NodeAttributes {
  readonly type: "path";
  readonly steps: readonly SyntaxNode[];
  readonly keepSingletonArray?: boolean;
}
export interface BinaryNode extends NodeAttributes {
  readonly type: "binary";
  readonly value: BinaryOperator;
  readonly lhs: SyntaxNode;
  readonly rhs: SyntaxNode;
}
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "&"
  | ".."
  | "in"
  | "and"
  | "or";
export interface NegationNode extends NodeAttributes {
  readonly type: "unary";
  readonly value: "-";
  readonly expression: SyntaxNode;
}
export interface ArrayNode extends NodeAttributes {
  readonly type: "unary";
  readonly value: "[";
  readonly expressions: readonly SyntaxNode[];
}
export interface ObjectNode extends NodeAttributes, GroupClause {
  readonly type: "unary";
  readonly value: "{";
}
export interface NameNode extends NodeAttributes {
  readonly type: "name";
  readonly value: string;
}
export interface LiteralNode extends NodeAttributes {
  readonly type: "string" | "number" | "value";
  readonly value: string | number | boolean | null;
}
export interface WildcardNode extends NodeAttributes {
  readonly type: "wildcard";
}
export interface DescendantNode extends NodeAttributes {
  readonly type: "descendant";
}
export interface ParentNode extends NodeAttributes {
  readonly type: "parent";
  readonly slot: { readonly label: string };
}
export interface ConditionNode extends NodeAttributes {
  readonly type: "condition";
  readonly condition: SyntaxNode;
  readonly then: SyntaxNode;
  readonly else?: SyntaxNode;
}
export interface BlockNode extends NodeAttributes {
  readonly type: "block";
  readonly expressions: readonly SyntaxNode[];
}
export interface BindNode extends NodeAttributes {
  readonly type: "bind";
  readonly lhs: VariableNode;
  readonly rhs: SyntaxNode;
}
export interface RegexNode extends NodeAttributes {
  readonly type: "regex";
  readonly value: { readonly source?: string; readonly flags?: string };
}
export interface CallNode extends NodeAttributes {
  readonly type: "function";
  readonly procedure: SyntaxNode;
  readonly arguments: readonly SyntaxNode[];
}
export interface PartialNode extends NodeAttributes {
  readonly type: "partial";
  readonly procedure: SyntaxNode;
  readonly arguments: readonly SyntaxNode[];
}
export interface VariableNode extends NodeAttributes {
  readonly type: "variable";
  /** Without the `$`; empty for `$` itself, `$` for `$$`. */
  readonly value: string;
}
export interface LambdaNode extends NodeAttributes {
  readonly type: "lambda";
  readonly arguments: readonly VariableNode[];
  readonly body: SyntaxNode;
  readonly signature?: { readonly definition: string };
  /** Not a lambda but a call in tail position: the parser wraps those for its trampoline. */
  readonly thunk?: boolean;
}
export interface ApplyNode extends NodeAttributes {
  readonly type: "apply";
  readonly lhs: SyntaxNode;
  readonly rhs: SyntaxNode;
}
export interface TransformNode extends NodeAttributes {
  readonly type: "transform";
  readonly pattern: SyntaxNode;
  readonly update: SyntaxNode;
  readonly delete?: SyntaxNode;
}
export interface SortNode extends NodeAttributes {
  readonly type: "sort";
  readonly terms: readonly SortTerm[];
}
export interface SortTerm {
  readonly descending: boolean;
  readonly expression: SyntaxNode;
}
/** The `?` of a partial application. */
export interface PlaceholderNode extends NodeAttributes {
  readonly type: "operator";
  readonly value: "?";
}
