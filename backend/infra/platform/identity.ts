import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

import { acknowledge } from '../acknowledge';
import { type StackInputs, mailDomain } from '../inputs';
import type { Mail } from './mail';

/** Who may sign in. Cognito alone holds passwords; what a user may see is decided elsewhere. */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  /** `iss` of every token. */
  readonly issuer: string;
  /** Where the keys are that tokens are signed with. */
  readonly keysAddress: string;

  constructor(scope: Construct, id: string, inputs: StackInputs, mail: Mail) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: 'doccentr',
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      // The old address stays the one that counts until the new one is verified.
      keepOriginal: { email: true },
      passwordPolicy: {
        minLength: 10,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: false,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userVerification: {
        emailSubject: 'Your doccentr code',
        emailBody: 'Your code for doccentr is {####}.',
      },
      email: UserPoolEmail.withSES({
        fromEmail: inputs.mail.from,
        fromName: 'doccentr',
        sesVerifiedDomain: mailDomain(inputs),
        sesRegion: Stack.of(this).region,
        configurationSetName: mail.configurationSetName,
      }),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.pool.node.addDependency(mail);

    const writable = new ClientAttributes().withStandardAttributes({ email: true, fullname: true });
    this.client = this.pool.addClient('App', {
      userPoolClientName: 'doccentr-app',
      // Everybody can read an installed program: a secret in it would be none.
      generateSecret: false,
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      readAttributes: writable.withStandardAttributes({ emailVerified: true }),
      writeAttributes: writable,
    });

    // Tokens name the region's address even where another one hands out the keys.
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${this.pool.userPoolId}`;
    this.keysAddress = `${
      inputs.tokenKeysEndpoint === null
        ? this.issuer
        : `${inputs.tokenKeysEndpoint}/${this.pool.userPoolId}`
    }/.well-known/jwks.json`;

    acknowledge(this.pool, {
      'AwsSolutions-COG1':
        'Length and mixed case with digits, as NIST SP 800-63B advises over forced symbols.',
      'AwsSolutions-COG2':
        'A second factor is offered to everyone and forced on nobody: small businesses share mailboxes and devices.',
      'AwsSolutions-COG3':
        "Cognito's threat protection needs the Plus plan; throttling, the WAF's rate rule and Cognito's own lock-out slow down guessing.",
      'AwsSolutions-COG8': "The Plus plan's threat protection is not used; see AwsSolutions-COG3.",
    });
  }
}
