import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { usePageTitle } from "../../app/page-title.ts";
import { useText } from "../../i18n/language.tsx";
import { PageHead } from "../../parts/layout.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { type AccessTab, accessTabs } from "./access-search.ts";
import { GroupDetail, RoleDetail, UserDetail } from "./holder-detail.tsx";
import { NamedList } from "./named-list.tsx";
import { PolicyDetail } from "./policy-detail.tsx";
import { SessionsTab } from "./sessions-tab.tsx";

const route = getRouteApi("/access");

/** Who there is, what they may, and who is signed in. Each part asks as IAM's own API does. */
export function AccessPage() {
  const { access: text } = useText();
  usePageTitle(text.title);
  const { tab = "users", name } = route.useSearch();
  const navigate = route.useNavigate();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const isOpen = session.data !== undefined && session.data.me === undefined;
  const show = (chosen: AccessTab, shown?: string) =>
    void navigate({ search: { tab: chosen, ...(shown !== undefined && { name: shown }) } });

  const content = (id: AccessTab) => {
    if (id === "sessions") return <SessionsTab isOpen={isOpen} />;
    if (name === undefined) return <NamedList kind={id} onShow={(shown) => show(id, shown)} />;
    const shown = { name, onBack: () => show(id) };
    switch (id) {
      case "users":
        return <UserDetail {...shown} />;
      case "groups":
        return <GroupDetail {...shown} />;
      case "roles":
        return <RoleDetail {...shown} />;
      case "policies":
        return <PolicyDetail {...shown} />;
    }
  };
  return (
    <>
      <PageHead title={text.title} hint={isOpen ? text.openHint : text.hint} />
      <Tabs
        label={text.tabs}
        items={accessTabs.map((id) => ({ id, label: text[id], content: content(id) }))}
        selected={tab}
        onSelect={(id) => id !== tab && show(id as AccessTab)}
      />
    </>
  );
}
