import { useQuery } from "@tanstack/react-query";
import { basePath, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { linkAsButton } from "../../parts/button.tsx";
import { PasswordForm } from "./password-form.tsx";

/** How one can sign in: with the provider, if there is one, or with a password. */
export function WaysIn({
  returnTo,
  isOver,
  onDone,
}: {
  /** Where the provider sends the browser back to. */
  readonly returnTo: string;
  /** The page stays as it is: the provider's opens beside it. */
  readonly isOver: boolean;
  readonly onDone: () => void;
}) {
  const { signIn: text } = useText();
  const ways = useQuery({ queryKey: keys.signIn, queryFn: server.signIn.ways });
  const provider = ways.data?.providerLabel;
  return (
    <div className="flex flex-col gap-4">
      {provider !== undefined && (
        <>
          <a
            href={`${basePath}/sign-in/leave?${new URLSearchParams({ return: returnTo })}`}
            {...(isOver && { target: "_blank", rel: "noopener" })}
            className={`${linkAsButton("primary")} h-9!`}
          >
            {text.with(provider)}
          </a>
          {isOver && <p className="text-center text-xs text-dim">{text.inOtherTab}</p>}
          <p className="flex items-center gap-3 text-xs text-dim before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
            {text.or}
          </p>
        </>
      )}
      <PasswordForm onDone={onDone} />
    </div>
  );
}
