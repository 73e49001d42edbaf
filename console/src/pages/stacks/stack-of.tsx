import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
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
    queryKey: keys.stackOf(arn),
    queryFn: () => server.stackOf(arn),
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
