import type { ByteRange } from "../../ports/object-store.ts";
import { ServiceError } from "../../ports/service-api.ts";

/**
 * The bytes that a `Range` asks for. `undefined`: all of them, as for what is no range of bytes. *Documented*: RFC 9110; S3 takes one
 * range only.
 */
export function objectRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (start >= size || (first === "" && Number(last) === 0)) {
    throw new ServiceError("InvalidRange", "The requested range is not satisfiable", 416);
  }
  return { start, end };
}
