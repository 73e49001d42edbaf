import type { Widened } from "../catalogue.ts";
import type { monitoring as en } from "../en/monitoring.ts";

export const monitoring: Widened<typeof en> = {
  range: "표시 기간",
  ranges: { 1: "1시간", 6: "6시간", 24: "24시간", 168: "7일" },
  starts: "실행",
  startsHint: "시간대별로 시작되고 종료된 실행입니다.",
  running: "실행 중",
  runningHint: "시작했지만 아직 종료되지 않은 실행입니다.",
  rate: "실패율",
  rateHint: "종료된 실행 중 성공하지 못한 비율입니다.",
  durations: "소요 시간",
  durationsHint: "종료된 실행의 소요 시간입니다(종료 시각 기준).",
  started: "시작",
  succeeded: "성공",
  failed: "실패",
  p50: "p50",
  p99: "p99",
  each: (time) => `점 하나는 ${time}입니다.`,
  of: {
    metrics: "모든 실행을 분 단위로 집계합니다.",
    newest: "서버의 최근 실행 20,000개를 집계합니다.",
  },
  table: "표로 보기",
  until: "시각",
  none: "–",
};
