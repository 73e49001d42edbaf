import { type Expression, ExpressionProblem, type Operator } from "./parse-expression.ts";

/** Values by the beginnings of their periods. */
export type Series = ReadonlyMap<number, number>;
export type MathValue = number | Series | readonly Series[];

export interface MathScope {
  /** A metric or an expression by its id; `undefined`: there is none. */
  metric(id: string): MathValue | undefined;
  /** Those whose ids contain the text: what `METRICS("text")` and `METRICS()` stand for. */
  readonly all: () => readonly Series[];
  /** The beginnings of all periods of the window, which `FILL` fills. */
  readonly periods: readonly number[];
  readonly periodMs: number;
}

/** *Documented*: metric math. Functions that are not here are refused by their names. */
export function evaluateExpression(expression: Expression, scope: MathScope): MathValue {
  switch (expression.type) {
    case "number":
      return expression.value;
    case "metric": {
      const value = scope.metric(expression.id);
      if (value === undefined) {
        throw new ExpressionProblem(`there is no metric or expression '${expression.id}'`);
      }
      return value;
    }
    case "list":
      return expression.items.flatMap((item) => listed(evaluateExpression(item, scope)));
    case "negative":
      return mapped(evaluateExpression(expression.of, scope), (value) => -value);
    case "operation": {
      const { left, right, operator } = expression;
      const [a, b] = [evaluateExpression(left, scope), evaluateExpression(right, scope)];
      return combined(a, b, operators[operator]);
    }
    case "call":
      return called(expression, scope);
  }
}

const operators: { readonly [O in Operator]: (a: number, b: number) => number } = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
};

/** Of the points of one period in several series, or of all points of one. */
const aggregates: { readonly [name: string]: (values: readonly number[]) => number } = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => values.reduce((least, value) => Math.min(least, value)),
  MAX: (values) => values.reduce((most, value) => Math.max(most, value)),
};
const ofEach: { readonly [name: string]: (value: number) => number } = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
};

function called(
  { name, given }: Extract<Expression, { type: "call" }>,
  scope: MathScope,
): MathValue {
  const values = given.map((each) =>
    name === "FILL" && each.type === "metric" && fillings.has(each.id)
      ? Number.NaN
      : evaluateExpression(each, scope),
  );
  const [first, second, third] = values;
  const aggregate = aggregates[name];
  const each = ofEach[name];
  if (aggregate !== undefined && first !== undefined && values.length === 1) {
    return aggregated(first, aggregate);
  }
  if (each !== undefined && first !== undefined && values.length === 1) return mapped(first, each);
  if (name === "METRICS" && values.length === 0) return scope.all();
  if (name === "PERIOD" && values.length === 1) return scope.periodMs / 1_000;
  if (name === "IF" && first !== undefined && second !== undefined && values.length <= 3) {
    return chosen(first, second, third);
  }
  if (name === "FILL" && values.length === 2 && first !== undefined) {
    const [, filling] = given;
    if (filling?.type === "metric") return filledBy(first, filling.id, scope);
    if (typeof second === "number") {
      return eachSeries(first, (series) => filled(series, scope.periods, () => second));
    }
  }
  throw new ExpressionProblem(
    `${name}() with ${values.length} arguments is not understood here; there are SUM, AVG, MIN, MAX, ABS, CEIL, FLOOR, FILL, IF, PERIOD and METRICS()`,
  );
}

const fillings = new Set(["REPEAT", "LINEAR"]);

function filledBy(value: MathValue, how: string, scope: MathScope): MathValue {
  if (how !== "REPEAT") throw new ExpressionProblem(`FILL(…, ${how}) is not understood here`);
  return eachSeries(value, (series) => {
    let last: number | undefined;
    return filled(series, scope.periods, (period) => (last = series.get(period) ?? last));
  });
}

/** With a value at each period; where `missing` has none it stays away. */
function filled(
  series: Series,
  periods: readonly number[],
  missing: (period: number) => number | undefined,
): Series {
  return new Map(
    periods.flatMap((period) => {
      const repeated = missing(period);
      const value = series.get(period) ?? repeated;
      return value === undefined ? [] : [[period, value] as const];
    }),
  );
}

/** *Documented*: of one series a number, of several a series. */
function aggregated(value: MathValue, aggregate: (values: readonly number[]) => number): MathValue {
  if (typeof value === "number") return value;
  if (!isList(value)) return value.size === 0 ? new Map() : aggregate([...value.values()]);
  const byPeriod = Map.groupBy(
    value.flatMap((series) => [...series]),
    ([period]) => period,
  );
  return new Map(
    [...byPeriod].map(([period, points]) => [period, aggregate(points.map(([, each]) => each))]),
  );
}

/** *Documented*: two series have a value where both have one. */
function combined(
  a: MathValue,
  b: MathValue,
  combine: (a: number, b: number) => number,
): MathValue {
  if (typeof a === "number") return mapped(b, (value) => combine(a, value));
  if (typeof b === "number") return mapped(a, (value) => combine(value, b));
  return eachSeries(a, (left) => {
    if (isList(b)) throw new ExpressionProblem("a list can only be combined with one series");
    return new Map(
      [...left].flatMap(([period, value]) => {
        const other = b.get(period);
        return other === undefined ? [] : [[period, combine(value, other)] as const];
      }),
    );
  });
}

function chosen(test: MathValue, then: MathValue, otherwise: MathValue | undefined): MathValue {
  const at = (value: MathValue | undefined, period: number): number | undefined => {
    if (value === undefined || isList(value)) return undefined;
    return typeof value === "number" ? value : value.get(period);
  };
  if (typeof test === "number") return test === 0 ? (otherwise ?? new Map()) : then;
  return eachSeries(
    test,
    (series) =>
      new Map(
        [...series].flatMap(([period, value]) => {
          const found = at(value === 0 ? otherwise : then, period);
          return found === undefined ? [] : [[period, found] as const];
        }),
      ),
  );
}

function mapped(value: MathValue, change: (value: number) => number): MathValue {
  if (typeof value === "number") return change(value);
  return eachSeries(
    value,
    (series) => new Map([...series].map(([period, each]) => [period, change(each)])),
  );
}

function eachSeries(value: MathValue, change: (series: Series) => Series): MathValue {
  if (typeof value === "number") return value;
  return isList(value) ? value.map(change) : change(value);
}

function listed(value: MathValue): readonly Series[] {
  if (typeof value === "number") throw new ExpressionProblem("a list holds metrics only");
  return isList(value) ? value : [value];
}

export function isList(value: MathValue): value is readonly Series[] {
  return Array.isArray(value);
}
