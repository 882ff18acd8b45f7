import type { Issue } from '../../../shared/domain/result';
import { issue, notFound, ok, refused, refusedFor } from '../../../shared/domain/result';
import { diffFields } from '../../../shared/sync/diff-fields';
import { taxCodeRecordOf } from '../../../shared/sync/wire-records';
import { fold } from '../../../shared/domain/fold';
import { newUid } from '../../../shared/domain/ids';
import type { TaxCode } from '../../../shared/domain/tax';
import { RATED_CATEGORIES, taxCodeInput } from '../../../shared/domain/tax';
import type { UseCases } from '../../context';
import type { ReadScope } from '../../replica/replica';
import { editOnBase } from '../../sync/edit-on-base';
import { findTaxCode, insertTaxCode, readTaxCodes, saveTaxCode } from './tax-code-repository';

type Methods =
  | 'taxCodes.list'
  | 'taxCodes.create'
  | 'taxCodes.update'
  | 'taxCodes.archive'
  | 'taxCodes.unarchive';

export const taxCodeUseCases: UseCases<Methods> = {
  'taxCodes.list': (context, { includeArchived }) => {
    const codes = context.replica.read(readTaxCodes);
    return ok(includeArchived ? codes : codes.filter(isActive));
  },

  'taxCodes.create': (context, { taxCode: input }) =>
    context.replica.write((scope) => {
      const taxCode: TaxCode = { ...input, uid: newUid(), archivedAt: null };
      const issues = checkTaxCode(scope, taxCode);
      if (issues.length > 0) return refusedFor(issues);
      insertTaxCode(scope, taxCode);
      scope.record({
        collection: 'settings',
        uid: taxCode.uid,
        action: 'created',
        mutation: { kind: 'create', record: taxCodeRecordOf(taxCode) },
      });
      return ok(taxCode);
    }),

  'taxCodes.update': (context, { uid, taxCode: typed, base }) =>
    context.replica.write((scope) => {
      const before = findTaxCode(scope, uid);
      if (before === null) return notFound('tax_code', uid);
      const edit = { base, typed, stored: taxCodeInput.parse(before) };
      const input = editOnBase(scope, 'settings', uid, taxCodeInput, edit);
      const after: TaxCode = { ...before, ...input };
      const issues = checkTaxCode(scope, after);
      if (issues.length > 0) return refusedFor(issues);
      const fields = diffFields(before, after);
      if (Object.keys(fields).length === 0) return ok(before);
      saveTaxCode(scope, after);
      scope.record({
        collection: 'settings',
        uid,
        action: 'edited',
        mutation: { kind: 'patch', fields },
      });
      return ok(after);
    }),

  'taxCodes.archive': (context, { uid }) =>
    context.replica.write((scope) => {
      const before = findTaxCode(scope, uid);
      if (before === null) return notFound('tax_code', uid);
      if (before.archivedAt !== null) return ok({});
      // Every line needs a tax code, if only "No tax".
      if (readTaxCodes(scope).filter(isActive).length === 1) return refused('uid', 'last_tax_code');
      saveTaxCode(scope, { ...before, archivedAt: scope.now });
      const fields = { archivedAt: { from: null, to: scope.now } };
      scope.record({
        collection: 'settings',
        uid,
        action: 'archived',
        mutation: { kind: 'patch', fields },
      });
      return ok({});
    }),

  'taxCodes.unarchive': (context, { uid }) =>
    context.replica.write((scope) => {
      const before = findTaxCode(scope, uid);
      if (before === null) return notFound('tax_code', uid);
      if (before.archivedAt === null) return ok({});
      const after: TaxCode = { ...before, archivedAt: null };
      if (isNameTaken(scope, after)) {
        return refused('uid', 'tax_name_taken', { name: after.name });
      }
      saveTaxCode(scope, after);
      const fields = { archivedAt: { from: before.archivedAt, to: null } };
      scope.record({
        collection: 'settings',
        uid,
        action: 'unarchived',
        mutation: { kind: 'patch', fields },
      });
      return ok({});
    }),
};

function isActive({ archivedAt }: TaxCode): boolean {
  return archivedAt === null;
}

/** A rate belongs to the rated categories and to no other (EN 16931: BR-S-5, BR-Z-5 and on). */
function checkTaxCode(scope: ReadScope, taxCode: TaxCode): readonly Issue[] {
  const { name, category, rate } = taxCode;
  const isRated = RATED_CATEGORIES.includes(category);
  return [
    ...(isNameTaken(scope, taxCode) ? [issue('taxCode.name', 'tax_name_taken', { name })] : []),
    ...(isRated && rate === 0 ? [issue('taxCode.rate', 'tax_rate_required')] : []),
    ...(!isRated && rate > 0 ? [issue('taxCode.rate', 'tax_rate_not_allowed')] : []),
  ];
}

/** People pick a tax by its name, so active codes never share one, however it is written. */
function isNameTaken(scope: ReadScope, taxCode: TaxCode): boolean {
  if (!isActive(taxCode)) return false;
  return readTaxCodes(scope).some(
    (other) =>
      other.uid !== taxCode.uid && isActive(other) && fold(other.name) === fold(taxCode.name),
  );
}
