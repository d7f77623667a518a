DROP TABLE IF EXISTS settled_item;
-- Whatever a person does about a document asks for what was made of it.
CREATE INDEX IF NOT EXISTS fact_raw ON fact (raw_id);
