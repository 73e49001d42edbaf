import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { StackOfView } from "../../../../src/console/view-types.ts";
import { ask } from "../../api/client.ts";
import { useAroundText } from "../../i18n/around/texts.ts";

/** The way to the stack that has made something; nothing where none has. */
export function StackOf({
  arn,
  className = "",
}: {
  readonly arn: string;
  readonly className?: string;
}) {
  const { stacks: text } = useAroundText();
  const query = useQuery({
    queryKey: ["stack-of", arn],
    queryFn: () => ask<StackOfView>(`stack-of/${encodeURIComponent(arn)}`),
    staleTime: 60_000,
  });
  const { stackId, name } = query.data ?? {};
  if (stackId === undefined) return null;
  return (
    <p className={`text-[13px] text-dim ${className}`}>
      {text.madeBy}{" "}
      <Link to="/stacks" search={{ open: stackId }} className="text-accent hover:underline">
        {name}
      </Link>
    </p>
  );
}
