import type { z } from 'zod';

import { accountMethods } from './app-api/account';
import { appMethods } from './app-api/app';
import { clientMethods } from './app-api/clients';
import { importMethods } from './app-api/imports';
import { invoiceMethods } from './app-api/invoices';
import { orderMethods } from './app-api/orders';
import { productMethods } from './app-api/products';
import { reportMethods } from './app-api/reports';
import { settingsMethods } from './app-api/settings';
import { sendMethods, syncMethods } from './app-api/sync';

/**
 * The only door between the renderer and the core: every method with its input and output.
 * Both sides parse; a method that is not here does not exist.
 */
export const appApi = {
  ...appMethods,
  ...clientMethods,
  ...productMethods,
  ...orderMethods,
  ...invoiceMethods,
  ...settingsMethods,
  ...reportMethods,
  ...importMethods,
  ...accountMethods,
  ...syncMethods,
  ...sendMethods,
} as const;

export type AppApi = typeof appApi;
export type MethodName = keyof AppApi;
/** What a caller writes (defaults may be left out). */
export type MethodInput<Name extends MethodName> = z.input<AppApi[Name]['input']>;
/** What a handler receives, parsed. */
export type ParsedInput<Name extends MethodName> = z.output<AppApi[Name]['input']>;
export type MethodOutput<Name extends MethodName> = z.output<AppApi[Name]['output']>;

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(appApi, name);
}
