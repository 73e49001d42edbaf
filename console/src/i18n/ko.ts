import type { Catalogue } from "./catalogue.ts";
import { ko as live } from "./features/live.ts";
import { ko as graph } from "./features/graph.ts";
import { ko as imports } from "./features/import.ts";
import { ko as runHead } from "./features/runHead.ts";
import { ko as compare } from "./features/compare.ts";
import { ko as home } from "./features/home.ts";
import { ko as workflows } from "./features/workflows.ts";
import { ko as executions } from "./features/executions.ts";
import { ko as execution } from "./features/execution.ts";
import { ko as approvals } from "./features/approvals.ts";
import { ko as mapRuns } from "./features/mapRuns.ts";
import { ko as activities } from "./features/activities.ts";
import { ko as metrics } from "./features/metrics.ts";
import { ko as settings } from "./features/settings.ts";
import { ko as run } from "./features/run.ts";
import { ko as json } from "./features/json.ts";
import { ko as inspector } from "./features/inspector.ts";
import { ko as start } from "./features/start.ts";
import { ko as editing } from "./features/editing.ts";
import { ko as rollout } from "./features/rollout.ts";
import { ko as monitoring } from "./features/monitoring.ts";
import { ko as workflowList } from "./features/workflowList.ts";
import { ko as startMany } from "./features/startMany.ts";

export const ko: Catalogue = {
  app: {
    name: "Stepwell",
    skipToContent: "본문으로 건너뛰기",
    search: "검색하거나 ARN 붙여넣기",
    loading: "불러오는 중",
    retry: "다시 시도",
    close: "닫기",
    cancel: "취소",
    copy: "복사",
    copied: "복사됨",
    more: "더 보기",
    open: "열기",
    back: "뒤로",
    none: "없음",
    of: (a, b) => `${b} 중 ${a}`,
    notFound: "페이지를 찾을 수 없습니다",
    notFoundHint: "이 콘솔에 없는 주소입니다.",
    failed: "읽을 수 없습니다",
    menu: "메뉴",
    theme: "테마",
    language: "언어",
    help: "단축키",
    actions: "작업",
    collapse: "탐색 메뉴 접기",
    expand: "탐색 메뉴 펼치기",
  },
  theme: { system: "시스템", light: "밝게", dark: "어둡게", contrast: "고대비" },
  nav: {
    home: "홈",
    workflows: "워크플로",
    executions: "실행",
    approvals: "승인",
    mapRuns: "맵 실행",
    activities: "활동",
    metrics: "지표",
    settings: "설정",
  },
  live,
  status: {
    RUNNING: "실행 중",
    SUCCEEDED: "성공",
    FAILED: "실패",
    TIMED_OUT: "시간 초과",
    ABORTED: "중단됨",
    PENDING_REDRIVE: "재실행 대기",
    running: "실행 중",
    waiting: "대기 중",
    retrying: "재시도 중",
    succeeded: "성공",
    caught: "오류 처리됨",
    failed: "실패",
    aborted: "중단됨",
    scheduled: "예약됨",
    pending: "대기",
    notEntered: "진입하지 않음",
  },
  time: {
    now: "지금",
    started: "시작",
    ended: "종료",
    duration: "소요 시간",
    ago: (text) => `${text} 전`,
  },
  graph,
  imports,
  home,
  workflows,
  executions,
  execution,
  compare,
  runHead,
  approvals,
  mapRuns,
  activities,
  metrics,
  settings,
  run,
  json,
  inspector,
  start,
  editing,
  rollout,
  monitoring,
  workflowList,
  startMany,
};
