import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { HealthBadge, HealthFacts } from "../../parts/health.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Took } from "../../parts/time.tsx";
import { cardLinkLook } from "./card-link.ts";

/** Our choice: how often it is asked how the server is doing. It takes a sample every five seconds. */
const askMs = 5_000;

/** How the process that serves this page is doing. */
export function Health() {
  const words = useText().home.health;
  const health = useQuery({
    queryKey: keys.health,
    queryFn: server.health,
    refetchInterval: askMs,
  });
  return (
    <Card
      title={words.title}
      flush
      className="h-full"
      aside={health.data !== undefined && <HealthBadge level={health.data.level} />}
    >
      <Read query={health}>
        {({ checks, version, startedAt }) => (
          <div className="px-4 pt-2 pb-1.5">
            <HealthFacts checks={checks} />
            <p className="mt-1 flex flex-wrap items-center gap-x-4 text-xs text-dim">
              <span className="basis-full">
                {words.version(version)} · {words.up} <Took from={startedAt} />
              </span>
              <Link to="/metrics" className={cardLinkLook}>
                {words.metrics}
              </Link>
              <Link to="/settings" hash="storage" className={cardLinkLook}>
                {words.storage}
              </Link>
            </p>
          </div>
        )}
      </Read>
    </Card>
  );
}
