import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';

interface Runnable {
  handler(context: never): Promise<void>;
}

/** What an action said and gave. */
export interface ActionRun {
  outputs: Record<string, unknown>;
  /** Lines of the task log. */
  lines: string[];
}

/** Runs an action as the scaffolder does, with the input as it stands. */
export async function runAction(
  action: Runnable,
  input: object,
  options: {
    workspacePath: string;
    isDryRun?: boolean;
    signal?: AbortSignal;
  },
): Promise<ActionRun> {
  const outputs: Record<string, unknown> = {};
  const logger = mockServices.logger.mock();
  const context = {
    ...createMockActionContext({
      input: input as JsonObject,
      workspacePath: options.workspacePath,
      logger,
    }),
    isDryRun: options.isDryRun,
    signal: options.signal,
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
  };
  await action.handler(context as never);
  const lines = [logger.info, logger.warn, logger.error].flatMap(({ mock }) =>
    mock.calls.map(([line]) => String(line)),
  );
  return { outputs, lines };
}

/** Inputs of an action's examples; `${{ … }}` is replaced by what `outputs` has for it. */
export function exampleInputs(
  examples: readonly { description: string; example: string }[],
  outputs: Record<string, unknown> = {},
): [description: string, input: JsonObject][] {
  return examples.flatMap(({ description, example }) =>
    (parse(example).steps as { input: JsonObject }[]).map(
      ({ input }): [string, JsonObject] => [
        description,
        Object.fromEntries(
          Object.entries(input).map(([key, value]) => {
            const reference = /^\$\{\{ (.*) \}\}$/.exec(String(value))?.[1];
            return [key, reference ? outputs[reference] : value];
          }),
        ) as JsonObject,
      ],
    ),
  );
}
