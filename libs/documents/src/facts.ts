import type { Doc } from './doc.js';
import type { Head } from './head.js';
import type { References } from './references.js';
import type { Sections } from './sections.js';
import type { Tail } from './signature.js';
import type { Notice, SourceFormat } from './types.js';

/** All that was read, for the checks. */
export interface Facts {
  readonly doc: Doc;
  readonly format: SourceFormat;
  readonly notice: Notice;
  readonly head: Head;
  readonly tail: Tail;
  readonly sections: Sections;
  readonly references: References;
}
