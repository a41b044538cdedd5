import type { Attester } from '@giamsat/contracts/attest';
import { attested, Commander, startStream } from '@giamsat/contracts/temporal';
import {
  type Answer,
  campaignWorkflowId,
  caseWorkflowId,
  pack,
  type StreamInput,
  TASK_QUEUE,
  updateFor,
} from '@giamsat/contracts/workflow';
import type { Command } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { type Client, WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';

/** How long a person is kept waiting (design §3.5); the command is not lost when it takes longer. */
export const ANSWER_WITHIN_MS = 5_000;

export type Scope = StreamInput['scope'];
export type PersonCommand = Exclude<Command, { type: 'passMoment' }>;
/** `null`: no answer in time. It may still be carried out; the same command id is safe. */
export type Asked = Answer | null | 'no-workflow';

/** Everything the api asks of Temporal. Screens never do (design §3.14). */
@Injectable()
export class Engine {
  private readonly commander: Commander;

  constructor(
    private readonly client: Client,
    private readonly attester: Attester,
    private readonly limitMs = ANSWER_WITHIN_MS,
  ) {
    this.commander = new Commander(client, attester);
  }

  /**
   * Gives a command to its case or campaign. Exactly-once is Postgres's business and not the updateId's: the server
   * forgets refused Updates (design §3.6).
   */
  ask(scope: Scope, id: string, command: PersonCommand): Promise<Asked> {
    return this.answerOf(() => this.commander.give({ scope, id }, command));
  }

  /** The same, for a stream whose workflow has ended or is gone: it is started from the ledger together with the Update. */
  revive(input: StreamInput, command: PersonCommand): Promise<Asked> {
    const startWorkflowOperation = new WithStartWorkflowOperation(input.scope, {
      workflowId: workflowIdOf(input.scope, input.id),
      taskQueue: TASK_QUEUE,
      args: [pack(input)],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    // Rejected apart from the Update, and nobody waits for it.
    startWorkflowOperation.workflowHandle().catch(() => undefined);
    const options = {
      updateId: command.envelope.commandId,
      args: [command, this.attester.sign(input, command)] as never,
    };
    return this.answerOf(async () =>
      attested(
        await this.client.workflow.executeUpdateWithStart(updateFor(command), { ...options, startWorkflowOperation }),
      ),
    );
  }

  /** False when it runs already. */
  start(input: StreamInput): Promise<boolean> {
    return this.client.withDeadline(Date.now() + this.limitMs, () => startStream(this.client, input));
  }

  /** Also one that was ended in Temporal by somebody's hand. False when it runs already. */
  restore(input: StreamInput): Promise<boolean> {
    return this.client.withDeadline(Date.now() + this.limitMs, () =>
      startStream(this.client, input, { restore: true }),
    );
  }

  async check(): Promise<void> {
    await this.client.withDeadline(Date.now() + this.limitMs, () => this.client.workflowService.getSystemInfo({}));
  }

  private async answerOf(update: () => Promise<Answer>): Promise<Asked> {
    try {
      return await this.client.withDeadline(Date.now() + this.limitMs, update);
    } catch (error) {
      return isNotFound(error) ? 'no-workflow' : null;
    }
  }
}

const workflowIdOf = (scope: Scope, id: string): string =>
  scope === 'case' ? caseWorkflowId(id) : campaignWorkflowId(id);

/** Never started, ended, or deleted; the ledger knows which. */
const isNotFound = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError ||
  (error as { cause?: unknown } | null)?.cause instanceof WorkflowNotFoundError;
