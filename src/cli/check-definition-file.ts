import type { Diagnostic } from "../asl/diagnostics/diagnostic.ts";
import { textPosition } from "../asl/diagnostics/json-error.ts";
import { atLocation, locationSegments } from "../asl/diagnostics/location.ts";
import { parseDefinition } from "../asl/parse-definition.ts";
import {
  type SecretKind,
  type WrittenSecret,
  writtenSecrets,
} from "../asl/secrets/written-secrets.ts";
import { jsonPosition } from "./json-position.ts";
import { readDefinition, type DefinitionFile } from "./read-definition.ts";

/** A diagnostic and where in the file it is; the line is shown with it. */
export interface PlacedDiagnostic {
  readonly severity: Diagnostic["severity"];
  readonly code: string;
  readonly message: string;
  /** As the service gives it: `/States/Name/Field`. */
  readonly location?: string;
  /** Both from 1; columns count UTF-16 units, as editors do. */
  readonly line: number;
  readonly column: number;
  readonly sourceLine: string;
}

export interface CheckedFile {
  readonly file: string;
  readonly diagnostics: readonly PlacedDiagnostic[];
  readonly errors: number;
  readonly warnings: number;
}

/** Checks the definition in a file as the service would, with `${Name}` standing for what is filled in later. */
export async function checkDefinitionFile(
  path: string,
  type: "STANDARD" | "EXPRESS",
  defined: ReadonlyMap<string, string>,
): Promise<CheckedFile> {
  const file = await readDefinition(path, defined);
  const diagnostics = await diagnose(file, type);
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR").length;
  return { file: path, diagnostics, errors, warnings: diagnostics.length - errors };
}

async function diagnose(
  file: DefinitionFile,
  type: "STANDARD" | "EXPRESS",
): Promise<PlacedDiagnostic[]> {
  const { source, content } = file;
  if ("syntaxError" in content) {
    const { offset, ...problem } = content.syntaxError;
    return [{ severity: "ERROR", ...problem, ...placeOf(source, offset) }];
  }
  const { diagnostics } = parseDefinition(content.text, { type, placeholders: true });
  const secrets = writtenSecrets(content.value);
  if (diagnostics.length === 0 && secrets.length === 0) return [];
  const positionOf =
    file.format === "JSON" ? jsonPosition : (await import("./yaml-position.ts")).yamlPosition;
  const placed: PlacedDiagnostic[] = diagnostics.map(({ severity, code, message, location }) => {
    const segments = locationSegments(
      location === undefined || location === "/" ? "" : location,
      content.value,
    );
    return {
      severity,
      code,
      message,
      ...(location === undefined ? {} : { location }),
      ...placeOf(source, positionOf(source, segments)),
    };
  });
  placed.push(...secrets.map((secret) => secretDiagnostic(secret, source, positionOf)));
  // What is about the whole definition comes after what can be pointed at.
  const isWhole = ({ location }: PlacedDiagnostic): number => (location === undefined ? 1 : 0);
  return placed.sort((a, b) => isWhole(a) - isWhole(b) || a.line - b.line || a.column - b.column);
}

/** *Our choice*: a warning of the command line. The API answers with AWS's codes alone. The line is not shown: it has the secret. */
function secretDiagnostic(
  { kind, path }: WrittenSecret,
  source: string,
  positionOf: typeof jsonPosition,
): PlacedDiagnostic {
  const location = path.map((step) => (typeof step === "number" ? `[${step}]` : `/${step}`));
  return {
    severity: "WARNING",
    code: "SECRET_IN_DEFINITION",
    message: secretMessages[kind],
    location: atLocation(location.join("")),
    ...placeOf(source, positionOf(source, path)),
    sourceLine: "",
  };
}

const instead = "Whoever may read the definition or an execution reads it; keep it in a connection";

const secretMessages: { readonly [K in SecretKind]: string } = {
  accessKey: "A secret access key of AWS is written here. Whoever may read the definition reads it",
  privateKey: "A private key is written here. Whoever may read the definition reads it",
  token: `A token is written here. ${instead}`,
  password: "A URL with a password is written here. Whoever may read the definition reads it",
  header: `The value of a header that is a secret is written here. ${instead}`,
};

function placeOf(source: string, offset: number) {
  const { line, column } = textPosition(source, offset);
  return { line, column, sourceLine: (source.split("\n")[line - 1] ?? "").replace(/\r$/, "") };
}
