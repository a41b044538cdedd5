import { PREFIX, ROUTES } from '@giamsat/contracts/http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { ApiConfig } from '../config.js';

const { method, path } = ROUTES.decodePayloads;
const isDecoding = ({ url }: Pick<Request, 'url'>): boolean => url.split('?')[0] === PREFIX + path;

/**
 * Temporal's own pages ask, from another origin and with the administrator's cookie, to open what they show. They know no
 * header of ours: that the browser names the one configured origin stands for it, at this door and no other.
 */
export const isCodecPage = (
  { GIAMSAT_CODEC_ORIGIN: origin }: ApiConfig,
  request: Pick<Request, 'url' | 'method' | 'headers'>,
): boolean =>
  origin !== undefined && isDecoding(request) && request.method === method && request.headers.origin === origin;

/** Nothing is allowed to any other origin, and nothing at all unless one is configured. */
export function openToCodecPages(app: NestExpressApplication, { GIAMSAT_CODEC_ORIGIN: origin }: ApiConfig): void {
  if (origin === undefined) return;
  const allowed = { origin: [origin], methods: [method], credentials: true, maxAge: 600 };
  app.enableCors((request: Request, use: (error: null, options: object) => void) =>
    use(null, isDecoding(request) ? allowed : { origin: false }),
  );
}
