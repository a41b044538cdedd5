export * from './engine.js';
export * from './ids.js';
export * from './messages.js';
