CREATE INDEX "file_unattached" ON "cooperation"."file" USING btree ("created") WHERE "cooperation"."file"."record" is null and "cooperation"."file"."deleted" is null;--> statement-breakpoint
CREATE INDEX "file_unattached_sender" ON "cooperation"."file" USING btree ("sender") WHERE "cooperation"."file"."record" is null and "cooperation"."file"."deleted" is null;--> statement-breakpoint
ALTER TABLE "cooperation"."file" ADD CONSTRAINT "file_name_length" CHECK (length("cooperation"."file"."name") <= 300 and length("cooperation"."file"."media_type") <= 200);
--> statement-breakpoint
-- Uploads that were refused or had died: nobody ever read them.
delete from cooperation.file_chunk where file in (select id from cooperation.file where status = 'UPLOADING');
--> statement-breakpoint
delete from cooperation.file where status = 'UPLOADING';
--> statement-breakpoint
-- What no record has taken on is its sender's alone.
update cooperation.file set visibility = 'PRIVATE', subjects = array[sender]
  where record is null and (sender like 'STAFF %' or sender like 'DEPARTMENT %');
--> statement-breakpoint
-- What the rows' triggers do at the end they do now: a table with something left to do can't be altered by a later migration.
set constraints all immediate;
--> statement-breakpoint
set constraints all deferred;
--> statement-breakpoint
-- A key stands as its hash: whoever reads the table can't send it again.
-- The table is laid after the migrations, so that there is none yet where all begins.
do $$ begin
  if to_regclass('cooperation.idempotency') is not null then
    update cooperation.idempotency set key = encode(sha256(convert_to(key, 'UTF8')), 'hex'), result = jsonb_build_object('outcome', result);
  end if;
end $$;
