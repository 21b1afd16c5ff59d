-- Those in demand are few and claimed first; they are found without walking past the idle ones.
CREATE INDEX connector_target_in_demand ON connector_target (source, in_demand_until) WHERE in_demand_until IS NOT NULL;
