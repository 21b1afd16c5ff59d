-- The bases of the fullUrls under which a vendor delivered: its absolute references on them mean its own resources.
ALTER TABLE push_vendor ADD bases text[] NOT NULL DEFAULT '{}';
