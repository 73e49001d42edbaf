import { atLocation } from "./location.ts";

/**
 * What a diagnostic is about.
 *
 * Documented: ValidateStateMachineDefinitionDiagnostic. The codes about JSONata and variables are not in that list;
 * they were observed on the live service, which refuses definitions with them.
 */
export type DiagnosticCode =
  | "INVALID_JSON_DESCRIPTION"
  | "MISSING_DESCRIPTION"
  | "SCHEMA_VALIDATION_FAILED"
  | "INVALID_RESOURCE"
  | "MISSING_END_STATE"
  | "DUPLICATE_STATE_NAME"
  | "INVALID_STATE_NAME"
  | "DUPLICATE_LABEL_NAME"
  | "INVALID_LABEL_NAME"
  | "MISSING_TRANSITION_TARGET"
  | "TOO_DEEPLY_NESTED"
  | "INVALID_JSONATA_EXPRESSION"
  | "UNSUPPORTED_JSONATA_EXPRESSION"
  | "RESERVED_VARIABLE_NAME"
  | "INVALID_VARIABLE_NAME"
  | "NO_DOLLAR"
  | "NO_PATH"
  | "PASS_RESULT_IS_STATIC";

/** One thing that is wrong (`ERROR`), or probably not meant (`WARNING`), in a definition. */
export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly code: DiagnosticCode;
  readonly message: string;
  /** `/States/Name/Field`, array elements as `Choices[0]`; `/` is the definition itself. */
  readonly location?: string;
}

/**
 * The text of the service's `InvalidDefinition` error for the errors among `diagnostics`.
 *
 * Observed: `Invalid State Machine Definition: 'CODE: message at /location, CODE: message at /location'`.
 */
export function invalidDefinitionMessage(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "ERROR");
  const texts = errors.map(({ code, message, location }) => {
    return `${code}: ${message} at ${location ?? "null"}`;
  });
  return `Invalid State Machine Definition: '${texts.join(", ")}'`;
}

/** Takes the diagnostics of one parse. Locations come without the root's `/`. */
export interface DiagnosticSink {
  error(message: string, location: string | undefined, code?: DiagnosticCode): void;
  warning(code: DiagnosticCode, message: string, location: string): void;
}

/** A sink that appends to `diagnostics`. */
export function diagnosticSink(diagnostics: Diagnostic[]): DiagnosticSink {
  return {
    error(message, location, code = "SCHEMA_VALIDATION_FAILED") {
      const place = location === undefined ? {} : { location: atLocation(location) };
      diagnostics.push({ severity: "ERROR", code, message, ...place });
    },
    warning(code, message, location) {
      diagnostics.push({ severity: "WARNING", code, message, location: atLocation(location) });
    },
  };
}
