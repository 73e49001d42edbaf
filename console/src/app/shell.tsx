import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { CircleHelp, Menu as MenuIcon, PanelLeft, Search, SunMoon } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { ApprovalNotices } from "../pages/approvals/notices.tsx";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { keys } from "../api/keys.ts";
import { server } from "../api/client.ts";
import { heardBuild } from "../api/build.ts";
import { languages, useLanguage, useText, type Language } from "../i18n/language.tsx";
import { IconButton } from "../parts/button.tsx";
import { HelpOverlay } from "./help-overlay.tsx";
import { isMac, useShortcuts } from "./keys.ts";
import { LiveIndicator } from "./live-indicator.tsx";
import { placesOf } from "./navigation.ts";
import { OldBuildBanner } from "./old-build.tsx";
import { Palette } from "./palette.tsx";
import { store, stored } from "./preferences.ts";
import { setServerClock } from "./server-clock.ts";
import { chooseTheme, themes, useTheme, type Theme } from "./theme.ts";

/** What is around every page: the navigation, the search, the state of the stream. */
export function Shell() {
  const text = useText();
  const navigate = useNavigate();
  const [isNarrow, setNarrow] = useState(stored("rail") === "narrow");
  const [isOpen, setOpen] = useState(false);
  const [overlay, setOverlay] = useState<"palette" | "help" | undefined>();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => setOpen(false), [path]);

  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const now = session.data?.now;
  useEffect(() => {
    if (now !== undefined) setServerClock(now);
  }, [now]);
  const build = session.data?.build;
  useEffect(() => {
    if (build !== undefined) heardBuild(build);
  }, [build]);

  const places = useMemo(() => placesOf(session.data), [session.data]);
  useShortcuts(
    useMemo(() => {
      const group = text.app.menu;
      return [
        {
          keys: "Mod+k",
          label: text.app.search,
          group,
          run: () => setOverlay("palette"),
        },
        { keys: "?", label: text.app.help, group, run: () => setOverlay("help") },
        {
          keys: "[",
          label: text.app.collapse,
          group,
          run: () =>
            setNarrow((before) => {
              store("rail", before ? "wide" : "narrow");
              return !before;
            }),
        },
        ...places.map(({ to, name, keys: sequence }) => ({
          keys: sequence,
          label: text.nav[name],
          group,
          run: () => void navigate({ to }),
        })),
      ];
    }, [text, navigate, places]),
  );

  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-text focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {text.app.skipToContent}
      </a>
      {isOpen && (
        <div
          aria-hidden
          className="fixed inset-0 z-30 bg-bg/70 md:hidden"
          onClick={() => setOpen(false)}
        />
      )}
      <nav
        aria-label={text.app.menu}
        className={`fixed inset-y-0 left-0 z-40 flex w-56 shrink-0 flex-col border-r border-line bg-surface transition-transform md:sticky md:top-0 md:h-dvh md:translate-x-0 ${isOpen ? "translate-x-0 shadow-high" : "max-md:invisible -translate-x-full"} ${isNarrow ? "md:w-14" : "md:w-52"}`}
      >
        <Link
          to="/"
          className="flex h-13 items-center gap-2.5 px-4 text-[15px] font-semibold tracking-tight"
        >
          <Mark />
          <span className={isNarrow ? "md:sr-only" : ""}>{text.app.name}</span>
        </Link>
        <ul className="flex flex-col gap-0.5 px-2">
          {places.map(({ to, name, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                activeOptions={{ exact: to === "/", includeSearch: false }}
                title={isNarrow ? text.nav[name] : undefined}
                className="flex h-9 items-center gap-3 rounded-lg px-3 font-medium text-dim hover:bg-sunken hover:text-text"
                activeProps={{ className: "bg-accent-soft text-accent!" }}
              >
                <Icon aria-hidden size={17} className="shrink-0" />
                <span className={`grow truncate ${isNarrow ? "md:sr-only" : ""}`}>
                  {text.nav[name]}
                </span>
                {name === "approvals" && <WaitingCount isNarrow={isNarrow} />}
                {name === "approvals" && <ApprovalNotices />}
              </Link>
            </li>
          ))}
        </ul>
        <div className="grow" />
        <div className="hidden border-t border-line p-2 md:block">
          <IconButton
            label={isNarrow ? text.app.expand : text.app.collapse}
            onPress={() => {
              store("rail", isNarrow ? "wide" : "narrow");
              setNarrow(!isNarrow);
            }}
          >
            <PanelLeft aria-hidden size={16} />
          </IconButton>
        </div>
      </nav>
      <div className="flex min-w-0 grow flex-col">
        <header className="sticky top-0 z-20 flex h-13 shrink-0 items-center gap-2 border-b border-line bg-surface/95 px-3 backdrop-blur md:px-5">
          <IconButton label={text.app.menu} className="md:hidden" onPress={() => setOpen(true)}>
            <MenuIcon aria-hidden size={18} />
          </IconButton>
          <AriaButton
            onPress={() => setOverlay("palette")}
            className="flex h-8 w-full max-w-80 min-w-0 items-center gap-2 rounded-lg border border-line bg-sunken px-2.5 text-[13px] text-dim hover:border-line-strong"
          >
            <Search aria-hidden size={14} className="shrink-0" />
            <span className="grow truncate text-left">{text.app.search}</span>
            <kbd className="rounded border border-line bg-surface px-1.5 font-mono text-[11px] max-sm:hidden">
              {isMac ? "⌘K" : "Ctrl K"}
            </kbd>
          </AriaButton>
          <div className="grow" />
          {session.data !== undefined && (
            <span className="rounded-md border border-line px-2 py-0.5 font-mono text-[11px] whitespace-nowrap text-dim max-md:hidden">
              {session.data.accountId} · {session.data.region}
            </span>
          )}
          <LiveIndicator />
          <Choice
            label={text.app.theme}
            icon={<SunMoon aria-hidden size={16} />}
            options={themes.map((id) => ({ id, label: text.theme[id] }))}
            selected={useTheme()}
            onSelect={(id) => chooseTheme(id as Theme)}
          />
          <LanguageChoice />
          <IconButton label={text.app.help} onPress={() => setOverlay("help")}>
            <CircleHelp aria-hidden size={16} />
          </IconButton>
        </header>
        <OldBuildBanner />
        <main id="content" tabIndex={-1} className="min-w-0 grow px-3 py-5 outline-none md:px-6">
          <Outlet />
        </main>
      </div>
      <Palette isOpen={overlay === "palette"} onClose={() => setOverlay(undefined)} />
      <HelpOverlay isOpen={overlay === "help"} onClose={() => setOverlay(undefined)} />
    </div>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width={24} height={24} aria-hidden className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M7 8h6v5h6v5h6v6"
        fill="none"
        className="stroke-accent-text"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function WaitingCount({ isNarrow }: { readonly isNarrow: boolean }) {
  const approvals = useQuery({
    queryKey: keys.approvals,
    queryFn: server.approvals,
    refetchInterval: 15_000,
  });
  const count = approvals.data?.length ?? 0;
  if (count === 0) return null;
  return (
    <span
      className={`rounded-full bg-wait-soft px-1.5 text-xs font-semibold text-wait tabular-nums ${isNarrow ? "md:absolute md:ml-3 md:-mt-4" : ""}`}
    >
      {count}
    </span>
  );
}

function LanguageChoice() {
  const text = useText();
  const { language, speak } = useLanguage();
  return (
    <Choice
      label={`${text.app.language}: ${language}`}
      icon={<span className="text-xs font-semibold uppercase">{language}</span>}
      options={Object.entries(languages).map(([id, label]) => ({ id, label }))}
      selected={language}
      onSelect={(id) => speak(id as Language)}
    />
  );
}

function Choice({
  label,
  icon,
  options,
  selected,
  onSelect,
}: {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}) {
  return (
    <MenuTrigger>
      <IconButton label={label}>{icon}</IconButton>
      <Popover
        placement="bottom end"
        className="min-w-40 rounded-lg border border-line bg-raised p-1 shadow-high"
      >
        <Menu
          aria-label={label}
          selectionMode="single"
          selectedKeys={[selected]}
          onSelectionChange={(chosen) => {
            const [id] = chosen === "all" ? [] : [...chosen];
            if (id !== undefined) onSelect(String(id));
          }}
          className="outline-none"
        >
          {options.map(({ id, label: name }) => (
            <MenuItem
              key={id}
              id={id}
              className="cursor-pointer rounded-md px-3 py-1.5 text-[13px] outline-none data-[focused]:bg-sunken data-[selected]:font-semibold data-[selected]:text-accent"
            >
              {name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
