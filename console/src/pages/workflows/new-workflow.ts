import { useQuery } from "@tanstack/react-query";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";

/** A definition to begin with: it runs at once, and shows a state's input and output. */
export const sampleDefinition = `{
  "Comment": "Greets whoever the input names.",
  "QueryLanguage": "JSONata",
  "StartAt": "Greet",
  "States": {
    "Greet": {
      "Type": "Pass",
      "Output": { "greeting": "{% 'Hello, ' & ($states.input.name ? $states.input.name : 'World') %}" },
      "End": true
    }
  }
}
`;

/** A role's ARN that does for a workflow of this server. */
export function useDefaultRole(): string {
  const { data } = useQuery({ queryKey: keys.session, queryFn: server.session });
  return `arn:aws:iam::${data?.accountId ?? "000000000000"}:role/stepwell`;
}
