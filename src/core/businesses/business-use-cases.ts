import { eq } from 'drizzle-orm';

import { checkBankDetails } from '../../shared/domain/bank-check';
import type { Business, BusinessInput } from '../../shared/domain/business';
import { businessInput } from '../../shared/domain/business';
import { checkNewLogo } from '../../shared/domain/logo-check';
import type { Issue } from '../../shared/domain/result';
import { issue, ok, refusedFor } from '../../shared/domain/result';
import { diffFields } from '../../shared/sync/diff-fields';
import type { UseCases } from '../context';
import type { ReadScope } from '../replica/replica';
import { businesses, invoices, screenState } from '../replica/schema';
import { editOnBase } from '../sync/edit-on-base';
import { readBusiness } from './business-repository';

/** The open business and what its screens remember. */
export const businessUseCases: UseCases<
  'businesses.get' | 'businesses.update' | 'screen.load' | 'screen.save'
> = {
  'businesses.get': (context) => ok(context.replica.read(readBusiness)),

  'businesses.update': (context, { business: typed, base }) =>
    context.replica.write((scope) => {
      const before = readBusiness(scope);
      const edit = { base, typed, stored: businessInput.parse(before) };
      const input = editOnBase(scope, 'settings', before.uid, businessInput, edit);
      const issues = checkBusiness(scope, before, input);
      if (issues.length > 0) return refusedFor(issues);
      const after: Business = { ...before, ...input };
      const fields = diffFields(before, after);
      if (Object.keys(fields).length === 0) return ok(before);
      scope.db.update(businesses).set({ data: input }).where(eq(businesses.uid, before.uid)).run();
      scope.record({
        collection: 'settings',
        uid: before.uid,
        action: 'edited',
        mutation: { kind: 'patch', fields },
      });
      return ok(after);
    }),

  'screen.load': (context, { key }) =>
    ok({
      value:
        context.replica.read((scope) =>
          scope.db
            .select({ value: screenState.value })
            .from(screenState)
            .where(eq(screenState.key, key))
            .get(),
        )?.value ?? null,
    }),

  'screen.save': (context, { key, value }) =>
    context.replica.write((scope) => {
      if (value === null) {
        scope.db.delete(screenState).where(eq(screenState.key, key)).run();
      } else {
        scope.db
          .insert(screenState)
          .values({ key, value })
          .onConflictDoUpdate({ target: screenState.key, set: { value } })
          .run();
      }
      return ok({});
    }),
};

/** Reasons against a profile: bank details or a logo that cannot be right, a currency in use. */
function checkBusiness(scope: ReadScope, before: Business, input: BusinessInput): readonly Issue[] {
  const bankIssues = input.bankAccounts.flatMap((account, index) =>
    checkBankDetails(account.details).map((found) => ({
      ...found,
      field: `bankAccounts.${index}.details.${found.field}`,
    })),
  );
  const issues = [...bankIssues, ...checkNewLogo(input.logo, before.logo)];
  // Exchange rates of foreign documents lead to the home currency they were finalised under.
  const hasDocuments = () =>
    scope.db.select({ id: invoices.id }).from(invoices).limit(1).get() !== undefined;
  return input.currency !== before.currency && hasDocuments()
    ? [...issues, issue('currency', 'currency_in_use')]
    : issues;
}
