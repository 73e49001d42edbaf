import type { Catalogue } from "./catalogue.ts";
import { live } from "./ko/live.ts";
import { graph } from "./ko/graph.ts";
import { imports } from "./ko/import.ts";
import { runHead } from "./ko/runHead.ts";
import { compare } from "./ko/compare.ts";
import { home } from "./ko/home.ts";
import { signIn } from "./ko/signIn.ts";
import { access } from "./ko/access.ts";
import { workflows } from "./ko/workflows.ts";
import { executions } from "./ko/executions.ts";
import { execution } from "./ko/execution.ts";
import { approvals } from "./ko/approvals.ts";
import { mapRuns } from "./ko/mapRuns.ts";
import { activities } from "./ko/activities.ts";
import { audit } from "./ko/audit.ts";
import { metrics } from "./ko/metrics.ts";
import { standIns } from "./ko/standIns.ts";
import { settings } from "./ko/settings.ts";
import { run } from "./ko/run.ts";
import { json } from "./ko/json.ts";
import { inspector } from "./ko/inspector.ts";
import { keyLost } from "./ko/keyLost.ts";
import { start } from "./ko/start.ts";
import { editing } from "./ko/editing.ts";
import { rollout } from "./ko/rollout.ts";
import { monitoring } from "./ko/monitoring.ts";
import { workflowList } from "./ko/workflowList.ts";
import { startMany } from "./ko/startMany.ts";

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
    triggers: "트리거",
    functions: "함수",
    stacks: "스택",
    standIns: "대역 서비스",
    access: "접근 권한",
    audit: "감사",
    metrics: "지표",
    alerts: "경보",
    cost: "비용",
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
  signIn,
  access,
  home,
  workflows,
  executions,
  execution,
  compare,
  runHead,
  approvals,
  mapRuns,
  activities,
  audit,
  metrics,
  standIns,
  settings,
  run,
  json,
  inspector,
  keyLost,
  start,
  editing,
  rollout,
  monitoring,
  workflowList,
  startMany,
};
