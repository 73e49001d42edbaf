/**
 * Names of conditions by their SQLSTATE. Source: PostgreSQL, Appendix A, PostgreSQL Error Codes; those that a workflow may want to
 * tell apart. What is not here has the name of its class.
 */
const conditions: { readonly [state: string]: string } = {
  "22001": "StringDataRightTruncation",
  "22003": "NumericValueOutOfRange",
  "22007": "InvalidDatetimeFormat",
  "22008": "DatetimeFieldOverflow",
  "22012": "DivisionByZero",
  "22P02": "InvalidTextRepresentation",
  "23001": "RestrictViolation",
  "23502": "NotNullViolation",
  "23503": "ForeignKeyViolation",
  "23505": "UniqueViolation",
  "23514": "CheckViolation",
  "23P01": "ExclusionViolation",
  "25006": "ReadOnlySqlTransaction",
  "40001": "SerializationFailure",
  "40P01": "DeadlockDetected",
  "42501": "InsufficientPrivilege",
  "42601": "SyntaxError",
  "42701": "DuplicateColumn",
  "42703": "UndefinedColumn",
  "42804": "DatatypeMismatch",
  "42883": "UndefinedFunction",
  "42P01": "UndefinedTable",
  "42P02": "UndefinedParameter",
  "42P07": "DuplicateTable",
  "42P18": "IndeterminateDatatype",
  "53100": "DiskFull",
  "53200": "OutOfMemory",
  "55P03": "LockNotAvailable",
  "57014": "QueryCanceled",
  P0001: "RaiseException",
};

const classes: { readonly [state: string]: string } = {
  "08": "ConnectionException",
  "0A": "FeatureNotSupported",
  "21": "CardinalityViolation",
  "22": "DataException",
  "23": "IntegrityConstraintViolation",
  "25": "InvalidTransactionState",
  // Who may not log in has no connection.
  "28": "ConnectionException",
  "3D": "ConnectionException",
  "3F": "InvalidSchemaName",
  "40": "TransactionRollback",
  "42": "SyntaxErrorOrAccessRuleViolation",
  "44": "WithCheckOptionViolation",
  "53": "InsufficientResources",
  "54": "ProgramLimitExceeded",
  "55": "ObjectNotInPrerequisiteState",
  // The server stops, or starts.
  "57": "ConnectionException",
  "58": "SystemError",
  P0: "PlpgsqlError",
  XX: "InternalError",
};

/** What an error is called behind `Sql.`. */
export function conditionName(state: string): string {
  const named = Object.hasOwn(conditions, state) ? conditions[state] : undefined;
  const ofClass = classes[state.slice(0, 2)];
  return named ?? ofClass ?? "SqlException";
}

/** Source: SQLite, Result and Extended Result Codes. *Our choice*: named as the same condition is in PostgreSQL. */
const sqliteConditions: { readonly [code: number]: string } = {
  3: "InsufficientPrivilege",
  5: "LockNotAvailable",
  6: "LockNotAvailable",
  7: "OutOfMemory",
  8: "ReadOnlySqlTransaction",
  9: "QueryCanceled",
  13: "DiskFull",
  14: "ConnectionException",
  18: "ProgramLimitExceeded",
  19: "IntegrityConstraintViolation",
  20: "DatatypeMismatch",
  26: "ConnectionException",
  275: "CheckViolation",
  787: "ForeignKeyViolation",
  1299: "NotNullViolation",
  1555: "UniqueViolation",
  2067: "UniqueViolation",
  2579: "UniqueViolation",
};

/** The same for an extended result code of SQLite, whose last byte is its class. */
export function sqliteConditionName(code: number, message: string): string {
  if (code === 1 && message.startsWith("no such table")) return "UndefinedTable";
  if (code === 1 && message.includes("no such column")) return "UndefinedColumn";
  if (code === 1 && message.endsWith("syntax error")) return "SyntaxError";
  return sqliteConditions[code] ?? sqliteConditions[code & 0xff] ?? "SqlException";
}
