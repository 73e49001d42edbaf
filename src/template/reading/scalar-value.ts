import type { Scalar } from "yaml";
import { numberFromText } from "../../expression/exact-number.ts";
import type { JsonValue } from "../../expression/json.ts";

/**
 * What a scalar means.
 *
 * Documented: CloudFormation reads YAML 1.1, so that `yes`, `no`, `on` and `off` are booleans. Our choice: a number is what JSON
 * takes for one, so that a version date, an account with a leading zero and `10:30` stay texts, as SAM's tools read them.
 */
export function scalarValue(scalar: Scalar<string>): JsonValue {
  const text = String(scalar.value);
  if (scalar.type !== "PLAIN" || scalar.tag !== undefined) return text;
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (/^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  if (jsonNumber.test(text)) return numberFromText(text);
  return text;
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
