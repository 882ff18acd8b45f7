/** The core's one secret (the tokens of the account) as its shell keeps it. */
export interface KeptSecret {
  readonly value: string | null;
  /** False where the system offers no real encryption. */
  readonly isProtected: boolean;
}

/** What only the shell can do for the core. Rejects when the shell does not answer. */
export interface Platform {
  loadSecret(): Promise<KeptSecret>;
  /** Null removes it. */
  saveSecret(value: string | null): Promise<void>;
}
