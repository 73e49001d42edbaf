import type { Widened } from "../catalogue.ts";
import type { audit as en } from "../en/audit.ts";

export const audit: Widened<typeof en> = {
  title: "감사",
  hint: "이 서버의 API 호출 기록입니다. 호출자와 허용 근거를 최신순으로 표시합니다.",
  list: "호출",
  filters: "필터",
  who: "호출자",
  whoHint: "ARN, 액세스 키 또는 주소의 일부",
  action: "작업",
  actionHint: "작업 또는 서비스 이름의 일부",
  resource: "리소스",
  resourceHint: "ARN의 일부",
  outcome: "결과",
  anyOutcome: "모든 결과",
  outcomes: { allowed: "완료", denied: "거부됨", failed: "실패" },
  since: "기간",
  times: { hour: "최근 1시간", day: "최근 24시간", week: "최근 7일", all: "보관된 전체" },
  reads: "조회 포함",
  refresh: "새로 고침",
  when: "시각",
  from: "출처",
  decidedBy: "판단 근거",
  record: "기록",
  open: (action) => `${action} 기록`,
  none: "필터와 일치하는 호출이 없습니다",
  noneHint: "기간을 늘리거나 조회를 포함해 보세요.",
  older: "이전 기록 더 찾기",
  offTitle: "이 서버는 호출을 기록하지 않습니다",
  offText:
    "서명을 요구하는 서버는 모든 호출을 기록합니다. 이 서버에서는 구성에 audit: {}를 추가하면 기록합니다.",
};
