export { BackupError, type BackupErrorCode } from './backup-error.ts';
export type { Manifest } from './manifest.ts';
export { type RestoreOptions, requireBackup, restoreBackup } from './restore.ts';
export { type BackupOptions, writeBackup } from './write.ts';
