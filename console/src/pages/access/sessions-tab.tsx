import { useQuery } from "@tanstack/react-query";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { useChange } from "./iam-api.ts";

/** Browsers that somebody is signed in with: one's own, and those of others for who may see them. */
export function SessionsTab({ isOpen }: { readonly isOpen: boolean }) {
  const { access: text, app } = useText();
  const query = useQuery({
    queryKey: [...keys.access, "sessions"],
    queryFn: server.signIn.browsers,
    enabled: !isOpen,
  });
  const end = useChange(server.signIn.end);
  if (isOpen) return <Empty title={text.notSignedIn} />;
  return (
    <Card
      flush
      title={text.sessions}
      aside={<span className="text-xs text-dim">{text.sessionsHint}</span>}
    >
      <div className="px-4 pt-3 empty:hidden">
        <Problem error={end.error} />
      </div>
      <Read query={query}>
        {(browsers) => (
          <Table label={text.sessions}>
            <thead>
              <tr>
                <Head>{text.person}</Head>
                <Head>{text.role}</Head>
                <Head>{text.from}</Head>
                <Head>{text.began}</Head>
                <Head>{text.usedLast}</Head>
                <Head>
                  <span className="sr-only">{app.actions}</span>
                </Head>
              </tr>
            </thead>
            <tbody>
              {browsers.map((browser) => (
                <tr key={browser.handle} className={rowLook}>
                  <Cell>
                    <div className="font-medium break-words">{browser.name}</div>
                    <div className="text-xs text-dim">{browser.issuer}</div>
                  </Cell>
                  <Cell>{browser.role}</Cell>
                  <Cell className="max-w-72">
                    <div>{browser.sourceIp}</div>
                    <div className="truncate text-xs text-dim">{browser.userAgent}</div>
                  </Cell>
                  <Cell className="text-dim">
                    <Ago at={browser.startedAt} />
                  </Cell>
                  <Cell className="text-dim">
                    <Ago at={browser.lastUsedAt} />
                  </Cell>
                  <Cell className="text-right">
                    {browser.isCurrent === true ? (
                      <span className="text-xs text-dim">{text.thisOne}</span>
                    ) : (
                      <Button
                        aria-label={text.endOf(browser.name)}
                        isDisabled={end.isPending}
                        onPress={() => end.mutate(browser.handle)}
                      >
                        {text.end}
                      </Button>
                    )}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Read>
    </Card>
  );
}
