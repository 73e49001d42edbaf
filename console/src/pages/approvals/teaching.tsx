import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Card, Empty } from "../../parts/layout.tsx";

/** The example that comes with Stepwell: its orders of more than 500 have to be approved. */
const example = "order-processing";
const largeOrder = {
  orderId: "A-1",
  customer: "ada",
  card: "4242424242424242",
  items: [{ sku: "desk", quantity: 1, price: 900 }],
};

const askingState = {
  "Ask for approval": {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    Arguments: {
      FunctionName: "tell-somebody",
      Payload: {
        title: "{% 'Refund of ' & $states.input.amount %}",
        text: "{% $states.input.reason %}",
        taskToken: "{% $states.context.Task.Token %}",
        schema: {
          type: "object",
          required: ["approved"],
          properties: {
            approved: { type: "boolean" },
            limit: { type: "integer", minimum: 0 },
          },
        },
      },
    },
    TimeoutSeconds: 86_400,
    Next: "Approved?",
  },
};

/** What an inbox with nothing in it has to say. */
export function Teaching() {
  const { approvals: text } = useText();
  const client = useQueryClient();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const workflows = useQuery({ queryKey: keys.workflows, queryFn: server.workflows });
  const found = workflows.data?.find(({ name }) => name === example);
  const start = useMutation({
    mutationFn: (stateMachineArn: string) =>
      server.call(
        "StartExecution",
        { stateMachineArn, input: JSON.stringify(largeOrder) },
        regionOf(stateMachineArn),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.approvals }),
  });
  const { endpoint = "", region = "" } = session.data ?? {};
  const aws = `aws stepfunctions --endpoint-url ${endpoint} --region ${region}`;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Card>
        <Empty
          title={text.emptyTitle}
          action={
            found !== undefined && (
              <>
                <Button
                  look="primary"
                  isDisabled={start.isPending}
                  onPress={() => start.mutate(found.stateMachineArn)}
                >
                  <Play aria-hidden size={14} />
                  {text.emptyTry}
                </Button>
                <p role="status" className="text-[13px] text-dim">
                  {start.isSuccess && text.started}
                  {start.isError && start.error.message}
                </p>
              </>
            )
          }
        >
          {text.emptyText}
        </Empty>
        {session.data !== undefined && (
          <div className="flex flex-col gap-4">
            {found !== undefined && (
              <CodeBlock
                label={text.emptyCli}
                code={`${aws} start-execution \\\n  --state-machine-arn ${found.stateMachineArn} \\\n  --input '${JSON.stringify(largeOrder)}'`}
              />
            )}
            <CodeBlock
              label={text.emptyAnswerCli}
              code={`${aws} send-task-success \\\n  --task-token TOKEN --task-output '{"approved":true}'`}
            />
          </div>
        )}
      </Card>
      <Card>
        <CodeBlock label={text.emptyState} code={JSON.stringify(askingState, null, 2)} />
      </Card>
    </div>
  );
}
