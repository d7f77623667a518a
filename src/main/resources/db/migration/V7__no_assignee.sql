-- An item is assigned to a team; a person was never written here.
ALTER TABLE work_item DROP COLUMN assigned_to;
