import { PREFIX } from '@giamsat/contracts/http';
import { Controller } from '@nestjs/common';
import type { AnswerOf, Call } from '../http/call.js';
import { Serves } from '../http/serves.js';
import { OwedMeasures } from './owed-measures.js';

@Controller(PREFIX)
export class MeasureController {
  constructor(private readonly owed: OwedMeasures) {}

  @Serves('listOwedMeasures')
  list(call: Call<'listOwedMeasures'>): Promise<AnswerOf<'listOwedMeasures'>> {
    return this.owed.list(call);
  }

  @Serves('reportMeasure')
  report(call: Call<'reportMeasure'>): Promise<AnswerOf<'reportMeasure'>> {
    return this.owed.report(call);
  }
}
