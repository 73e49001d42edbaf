import type { Widened } from "../../catalogue.ts";
import type { alerts as en } from "../en/alerts.ts";

export const alerts: Widened<typeof en> = {
  title: "경보",
  hint: "매분 확인하는 조건과, 상태가 바뀌면 알림을 받는 대상입니다.",
  alerts: "구성 파일의 경보",
  alarms: "CloudWatch 경보",
  since: (when) => `${when}부터`,
  read: (value) => `측정값: ${value}`,
  executions: "실행 보기",
  all: "모든 워크플로",
  firing: "발생 중",
  quiet: "정상",
  alarmStates: { OK: "정상", ALARM: "경보 상태", INSUFFICIENT_DATA: "데이터 부족" },
  when: {
    failureRate: (workflow, above, minutes) =>
      `${minutes}분 동안 ${workflow}의 실패율이 ${above}% 초과`,
    stuck: (workflow, above, minutes) =>
      `${minutes}분 넘게 실행 중인 ${workflow} 실행이 ${above}건 초과`,
    backlog: (workflow, above) => `실행 중인 ${workflow} 실행이 ${above}건 초과`,
    noSuccess: (workflow, _above, minutes) => `${minutes}분 동안 성공한 ${workflow} 실행 없음`,
  },
  none: "아직 알릴 것이 없습니다",
  noneHint: "구성 파일의 “alerts”에 규칙을 적거나, 이 서버의 CloudWatch API로 경보를 만드세요.",
};
