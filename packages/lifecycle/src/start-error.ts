export type StartErrorCode =
  | 'DATA_FOLDER_UNWRITABLE'
  | 'DATA_FOLDER_UNUSABLE'
  | 'ALREADY_RUNNING'
  | 'PORT_IN_USE'
  | 'PLATFORM_UNSUPPORTED'
  | 'NO_SYSTEM_USER'
  | 'DATABASE_UNREACHABLE'
  | 'SERVER_TOO_OLD'
  | 'DATABASE_NOT_UTF8'
  | 'POOLER_NOT_BY_SESSION'
  | 'TOO_FEW_CONNECTIONS'
  | 'DATABASE_RIGHTS_MISSING'
  | 'STRUCTURE_DAMAGED'
  | 'PROCESS_ENDED';

/** Why the database can't be started: a stable code, and one sentence that says what to do about it. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
