import { Listr, PRESET_TIMER, type ListrTask } from 'listr2';
import type { Application, ApplicationProcess } from './application.js';
import type { Starter } from './starter.js';

/**
 * The start as a person sees it: each step with its progress and its time. Throws what the failing step threw.
 */
export async function takeSteps(starter: Starter, application: Application): Promise<void> {
  let failure: unknown;
  const remember = (task: ListrTask): ListrTask => ({
    ...task,
    task: async (context, self) => {
      try {
        return await task.task(context, self);
      } catch (error) {
        failure ??= error;
        throw new Error('xem dưới đây · see below', { cause: error });
      }
    },
  });
  await new Listr(tasksOf(starter, application, remember), {
    // The signals are ours: listr would leave the children running.
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false },
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { timer: PRESET_TIMER },
  })
    .run()
    .catch((error: unknown) => {
      throw failure ?? error;
    });
}

type Wrap = (task: ListrTask) => ListrTask;

function tasksOf(starter: Starter, application: Application, wrap: Wrap): ListrTask[] {
  const processes = application.processes.map((wanted) => wrap(one(starter, wanted)));
  const servers = [postgres(starter), temporal(starter)].map(wrap);
  const tasks: ListrTask[] = [
    {
      title: 'Thư mục dữ liệu · Data folder',
      task: async (_, task) => {
        const ended = await starter.takeHome();
        if (ended.length > 0) task.title += ` (đã dừng tiến trình sót lại · ended leftovers: ${ended.join(', ')})`;
      },
    },
    {
      title: 'Máy chủ Temporal · Temporal server',
      skip: () => !starter.usesOwnTemporal && 'TEMPORAL_ADDRESS',
      task: async (_, task) => {
        task.title += ` (${from[await starter.findTemporal()]})`;
      },
    },
    {
      title: 'Postgres 18 + Temporal',
      task: (_, task) => task.newListr(servers, { concurrent: true }),
    },
    { title: 'Cơ sở dữ liệu · Database schema', task: () => starter.prepareDatabase() },
    {
      title: 'Ứng dụng · Application',
      task: (_, task) => task.newListr(processes, { concurrent: true }),
    },
    {
      title: 'Dữ liệu mẫu · Demo',
      enabled: () => starter.demoIsMissing,
      task: () => starter.loadDemo(),
    },
  ];
  return tasks.map(wrap);
}

const from: Record<string, string> = {
  path: 'có sẵn trong PATH · on PATH',
  kept: 'đã tải · kept',
  wheel: 'tải từ PyPI · from PyPI',
  sdk: 'tải qua SDK · through the SDK',
};

const postgres = (starter: Starter): ListrTask => ({
  title: 'Postgres 18',
  skip: () => !starter.usesOwnPostgres && 'DATABASE_URL',
  task: () => starter.startPostgres(),
});

const temporal = (starter: Starter): ListrTask => ({
  title: 'Temporal',
  task: () => (starter.usesOwnTemporal ? starter.startTemporal() : starter.reachTemporal()),
});

const one = (starter: Starter, wanted: ApplicationProcess): ListrTask => ({
  title: wanted.name,
  task: () => starter.startProcess(wanted),
});
