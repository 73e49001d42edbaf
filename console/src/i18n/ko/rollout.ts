import type { Widened } from "../catalogue.ts";
import type { rollout as en } from "../en/rollout.ts";

export const rollout: Widened<typeof en> = {
  outcome: "최근 24시간",
  outcomeOf: (version) => `버전 ${version}의 최근 24시간 결과`,
  byAlias: (alias) => `최근 24시간 동안 ${alias} 별칭으로 시작한 실행`,
  executions: "실행",
  failureRate: "실패율",
  p95: "p95",
  p95Hint: "실행의 95%가 이 시간 안에 끝났습니다",
  none: "시작 없음",
  unpublished: "현재 정의 (버전 없음)",
  unpublishedHint: "워크플로 ARN으로 직접 시작한 실행",
  saysAll: (alias, version) => `${alias}(으)로 시작하면 모두 버전 ${version}을(를) 실행합니다.`,
  saysSplit: (alias, first, a, second, b) =>
    `${alias}(으)로 100회 시작하면 약 ${a}회는 버전 ${first}, ${b}회는 버전 ${second}을(를) 실행합니다.`,
  saysRunning: "이미 진행 중인 실행은 기존 버전으로 계속됩니다.",
  saysChange: (version, before, after) => `버전 ${version}: ${before}에서 ${after}(으)로`,
  thisAlias: "이 별칭",
};
