export { readNotice, readNoticeText } from './read.js';
export { compareWithCase } from './compare.js';
export { isRefusal, placeOf } from './reading.js';
export { isSecretMarked } from './secrecy.js';
export { findingWords, refusalWords, sayFinding, sayRefusal, type Language } from './words.js';
export type {
  BodyName,
  DateRead,
  Direction,
  Due,
  ExpectedNotice,
  Figure,
  FigureKind,
  Finding,
  FindingCode,
  Item,
  Notice,
  NoticeReading,
  NoticeRefusal,
  Passage,
  Programme,
  Recipient,
  Reference,
  NoticeRefusalCode,
  Severity,
  Signer,
  SourceFormat,
  Span,
  Subject,
  Tier,
} from './types.js';
