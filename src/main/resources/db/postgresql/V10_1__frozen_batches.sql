-- How a batch is written stays as it was frozen, whoever holds the password. The function is that of the journal;
-- on a new database the repeatable migration that makes it runs after this one.
CREATE OR REPLACE FUNCTION kontor_append_only() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON batch_account
  FOR EACH STATEMENT EXECUTE FUNCTION kontor_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON batch_book
  FOR EACH STATEMENT EXECUTE FUNCTION kontor_append_only();
