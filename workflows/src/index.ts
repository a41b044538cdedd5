/** The bundle's entry: each export is a workflow, its name the workflow's type. */
export { caseWorkflow as case } from './case.workflow.js';
export { campaignWorkflow as campaign } from './campaign.workflow.js';
export { deliveryWorkflow as delivery } from './delivery.workflow.js';
