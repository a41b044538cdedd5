/** A case in sentences, and why each of its dates is what it is. Pure: for the command line, the page and letters alike. */
export { sayDate, type Language } from './dates.js';
export { explainInWords } from './explain.js';
export { chronicle, type ChronicleWords, type Sentence } from './chronicle.js';
