import { Link } from "@tanstack/react-router";
import { triggerOf } from "../execution/trigger-of.ts";

const look = "text-accent hover:underline break-all";

/** What an ARN names, as a link where there is a page of it; the whole of it where the pointer rests. */
export function ArnLink({ arn }: { readonly arn: string }) {
  const [, , service, , , kind = "", ...rest] = arn.split(":");
  const name = rest[0] ?? kind;
  if (service === "states" && kind === "stateMachine") {
    return (
      <Link
        to="/workflows/$arn"
        params={{ arn: arn.split(":").slice(0, 7).join(":") }}
        title={arn}
        className={look}
      >
        {rest.join(":")}
      </Link>
    );
  }
  if (service === "lambda") {
    return (
      <Link
        to="/functions"
        search={{ open: arn.split(":").slice(0, 7).join(":") }}
        title={arn}
        className={look}
      >
        {rest.join(":")}
      </Link>
    );
  }
  const path = [kind, ...rest].join(":");
  const trigger = triggerOf(path, arn);
  if (trigger?.open === arn) {
    return (
      <Link to="/triggers" search={trigger} title={arn} className={look}>
        {path}
      </Link>
    );
  }
  return (
    <span title={arn} className="break-all">
      {service === undefined ? arn : `${service}: ${name}`}
    </span>
  );
}

/** An execution by its name. */
export function ExecutionLink({ arn }: { readonly arn: string }) {
  return (
    <Link to="/executions/$arn" params={{ arn }} title={arn} className={look}>
      {arn.split(":").slice(7).join(":")}
    </Link>
  );
}
