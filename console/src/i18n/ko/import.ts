import type { Widened } from "../catalogue.ts";
import type { imports as en } from "../en/import.ts";

export const imports: Widened<typeof en> = {
  title: "기록 가져오기",
  hint: "파일에 저장된 실행을 봅니다. AWS, 이 서버, 다른 서버의 기록 모두 됩니다",
  command: "파일에서 기록 가져오기",
  drop: "여기에 기록 파일을 놓으세요",
  dropHint:
    "AWS CLI나 ‘기록 내보내기’로 저장한 GetExecutionHistory 응답(JSON)입니다. 다른 실행과 똑같이 그래프, 타임라인, 데이터와 모든 시점을 볼 수 있습니다.",
  choose: "파일 선택",
  another: "다른 파일 열기",
  stays: "파일은 이 브라우저에서만 읽습니다. 전송하거나 저장하지 않습니다.",
  fromAws: "AWS에서 AWS CLI로 받기",
  fromHere: "이 서버에서 AWS CLI로 받기",
  badge: "가져온 파일, 읽기 전용",
  simulation: "시뮬레이션, 읽기 전용",
  simulationHint:
    "디자이너가 모의 응답으로 정의를 실행하고 대기 시간을 건너뛰었습니다. 이 서버의 실행이 아닙니다.",
  close: "파일 닫기",
  role: "역할",
  derived:
    "기록에는 정의가 들어 있지 않아 진입한 상태만 그래프에 표시합니다. 전체를 보려면 정의를 추가하세요.",
  derivedHint: "진입한 상태로 만든 정의입니다. 조건, 데이터 필드, 진입하지 않은 상태는 없습니다.",
  gaps: "빠진 이벤트가 있습니다. 기록의 일부입니다.",
  unplaced: (count) => `이벤트 ${count}개는 위치를 알 수 없어 이벤트 목록에만 표시합니다.`,
  unfinished: "저장할 때 실행 중이던 기록입니다. 시간은 마지막 이벤트까지만 표시합니다.",
  addDefinition: "정의 추가",
  changeDefinition: "정의 변경",
  definitionTitle: "실행의 정의",
  definitionHint:
    "이 실행에 사용된 Amazon States Language 정의를 붙여넣거나 파일을 선택하세요. DescribeStateMachine 응답도 됩니다.",
  useDefinition: "적용",
  withoutDefinition: "정의 없이 보기",
  faults: {
    notJson: "JSON이 아닙니다.",
    noEvents: "기록 이벤트가 없습니다.",
    tooMany: "표시할 수 있는 것보다 이벤트가 많습니다.",
    tooLarge: "파일이 너무 커서 읽을 수 없습니다.",
    noDefinition: "정의가 아닙니다. States가 없습니다.",
  },
};
