import { useQuery } from "@tanstack/react-query";
import { Ban, Cloud, FolderCog, PackageX, Server, type LucideIcon } from "lucide-react";
import type { CallTarget } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { toneSoft, toneText, type Tone } from "../../parts/status.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";

type Place = keyof ReturnType<typeof useText>["settings"]["places"];

const looks: Readonly<Record<Place, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  AWS: { icon: Cloud, tone: "run" },
  standIn: { icon: Server, tone: "ok" },
  local: { icon: FolderCog, tone: "ok" },
  nowhere: { icon: Ban, tone: "off" },
  notInstalled: { icon: PackageX, tone: "off" },
};

/** Which services are called from here, and who answers: AWS, a stand-in, this machine or nobody. */
export function CallTargets() {
  const text = useText();
  const query = useQuery({
    queryKey: keys.callTargets,
    queryFn: server.callTargets,
    staleTime: 60_000,
  });
  return (
    <>
      <p className="border-b border-line px-4 py-3 text-[13px] text-dim">
        {text.settings.targetsHint}
      </p>
      <Read query={query}>
        {(targets) =>
          targets.length === 0 ? (
            <Empty title={text.settings.noTargets} />
          ) : (
            <Table label={text.settings.targets}>
              <thead>
                <tr>
                  <Head>{text.settings.service}</Head>
                  <Head>{text.settings.goesTo}</Head>
                  <Head>{text.settings.why}</Head>
                </tr>
              </thead>
              <tbody>
                {targets.map((target) => (
                  <Line key={target.service} target={target} />
                ))}
              </tbody>
            </Table>
          )
        }
      </Read>
    </>
  );
}

function placeOf({ to, otherwise }: CallTarget): Place {
  const isLocal = otherwise === "local functions" || otherwise === "local folder";
  return to === "nowhere" && isLocal ? "local" : to;
}

function Line({ target }: { readonly target: CallTarget }) {
  const text = useText();
  const { settings } = text;
  const place = placeOf(target);
  const { icon: Icon, tone } = looks[place];
  return (
    <tr className={rowLook}>
      <Cell className="align-top">
        <span className="font-medium whitespace-nowrap">{target.name}</span>
        <span className="block text-xs text-dim">{settings.usedFor[target.usedFor]}</span>
      </Cell>
      <Cell className="align-top">
        <span
          className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${toneSoft[tone]} ${toneText[tone]}`}
        >
          <Icon aria-hidden size={13} />
          {settings.places[place]}
        </span>
      </Cell>
      <Cell className="min-w-64 align-top">
        <span className="block">{settings.consequence(place, target.otherwise)}</span>
        <span className="block text-xs break-words text-dim first-letter:uppercase">
          {target.to === "notInstalled" ? settings.missingPackage(target.because) : target.because}
        </span>
      </Cell>
    </tr>
  );
}
