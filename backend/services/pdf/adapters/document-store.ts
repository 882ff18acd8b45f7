import {
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

import { PATIENT_TIMEOUTS } from '../../../kit/aws-timeouts';

/** How long a link to a document works. */
const LINK_SECONDS = 300;

export interface UploadLink {
  readonly url: string;
  /** Signed: a PUT without them, or with others, is refused. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

export interface DocumentStore {
  /** Keeps the bytes under a key that their hash names; keeping them again changes nothing. */
  put(key: string, bytes: Uint8Array, sha256: string): Promise<void>;
  /** Where somebody else may put these bytes, and only these. */
  uploadLink(key: string, sha256: string, bytes: number): Promise<UploadLink>;
  /** The bytes under a key; null when there are none. */
  read(key: string): Promise<Uint8Array | null>;
  link(key: string, fileName: string): Promise<{ readonly url: string; readonly expiresAt: Date }>;
  stop(): Promise<void>;
}

/** The bucket of documents. An emulator's address has no place for a bucket's name but the path. */
export function createDocumentStore(bucket: string, endpoint: string | undefined): DocumentStore {
  const s3 = new S3Client({
    maxAttempts: 4,
    ...PATIENT_TIMEOUTS,
    forcePathStyle: endpoint !== undefined,
    // A browser that follows a link checks nothing: its address need not ask for a checksum.
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    async put(key, bytes, sha256) {
      try {
        await s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: bytes,
            ContentLength: bytes.byteLength,
            ContentType: 'application/pdf',
            // S3 refuses what arrives damaged. Which key encrypts it is the bucket's to say: named
            // here without its ARN, it would be another one than the bucket's own.
            ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
            IfNoneMatch: '*',
          }),
        );
      } catch (error) {
        if (!isThereAlready(error)) throw error;
      }
    },
    async uploadLink(key, sha256, bytes) {
      const expiresAt = new Date(Date.now() + LINK_SECONDS * 1_000);
      const headers = {
        'content-type': 'application/pdf',
        'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
      };
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ContentType: headers['content-type'],
        ContentLength: bytes,
        ChecksumSHA256: headers['x-amz-checksum-sha256'],
      });
      const url = await getSignedUrl(s3, command, {
        expiresIn: LINK_SECONDS,
        unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
        signableHeaders: new Set(['content-type', 'content-length']),
      });
      return { url, headers, expiresAt };
    },
    async read(key) {
      try {
        const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await answer.Body?.transformToByteArray()) ?? null;
      } catch (error) {
        // Without the right to list, S3 calls what is not there forbidden.
        const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : 0;
        if (status === 403 || status === 404) return null;
        throw error;
      }
    },
    async link(key, fileName) {
      const expiresAt = new Date(Date.now() + LINK_SECONDS * 1_000);
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentType: 'application/pdf',
        ResponseContentDisposition: contentDisposition(fileName),
      });
      return { url: await getSignedUrl(s3, command, { expiresIn: LINK_SECONDS }), expiresAt };
    },
    async stop() {
      s3.destroy();
    },
  };
}

function isThereAlready(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412;
}

/** A plain name for old programs, the real one beside it (RFC 6266). */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');
  const exact = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename="${plain}"; filename*=UTF-8''${exact}`;
}
