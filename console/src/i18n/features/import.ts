import type { Widened } from "../catalogue.ts";

/** A history from a file, looked at without a server. */
export const en = {
  title: "Import a history",
  hint: "Look at an execution from a file: one of AWS, of this server or of another one",
  command: "Import a history from a file",
  drop: "Drop a history here",
  dropHint:
    "The JSON that GetExecutionHistory answers, as the AWS CLI or “Export the history” saves it. It is shown with graph, timeline, data and every moment, as any execution is.",
  choose: "Choose a file",
  another: "Open another file",
  stays: "The file is read in this browser. Nothing is sent or stored.",
  fromAws: "From AWS, with the AWS CLI",
  fromHere: "From this server, with the AWS CLI",
  badge: "Imported file, read only",
  close: "Close the file",
  role: "Role",
  derived:
    "A history has no definition in it. The graph shows the states that were entered; add the definition to see all of it.",
  derivedHint:
    "Made of the states that were entered. Conditions, data fields and what was never entered are missing.",
  gaps: "Events are missing: this is a part of a history.",
  unplaced: (count: string) =>
    count === "1"
      ? "1 event fits nowhere and is in the list of events only."
      : `${count} events fit nowhere and are in the list of events only.`,
  unfinished: "The execution was running when the file was saved. Times end with its newest event.",
  addDefinition: "Add the definition",
  changeDefinition: "Change the definition",
  definitionTitle: "Definition of the execution",
  definitionHint:
    "Paste the Amazon States Language definition that it ran by, or choose a file. The answer of DescribeStateMachine is fine too.",
  useDefinition: "Show with it",
  withoutDefinition: "Show without",
  faults: {
    notJson: "This is not JSON.",
    noEvents: "There are no history events in it.",
    tooMany: "It has more events than can be shown.",
    tooLarge: "It is too large to be read here.",
    noDefinition: "This is not a definition: it has no States.",
  },
} as const;

export const ko: Widened<typeof en> = {
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
