CREATE INDEX "file_unattached" ON "consultations"."file" USING btree ("created") WHERE "consultations"."file"."record" is null and "consultations"."file"."deleted" is null;--> statement-breakpoint
CREATE INDEX "file_unattached_sender" ON "consultations"."file" USING btree ("sender") WHERE "consultations"."file"."record" is null and "consultations"."file"."deleted" is null;--> statement-breakpoint
ALTER TABLE "consultations"."file" ADD CONSTRAINT "file_name_length" CHECK (length("consultations"."file"."name") <= 300 and length("consultations"."file"."media_type") <= 200);
--> statement-breakpoint
-- Uploads that were refused or had died: nobody ever read them.
delete from consultations.file_chunk where file in (select id from consultations.file where status = 'UPLOADING');
--> statement-breakpoint
delete from consultations.file where status = 'UPLOADING';
--> statement-breakpoint
-- What no record has taken on is its sender's alone.
update consultations.file set visibility = 'PRIVATE', subjects = array[sender]
  where record is null and (sender like 'STAFF %' or sender like 'DEPARTMENT %');
--> statement-breakpoint
-- What the rows' triggers do at the end they do now: a table with something left to do can't be altered by a later migration.
set constraints all immediate;
--> statement-breakpoint
set constraints all deferred;
--> statement-breakpoint
-- A key stands as its hash, and a result tells no receipt: whoever reads the table can neither send the key again nor follow what was filed.
-- The table is laid after the migrations, so that there is none yet where all begins.
do $$ begin
  if to_regclass('consultations.idempotency') is not null then
    update consultations.idempotency set key = encode(sha256(convert_to(key, 'UTF8')), 'hex'), result = jsonb_build_object('outcome', result - 'receipt');
  end if;
end $$;
