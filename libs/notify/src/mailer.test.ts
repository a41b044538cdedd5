import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { createMailer, MailRefused, messageIdOf, type Mail } from './mailer.js';

const mail: Mail = {
  messageId: messageIdOf('0198-n1'),
  to: { name: 'Lê Văn B', address: 'b@example.vn' },
  subject: 'Việc sắp đến hạn',
  text: 'Báo cáo tự giám sát\n',
};

describe('mail as files', () => {
  it('writes one whole file a mail, and a repeat replaces itself', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'mail-'));
    const mailer = createMailer({ from: 'giamsat@example.vn', directory });
    await mailer.send(mail);
    await mailer.send(mail);
    const files = await readdir(directory);
    expect(files).toHaveLength(1);
    expect(await readFile(join(directory, files[0]!), 'utf8')).toContain('Message-ID: <0198-n1@giamsat>');
    await rm(directory, { recursive: true });
  });
});

describe('mail by SMTP', () => {
  let server: SMTPServer;
  let url: string;
  const taken: string[] = [];

  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo({ address }, _session, callback) {
        if (address === 'gone@example.vn')
          return callback(Object.assign(new Error('no such user'), { responseCode: 550 }));
        if (address === 'busy@example.vn')
          return callback(Object.assign(new Error('try later'), { responseCode: 451 }));
        callback();
      },
      onData(stream, _session, callback) {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          taken.push(text);
          callback();
        });
      },
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const send = async (address: string): Promise<void> => {
    const mailer = createMailer({ from: 'giamsat@example.vn', smtpUrl: url, directory: '' });
    try {
      await mailer.send({ ...mail, to: { ...mail.to, address } });
    } finally {
      mailer.close();
    }
  };

  it('hands the letter over under its own id', async () => {
    await send('b@example.vn');
    expect(taken.at(-1)).toContain('Message-ID: <0198-n1@giamsat>');
  });

  it('tells a refusal for good from a refusal for now', async () => {
    await expect(send('gone@example.vn')).rejects.toEqual(new MailRefused('550'));
    await expect(send('busy@example.vn')).rejects.not.toBeInstanceOf(MailRefused);
  });
});
