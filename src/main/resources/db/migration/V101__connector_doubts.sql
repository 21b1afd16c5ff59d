-- How often shown slots of a vendor turned out to be gone, and since when its word is doubted for that.
CREATE TABLE connector_doubt (
    source      text        PRIMARY KEY,
    sampled     integer     NOT NULL,
    ratio       double precision NOT NULL,
    since       timestamptz                -- null: not doubted
);
