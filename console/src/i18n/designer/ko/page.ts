export const page = {
  designer: "디자이너",
  newWorkflow: "새 워크플로",
  mode: "보기",
  modes: { design: "디자인", code: "코드", split: "나란히", config: "구성" },
  undo: "실행 취소",
  redo: "다시 실행",
  keys: "디자이너",
  stale:
    "지금은 텍스트를 읽을 수 없어 이전 그래프를 보여 줍니다. 텍스트를 고치거나 실행을 취소하세요.",
  palette: "팔레트",
  inspector: "속성",
  refused: "할 수 없는 일입니다",
  done: (edit: string) => `완료: ${edit}`,
};
