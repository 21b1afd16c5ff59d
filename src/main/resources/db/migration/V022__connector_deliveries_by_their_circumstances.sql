-- How a delivery was to be read when it came, so that it can be read again in the same way.
ALTER TABLE connector_delivery ADD COLUMN quirks text[] NOT NULL DEFAULT '{}';
ALTER TABLE connector_delivery ADD COLUMN trial boolean NOT NULL DEFAULT false;
