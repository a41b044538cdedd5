import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import { dataConverter } from './data-converter.js';
import { EncryptingCodec } from './encrypting-codec.js';
import { parsePayloadKeys } from './payload-keys.js';
import { openRemotely } from './remote-codec.js';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const of = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'default', workflowId });
const sample = (): Payload => defaultPayloadConverter.toPayload({ step: 'self-report' });
const read = (payloads: Payload[]): unknown => defaultPayloadConverter.fromPayload(payloads[0]!);

describe('encrypting codec', () => {
  const old = key('2025');
  const codec = new EncryptingCodec(parsePayloadKeys(old));

  it('opens what it sealed, for the workflow and for its activities', async () => {
    const sealed = await codec.encode([sample()], of('case/1'));
    expect(Buffer.from(sealed[0]!.data!).toString()).not.toContain('self-report');
    const activity: SerializationContext = {
      type: 'activity',
      namespace: 'default',
      workflowId: 'case/1',
      isLocal: true,
    };
    expect(read(await codec.decode(sealed, activity))).toEqual({ step: 'self-report' });
  });

  it('does not open a payload carried over from another workflow', async () => {
    const sealed = await codec.encode([sample()], of('case/1'));
    await expect(codec.decode(sealed, of('case/2'))).rejects.toThrow();
  });

  it('does not seal or open without a workflow id', async () => {
    await expect(codec.encode([sample()])).rejects.toThrow('workflow id');
  });

  it('opens payloads of the key before, seals with the new one, and reads plain ones from before there was a key', async () => {
    const sealed = await codec.encode([sample()], of('case/1'));
    const rotated = new EncryptingCodec(parsePayloadKeys(`${key('2026')},${old}`));
    expect(read(await rotated.decode(sealed, of('case/1')))).toEqual({ step: 'self-report' });
    expect(read(await rotated.decode([sample()], of('case/1')))).toEqual({ step: 'self-report' });
    const again = await rotated.encode([sample()], of('case/1'));
    await expect(codec.decode(again, of('case/1'))).rejects.toThrow('"2026"');
  });

  it.each(['', 'a', 'a:', `a:${randomBytes(31).toString('base64')}`, `${old},${old}`])('refuses the key %j', (text) => {
    expect(() => parsePayloadKeys(text)).toThrow(RangeError);
  });

  it('packs what is large before it is sealed, and reads what was never packed', async () => {
    const { payloadCodecs = [] } = dataConverter(old);
    const large = defaultPayloadConverter.toPayload({ steps: 'self-report '.repeat(2_000) });
    let payloads: Payload[] = [large, sample()];
    for (const each of payloadCodecs) payloads = await each.encode(payloads, of('case/1'));
    expect(payloads[0]!.data!.length).toBeLessThan(large.data!.length / 10);
    for (const each of payloadCodecs.toReversed()) payloads = await each.decode(payloads, of('case/1'));
    expect(payloads.map((payload) => read([payload]))).toEqual([read([large]), { step: 'self-report' }]);
    const [plain] = await codec.encode([large], of('case/1'));
    expect(read(await payloadCodecs[0]!.decode(await codec.decode([plain!], of('case/1'))))).toEqual(read([large]));
  });

  it('opens for a person what says which workflow it belongs to, and not when it says so of another', async () => {
    const { payloadCodecs = [] } = dataConverter(old);
    let payloads: Payload[] = [sample()];
    for (const each of payloadCodecs) payloads = await each.encode(payloads, of('case/1'));
    const { metadata = {}, data } = payloads[0]!;
    const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');
    const remote = {
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)])),
      data: base64(data),
    };
    const [opened] = await openRemotely(old, [remote]);
    expect(opened!.owner).toBe('case/1');
    expect(JSON.parse(Buffer.from(opened!.payload.data!, 'base64').toString())).toEqual({ step: 'self-report' });
    const moved = { ...remote, metadata: { ...remote.metadata, 'encryption-owner': base64(Buffer.from('case/2')) } };
    await expect(openRemotely(old, [moved])).rejects.toThrow();
  });
});
