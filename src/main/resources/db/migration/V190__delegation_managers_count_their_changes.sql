-- Like every row that people edit, a manager's counts its changes: an address may follow its owner.
ALTER TABLE delegation_manager ADD COLUMN version bigint NOT NULL DEFAULT 1;
