/** Workflow ids, task queues and command ids are made here and nowhere else; none carries a name. */
export const TASK_QUEUE = 'giamsat';
export const caseWorkflowId = (caseId: string): string => `case/${caseId}`;
export const campaignWorkflowId = (campaignId: string): string => `campaign/${campaignId}`;
export const DELIVERY_WORKFLOW_ID = 'delivery';
/** A due moment's command id derives from stream and moment, so the same moment can act once only. */
export const momentCommandId = (stream: string, moment: string): string => `moment/${stream}/${moment}`;
/** Commands one act of the campaign gives to many cases (team, calendar, procedure). */
export const fanOutCommandId = (campaignId: string, seq: number, caseId: string): string =>
  `fan-out/${campaignId}/${seq}/${caseId}`;
/** The campaign's own word that every case of a wave stands. */
export const completeLaunchCommandId = (campaignId: string, wave: number): string => `launched/${campaignId}/${wave}`;
/** Notices of one delivery batch, brought back to their case. */
export const endNoticesCommandId = (caseId: string, batch: string): string => `ends/${caseId}/${batch}`;
