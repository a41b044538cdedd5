import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Command } from '@giamsat/procedure';
import { Attester, NOT_ATTESTED, type StreamOf } from '../attest/index.js';
import { campaignWorkflowId, caseWorkflowId } from '../workflow/ids.js';
import { type Answer, type CommitInput, updateFor } from '../workflow/messages.js';

/** Over ten Updates in flight on one workflow the server turns some away and hands others out twice (seen with 1.32). */
const IN_FLIGHT = 8;
const ATTEMPTS = 3;

/** Gives commands to cases and campaigns, never too many at once to one of them. One per process. */
export class Commander {
  private readonly limits = new Map<string, LimitFunction>();

  constructor(
    private readonly client: Client,
    private readonly attester = new Attester(),
  ) {}

  /**
   * The answer of the case, a refusal included. Exactly-once is Postgres's business: the same commandId is safe.
   * @throws what the client throws: no such workflow, no answer in time; then it may still be carried out
   */
  async give({ scope, id }: { scope: 'case' | 'campaign'; id: string }, command: Command): Promise<Answer> {
    const workflowId = scope === 'case' ? caseWorkflowId(id) : campaignWorkflowId(id);
    const limit = this.limits.get(workflowId) ?? pLimit(IN_FLIGHT);
    this.limits.set(workflowId, limit);
    try {
      const { mac } = this.attest({ scope, id }, command);
      return attested(await limit(() => this.update(workflowId, command, mac ?? undefined, ATTEMPTS)));
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) this.limits.delete(workflowId);
    }
  }

  /** For a commit without a workflow. */
  attest(stream: StreamOf, command: Command): CommitInput['attested'] {
    return { command, mac: this.attester.sign(stream, command) ?? null };
  }

  private async update(
    workflowId: string,
    command: Command,
    mac: string | undefined,
    attempts: number,
  ): Promise<Answer> {
    const options = { updateId: command.envelope.commandId, args: [command, mac] as [Command, string?] };
    try {
      return await this.client.workflow.getHandle(workflowId).executeUpdate(updateFor(command), options);
    } catch (error) {
      if (attempts > 1 && isUnprocessed(error)) return this.update(workflowId, command, mac, attempts - 1);
      throw error;
    }
  }
}

/**
 * A commit that did not know our key is no answer to anybody.
 * @throws Error that says so
 */
export function attested(answer: Answer): Answer {
  if ((answer.refusal?.code as string | undefined) === NOT_ATTESTED)
    throw new Error('the database does not know the key this command was attested with');
  return answer;
}

/** The server gave it up before the workflow had seen it; sent again it is accepted. */
const isUnprocessed = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === 'UnprocessedUpdate';
