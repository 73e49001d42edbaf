import type { ReactNode } from "react";
import type { ServerView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Took } from "../../parts/time.tsx";

export function ThisServer({ about }: { readonly about: ServerView }) {
  const text = useText();
  const format = useFormat();
  const { settings } = text;
  const scale = about.waitTimeScale ?? 1;
  return (
    <>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <Fact name={settings.version}>
          {about.version}
          <span className="ml-2 text-dim">{settings.node(about.node)}</span>
        </Fact>
        <Fact name={settings.endpoint} copy={about.endpoint}>
          <code className="font-mono text-[13px] break-all">{about.endpoint}</code>
        </Fact>
        <Fact name={settings.account}>
          <span className="tabular-nums">{about.accountId}</span>
        </Fact>
        <Fact name={settings.region}>
          {about.region}
          {about.regions.length > 1 && (
            <span className="block text-dim">
              {settings.otherRegions(
                about.regions.filter((region) => region !== about.region).join(", "),
              )}
            </span>
          )}
        </Fact>
        <Fact name={settings.uptime}>
          <Took from={about.startedAt} />
          <span className="ml-2 text-dim">{settings.since(format.dateTime(about.startedAt))}</span>
        </Fact>
        {about.dataDir !== undefined && (
          <Fact name={settings.dataDir} copy={about.dataDir}>
            <code className="font-mono text-[13px] break-all">{about.dataDir}</code>
          </Fact>
        )}
        {scale !== 1 && (
          <Fact name={settings.waits}>{settings.waitsScaled(format.number(scale))}</Fact>
        )}
      </dl>
      <p className="mt-4 text-xs text-dim">{settings.changeHint}</p>
      <p className="mt-1 text-xs text-dim">{settings.licence}</p>
    </>
  );
}

function Fact({
  name,
  copy,
  children,
}: {
  readonly name: string;
  readonly copy?: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <dt className="text-dim sm:pt-px">{name}</dt>
      <dd className="flex min-w-0 items-start gap-1 max-sm:-mt-2.5">
        <span className="min-w-0">{children}</span>
        {copy !== undefined && <CopyButton value={copy} label={`${name}`} />}
      </dd>
    </>
  );
}
