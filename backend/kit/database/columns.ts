import { char, customType, datetime } from 'drizzle-orm/mysql-core';

/** A UUID as text. */
export function uuidColumn(name: string) {
  return char(name, { length: 36 });
}

/** A moment in UTC with milliseconds. */
export function momentColumn(name: string) {
  return datetime(name, { mode: 'date', fsp: 3 });
}

/**
 * A value as JSON text. Not MySQL's own JSON type: MariaDB hands that out as text and MySQL as a
 * value, MySQL reorders its keys, and nothing here is searched inside.
 */
export function jsonColumn<T>(name: string) {
  return customType<{ data: T; driverData: string }>({
    dataType: () => 'mediumtext',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (text) => JSON.parse(text) as T,
  })(name);
}
