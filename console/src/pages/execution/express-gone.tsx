import { Link } from "@tanstack/react-router";
import { History } from "lucide-react";
import { ServerError } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";

/** Whether an answer says that an Express execution is not kept, or not any more. */
export function isExpressGone(arn: string, error: unknown): boolean {
  return (
    /^arn:[^:]+:states:[^:]*:[^:]*:express:/.test(arn) &&
    error instanceof ServerError &&
    error.code === "ExecutionDoesNotExist"
  );
}

/** In place of the page of an Express execution that nothing is known of. */
export function ExpressGone({ arn }: { readonly arn: string }) {
  const text = useText().inspector;
  const [, , , , , , machine = "", name = ""] = arn.split(":");
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <History aria-hidden className="text-dim" />
      <h1 className="text-[17px] font-semibold">{text.expressGone(name)}</h1>
      <p className="max-w-prose text-dim">{text.expressGoneWhy}</p>
      <Link
        to="/executions"
        search={{ q: `workflow:${machine}` }}
        className="text-accent hover:underline"
      >
        {text.expressOthers(machine)}
      </Link>
    </div>
  );
}
