/** One numbered, additive step of the replica's shape. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
