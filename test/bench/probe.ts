import { sizeOf } from './size.js';
console.log('on time', await sizeOf('on-time', 6));
console.log('late', await sizeOf('late', 12));
