import { createServer } from 'node:net';
import { Fault } from '../fault.js';

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : undefined;
      server.close(() => resolve(bound));
    });
  });
}

export const isFree = async (port: number): Promise<boolean> => (await listenOnce(port)) !== undefined;

export async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined)
    throw new Fault(
      'Máy không còn cổng trống trên 127.0.0.1: hãy tắt bớt chương trình rồi chạy lại.',
      'No port is free on 127.0.0.1: end some programs and start again.',
    );
  return port;
}

/**
 * A port somebody asked for by its setting must be free; one we chose ourselves gives way to a free one.
 * @throws Fault naming the setting
 */
export async function choosePort(setting: string, asked: number | undefined, usual: number): Promise<number> {
  if (asked === 0) return freePort();
  if (asked === undefined) return (await isFree(usual)) ? usual : freePort();
  if (await isFree(asked)) return asked;
  throw new Fault(
    `Cổng ${asked} đang được chương trình khác dùng: hãy tắt chương trình đó hoặc đặt ${setting} là một cổng trống.`,
    `Port ${asked} is taken by another program: end that program or set ${setting} to a free port.`,
  );
}
