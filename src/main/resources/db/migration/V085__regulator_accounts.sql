CREATE TABLE regulator_account (
    id           uuid PRIMARY KEY,
    family       text NOT NULL,
    given        text NOT NULL,
    email        text NOT NULL,
    national_id  text UNIQUE,
    lrm          text,                -- address of the regulators' software of this regulator's SAMU
    active       boolean NOT NULL,
    version      bigint NOT NULL,
    changed_at   timestamptz NOT NULL,
    changed_by   text NOT NULL,
    logged_in_at timestamptz
);

-- What each vendor was told of each regulator.
CREATE TABLE regulator_told (
    regulator   uuid NOT NULL REFERENCES regulator_account,
    vendor      text NOT NULL,
    put_version bigint NOT NULL,      -- of the account, in the last letter put down
    known_as    text,                 -- identifier under which the vendor may know them since a first attempt
    maybe_as    text,                 -- identifier of a change whose outcome nobody knows yet
    version     bigint,               -- of the account, as the vendor took it
    told_at     timestamptz,
    PRIMARY KEY (regulator, vendor)
);
CREATE INDEX regulator_told_vendor ON regulator_told (vendor);
