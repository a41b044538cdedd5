import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Command } from '@giamsat/procedure';
import { campaignWorkflowId, caseWorkflowId } from '../workflow/ids.js';
import { type Answer, updateFor } from '../workflow/messages.js';

/** Over ten Updates in flight on one workflow the server turns some away and hands others out twice (seen with 1.32). */
const IN_FLIGHT = 8;
const ATTEMPTS = 3;

/** Gives commands to cases and campaigns, never too many at once to one of them. One per process. */
export class Commander {
  private readonly limits = new Map<string, LimitFunction>();

  constructor(private readonly client: Client) {}

  /**
   * The answer of the case, a refusal included. Exactly-once is Postgres's business: the same commandId is safe.
   * @throws what the client throws: no such workflow, no answer in time; then it may still be carried out
   */
  async give({ scope, id }: { scope: 'case' | 'campaign'; id: string }, command: Command): Promise<Answer> {
    const workflowId = scope === 'case' ? caseWorkflowId(id) : campaignWorkflowId(id);
    const limit = this.limits.get(workflowId) ?? pLimit(IN_FLIGHT);
    this.limits.set(workflowId, limit);
    try {
      return await limit(() => this.update(workflowId, command, ATTEMPTS));
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) this.limits.delete(workflowId);
    }
  }

  private async update(workflowId: string, command: Command, attempts: number): Promise<Answer> {
    const options = { updateId: command.envelope.commandId, args: [command] as [Command] };
    try {
      return await this.client.workflow.getHandle(workflowId).executeUpdate(updateFor(command), options);
    } catch (error) {
      if (attempts > 1 && isUnprocessed(error)) return this.update(workflowId, command, attempts - 1);
      throw error;
    }
  }
}

/** The server gave it up before the workflow had seen it; sent again it is accepted. */
const isUnprocessed = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === 'UnprocessedUpdate';
