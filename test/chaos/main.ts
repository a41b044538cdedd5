// `npm run chaos [-- --minutes 5 --seed 7]`: kills at random under a running campaign, then judges what is left.
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { Option } from 'commander';
import { aboveZero, script, seed } from '../support/script-options.js';
import { chaos } from './chaos.js';
import { storm } from './contexts.js';
import { withPostgres } from './own-postgres.js';
import { generator } from './random.js';
import { watchedCampaigns } from './watched.js';
import { PLANTS, type Plant } from './plants.js';

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const options = script('chaos')
  .option('--minutes <n>', 'how long servers and services are killed', aboveZero, 2)
  .addOption(seed('the same seed kills and commands alike'))
  .option('--cases <n>', 'cases of a campaign', aboveZero, 9)
  .addOption(new Option('--plant <fault>', 'puts one in first, which must be found').choices(Object.keys(PLANTS)))
  .parse()
  .opts<{ minutes: number; seed: number; cases: number; plant?: Plant }>();
console.log(`seed ${options.seed}`);
const { record: _, ...report } = await chaos({
  seed: options.seed,
  seconds: options.minutes * 60,
  cases: options.cases,
  plant: options.plant,
  log: (line) => console.log(line),
  onStart: (end, rig) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (end.at <= Date.now()) return void rig.stop().finally(() => process.exit(130));
        console.log(`${signal}: no more kills; the record so far is judged (once more ends it without)`);
        end.at = Date.now();
      });
  },
});
console.log(JSON.stringify(report, null, 2));
const contexts = await withPostgres(async (open) => {
  const watched = await watchedCampaigns(await open('superuser'), await open('engine'), 4);
  return storm(await open('app', 6), watched, 10_000, generator(report.seed));
});
console.log(JSON.stringify(contexts, null, 2));
process.exitCode = report.faults.length + contexts.foreign + contexts.blind > 0 ? 1 : 0;
