export * from './engine.js';
export * from './ids.js';
export * from './messages.js';
export * from './travel.js';
