import { headerValues, type SignedRequest } from "./signed-request.ts";

/**
 * The text that a signature is of, but for how it ends: the body's hash. Each character is a byte, as in what it is made of.
 *
 * *Documented*: AWS Signature Version 4, "Create a canonical request". S3 has its own path, and signatures in URLs.
 */
export function canonicalRequest(
  request: SignedRequest,
  signedHeaders: readonly string[],
  bodyHash: string,
  service: "S3" | "any other" = "any other",
): string {
  const { method, url } = request;
  const question = url.indexOf("?");
  const given = question < 0 ? url : url.slice(0, question);
  const path = service === "S3" ? canonicalObjectPath(given) : canonicalPath(given);
  const parameters = question < 0 ? "" : url.slice(question + 1);
  const query = canonicalQuery(service === "S3" ? withoutSignature(parameters) : parameters);
  return `${method}\n${path}\n${query}\n${canonicalHeaders(request, signedHeaders)}\n${signedHeaders.join(";")}\n${bodyHash}`;
}

/** Without `.`, `..` and what is empty between slashes; what was encoded once is encoded again. */
export function canonicalPath(path: string): string {
  if (path === "/") return path;
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(percentEncoded(segment));
  }
  const end = kept.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${kept.join("/")}${end}`;
}

/** *Documented*: S3 encodes a path once and leaves every slash and dot where it is, since keys may have them. */
function canonicalObjectPath(path: string): string {
  return path
    .split("/")
    .map((segment) => percentEncoded(percentDecoded(segment)))
    .join("/");
}

/** *Documented*: the signature in a presigned URL is of all its other parameters. */
function withoutSignature(query: string): string {
  return query
    .split("&")
    .filter((parameter) => !parameter.startsWith("X-Amz-Signature="))
    .join("&");
}

/** Sorted by name, then by value, each decoded and encoded again, so that every way to write it comes to one. */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .filter((parameter) => parameter !== "")
    .map((parameter) => {
      const equals = parameter.indexOf("=");
      const name = equals < 0 ? parameter : parameter.slice(0, equals);
      const value = equals < 0 ? "" : parameter.slice(equals + 1);
      return [percentEncoded(percentDecoded(name)), percentEncoded(percentDecoded(value))] as const;
    })
    .sort(([name, value], [otherName, otherValue]) =>
      name === otherName ? order(value, otherValue) : order(name, otherName),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** A line for each signed header: values trimmed, runs of blanks one blank, several values joined by a comma. */
function canonicalHeaders(request: SignedRequest, signedHeaders: readonly string[]): string {
  let text = "";
  for (const name of signedHeaders) {
    const values = headerValues(request, name);
    text += `${name}:${values.length === 1 ? collapsed(values[0] ?? "") : values.map(collapsed).join(",")}\n`;
  }
  return text;
}

/** Only blanks and tabs: other characters are bytes of a text that Node has not decoded. */
function collapsed(value: string): string {
  const isPlain = !value.includes("  ") && !value.includes("\t");
  if (isPlain && !value.startsWith(" ") && !value.endsWith(" ")) return value;
  return value.replaceAll(/[ \t]+/g, " ").replaceAll(/^ | $/g, "");
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const unreserved = /[A-Za-z0-9_.~-]/;

/** Each byte that is not unreserved (RFC 3986) as `%XY`. */
function percentEncoded(bytes: string): string {
  let text = "";
  for (const byte of bytes) {
    text += unreserved.test(byte)
      ? byte
      : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

/** A `%` that two hexadecimal digits do not follow stands for itself. */
function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
