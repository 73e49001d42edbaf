import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { basePath } from "../../api/client.ts";
import { heardSignedOut } from "../../api/signed-out.ts";
import { usePageTitle } from "../../app/page-title.ts";
import { useText } from "../../i18n/language.tsx";
import { linkAsButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";
import { WaysIn } from "./ways-in.tsx";

/** The page for whoever is not signed in: at its own address, or in the place of any other. */
export function SignInPage() {
  const { signIn: text } = useText();
  const client = useQueryClient();
  usePageTitle(text.title);
  const asked = new URLSearchParams(location.search);
  const isOwnAddress = location.pathname === `${basePath}/sign-in`;
  const here = location.pathname + location.search;
  const returnTo = isOwnAddress ? (asked.get("return") ?? `${basePath}/`) : here;
  const problem = isOwnAddress ? asked.get("problem") : null;
  const done = () => {
    heardSignedOut(false);
    // The pages behind links are the server's.
    if (isOwnAddress) location.assign(ownPath(returnTo));
    else void client.resetQueries();
  };
  return (
    <Frame title={text.title}>
      {problem !== null && <Problem error={problemOf(problem, text.problems)} />}
      <WaysIn returnTo={returnTo} isOver={false} onDone={done} />
      <p className="text-xs text-dim">{text.noKeys}</p>
    </Frame>
  );
}

/** What is shown in the tab that the provider was visited in. */
export function SignedInPage() {
  const { signIn: text } = useText();
  return (
    <Frame title={text.doneTitle}>
      <p className="text-dim">{text.doneHint}</p>
      <a href={`${basePath}/`} className={linkAsButton("plain")}>
        {text.toConsole}
      </a>
    </Frame>
  );
}

function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { app } = useText();
  return (
    <main className="flex min-h-dvh items-start justify-center px-4 pt-[14vh]">
      <div className="flex w-full max-w-sm flex-col gap-4 rounded-xl border border-line bg-surface p-6 shadow-card">
        <h1 className="text-[20px] font-semibold tracking-tight">
          {app.name}
          <span className="ml-2 font-normal text-dim">{title}</span>
        </h1>
        {children}
      </div>
    </main>
  );
}

/** An address of this console; any other is its beginning. */
function ownPath(path: string): string {
  const { origin, pathname, search } = new URL(path, location.origin);
  return origin === location.origin && pathname.startsWith(`${basePath}/`)
    ? pathname + search
    : `${basePath}/`;
}

function problemOf<T extends { readonly provider: string }>(code: string, problems: T): string {
  const known: Readonly<Record<string, string>> = { ...problems };
  return (Object.hasOwn(known, code) ? known[code] : undefined) ?? problems.provider;
}
