import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import { acknowledge } from '../acknowledge';
import { differs } from '../emulator-differences';
import type { StackInputs } from '../inputs';

/** Documents lie below this prefix: `documents/<tenant>/<invoice_uid>/<sha256>.pdf`. */
export const DOCUMENT_PREFIX = 'documents';

/** The PDFs of all tenants: encrypted with a key of their own, versioned, never public. */
export class Storage extends Construct {
  readonly documentsKey: Key;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, inputs: StackInputs) {
    super(scope, id);
    this.documentsKey = new Key(this, 'DocumentsKey', {
      alias: 'alias/doccentr-documents',
      description: 'Documents of all tenants in S3',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = new Bucket(this, 'Documents', {
      ...(inputs.bucketName === null ? {} : { bucketName: inputs.bucketName }),
      encryption: BucketEncryption.KMS,
      encryptionKey: this.documentsKey,
      // One data key for many objects: KMS is asked, and paid, less often.
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: !differs(inputs, 'no_demand_for_tls'),
      ...(differs(inputs, 'no_demand_for_tls') ? {} : { minimumTLSVersion: 1.2 }),
      versioned: true,
      lifecycleRules: [
        {
          id: 'LeaveNoFragments',
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        {
          // Issued documents are kept for good; what a repeated put replaced is not.
          id: 'DropReplacedVersions',
          noncurrentVersionExpiration: Duration.days(90),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.bucket, {
      'AwsSolutions-S1':
        "Reads of documents are audited by CloudTrail's data events, which name the role; server access logs would add a second bucket with personal data and nothing that those lack.",
    });
  }
}
