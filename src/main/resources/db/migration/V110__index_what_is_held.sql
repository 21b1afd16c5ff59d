-- What the index held of a word when it was written: the digests of its slots, xored, and when the first of them ends. A
-- vendor that confirms is asked of its own resources again where this is no longer so.
ALTER TABLE index_word ADD held bigint, ADD held_until timestamptz;
