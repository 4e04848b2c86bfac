export type BackupErrorCode =
  | 'FILE_EXISTS'
  | 'FILE_UNWRITABLE'
  | 'NO_HUB'
  | 'ROWS_HIDDEN'
  | 'NOT_A_BACKUP'
  | 'DAMAGED'
  | 'NEWER'
  | 'NOT_EMPTY'
  | 'REFUSED_BY_DATABASE';

/** Why nothing was backed up or restored: a stable code, and one sentence that says what to do about it. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A part that isn't as it was written, by its name. */
export function damaged(part: string, what: string, cause?: unknown): BackupError {
  return new BackupError('DAMAGED', `The backup is damaged or was changed: ${part} ${what}. Nothing was restored.`, {
    cause,
  });
}
