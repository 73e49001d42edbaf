import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Bell, BellOff } from "lucide-react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { store, stored } from "../../app/preferences.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { taskIdOf } from "./task-id.ts";

const key = "approvalNotices";
const pollMs = 15_000;
/** More at once are one notice. */
const mostAtOnce = 3;
let isWanted = stored(key) === "on";
const listeners = new Set<() => void>();

function want(isOn: boolean): void {
  isWanted = isOn;
  store(key, isOn ? "on" : "off");
  for (const listener of listeners) listener();
}

function useIsOn(): boolean {
  const wanted = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isWanted,
  );
  // A browser may be told otherwise at any time.
  return wanted && "Notification" in window && Notification.permission === "granted";
}

/** Turns notices of new questions on the desktop on and off; they are off until somebody asks for them. */
export function NoticeButton() {
  const { approvals: text } = useText();
  const isOn = useIsOn();
  // Only pages that came by HTTPS, or from this computer, may show any.
  if (!("Notification" in window) || !window.isSecureContext) return null;
  const isDenied = Notification.permission === "denied";
  return (
    <Button
      aria-pressed={isOn}
      isDisabled={isDenied}
      onPress={() => {
        if (isOn) want(false);
        else void Notification.requestPermission().then((answer) => want(answer === "granted"));
      }}
    >
      {isOn ? <Bell aria-hidden size={14} /> : <BellOff aria-hidden size={14} />}
      {isDenied ? text.noticesDenied : isOn ? text.noticesOn : text.noticesOff}
    </Button>
  );
}

/** Shows a notice for each question that comes while the page is not looked at. Is nothing itself. */
export function ApprovalNotices() {
  const isOn = useIsOn();
  return isOn ? <Watch /> : null;
}

function Watch() {
  const { approvals: text } = useText();
  const format = useFormat();
  const router = useRouter();
  const { data } = useQuery({
    queryKey: keys.approvals,
    queryFn: server.approvals,
    refetchInterval: pollMs,
    refetchIntervalInBackground: true,
  });
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (data === undefined) return;
    const before = known.current;
    known.current = new Set(data.map(taskIdOf));
    if (before === undefined || document.hasFocus()) return;
    const come = data.filter((each) => !before.has(taskIdOf(each)));
    const notices =
      come.length > mostAtOnce
        ? [{ title: text.arrived(format.number(come.length)), body: text.title, task: undefined }]
        : come.map((each) => ({
            title: each.title,
            body: each.stateMachineName,
            task: taskIdOf(each),
          }));
    for (const { title, body, task } of notices) {
      const notice = new Notification(title, { body, ...(task !== undefined && { tag: task }) });
      notice.addEventListener("click", () => {
        window.focus();
        void router.navigate({ to: "/approvals", search: task === undefined ? {} : { task } });
        notice.close();
      });
    }
  }, [data, text, format, router]);
  return null;
}
