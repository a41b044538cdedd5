import type { Command } from 'commander';
import { today } from '../cli/when.js';
import type { Io } from '../cli/io.js';

export interface InstrumentOptions {
  on?: string;
  paper: string;
  number: string;
  date?: string;
}

/** The paper an act rests on, and the first day on which it holds. */
export const instrumentOptions = (command: Command, io: Io): Command =>
  command
    .requiredOption('--number <number>', io.say({ vi: 'số, ký hiệu văn bản', en: 'number of the paper' }))
    .option('--paper <kind>', io.say({ vi: 'loại văn bản', en: 'kind of paper' }), 'QĐ')
    .option('--date <date>', io.say({ vi: 'ngày văn bản (mặc định hôm nay)', en: 'date of the paper (today)' }))
    .option('--on <date>', io.say({ vi: 'ngày hiệu lực (mặc định hôm nay)', en: 'first day it holds (today)' }));

export const instrumentOf = ({ paper: kind, number, date = today(), on = today() }: InstrumentOptions) => ({
  on,
  instrument: { kind, number, date },
});
