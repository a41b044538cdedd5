/**
 * The SDK takes a stack trace for every promise a workflow makes, ten frames read through the source map, a tenth of what a
 * step costs. An error keeps the two frames it was thrown from.
 */
Error.stackTraceLimit = 2;
export {};
