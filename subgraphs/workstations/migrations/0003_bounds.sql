-- A key stands as its hash: whoever reads the table can't send it again.
-- The table is laid after the migrations, so that there is none yet where all begins.
do $$ begin
  if to_regclass('workstations.idempotency') is not null then
    update workstations.idempotency set key = encode(sha256(convert_to(key, 'UTF8')), 'hex'), result = jsonb_build_object('outcome', result);
  end if;
end $$;
