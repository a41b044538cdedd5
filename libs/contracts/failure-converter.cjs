// The SDK loads this by path, outside and inside the workflow sandbox: therefore CommonJS and no build step. Messages and
// stack traces of failures travel as payloads, so that the codec encrypts them like everything else (design §3.12).
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
